import CallWire
import Testing

@Suite struct CallReplyTests {
  @Test(arguments: [
    (CallReply.ok, "ok\n"),
    (.name("Zoé & Co"), "name=Zo%C3%A9+%26+Co\n"),
    (.refused("too long: shorten it"), "refused too long: shorten it\n"),
  ])
  func isOneLineEachWay(reply: CallReply, line: String) {
    #expect(String(decoding: reply.encoded(), as: UTF8.self) == line)
    #expect(CallReply(line: Array(line.utf8)) == reply)
  }

  @Test(arguments: ["", "\n", "OK", "okay", "ok ", "HTTP/1.1 400 Bad Request", "refused", "\u{0}"])
  func isNothingElse(line: String) {
    #expect(CallReply(line: Array(line.utf8)) == nil)
  }

  @Test func staysOneLineWhateverTheSentenceHolds() {
    let line = CallReply.refused("a\nb\u{1B}[2J" + String(repeating: "x", count: 9000)).encoded()
    #expect(line.count { $0 < 0x20 } == 1)
    #expect(line.count < 1000)
  }

  @Test func readsASentenceHarmlessly() {
    #expect(CallReply(line: Array("refused a\u{1B}[2Jb".utf8)) == .refused("a[2Jb"))
  }
}

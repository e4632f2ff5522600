import CallWire
import TestSupport
import Testing

@Suite struct CallMessageTests {
  private static let full = CallMessage(
    event: "ring", tel: "+33 1 99 00 12 34", mid: "m1", id: "a&b=c", name: "Dupont, Zoé \u{1F600}",
    called: "1024", line: "100%", direction: "in", reason: "no\nanswer\u{0}", popup: true)

  @Test func writesTheKeysInTheOrderOfTheRequirement() throws {
    let message = CallMessage(
      event: "ring", tel: "0199001234", mid: "m", name: "Ana Roy", popup: true)
    #expect(
      text(try message.encoded()) == "v=1&event=ring&tel=0199001234&mid=m&name=Ana+Roy&popup=1\n")
  }

  @Test func readsWhatItWrote() throws {
    let line = try Self.full.encoded()
    #expect(try CallMessage(line: line) == Self.full)
    #expect(line.dropLast().allSatisfy { (0x21...0x7E).contains($0) })
    #expect(line.last == UInt8(ascii: "\n"))
  }

  @Test(arguments: [
    ("v=1&event=ring&tel=%2B33199001234&mid=m", "+33199001234"),
    ("v=1&tel=+33199001234", " 33199001234"),
    ("tel=0199001234&v=1&unknown=x&&=", "0199001234"),
    ("v=1&tel=0199001234&tel=1024", "0199001234"),
    ("v=1&tel=0199001234&v=2", "0199001234"),
    ("v=1&tel=%zz%4", "%zz%4"),
    ("v=1&tel=%", "%"),
    ("v=1&tel=%e9%41", "éA"),
    ("v=1&tel=0199001234\r\n", "0199001234"),
    ("v=1&tel", ""),
    ("v=1", ""),
  ])
  func readsTheNumber(line: String, tel: String) throws {
    #expect(try CallMessage(line: Array(line.utf8)).tel == tel)
  }

  @Test func takesAnEmptyValueForAnAbsentOne() throws {
    let message = try CallMessage(line: Array("v=1&event=&id=&name=&popup=&reason=".utf8))
    #expect(message == CallMessage(event: "", tel: "", mid: ""))
  }

  @Test(arguments: [
    ("", CallWireError.version(nil)),
    ("event=ring&tel=1024", .version(nil)),
    ("v=2&event=ring", .version("2")),
    ("v=&event=ring", .version("")),
    ("v=1&tel=\u{0}", .notText),
    ("v=1&tel=1\u{1B}[2J", .notText),
    ("v=1&tel=1\n2", .notText),
    ("v=1&tel=" + String(repeating: "1", count: 4089), .tooLong(bytes: 4097)),
  ])
  func refuses(line: String, error: CallWireError) {
    #expect(throws: error) { try CallMessage(line: Array(line.utf8)) }
    #expect(!error.sentence.isEmpty)
  }

  @Test func readsTheLongestLine() throws {
    let tel = String(repeating: "1", count: 4088)
    #expect(try CallMessage(line: Array("v=1&tel=\(tel)\n".utf8)).tel == tel)
  }

  @Test func writesNoLongerLineThanItReads() throws {
    var message = CallMessage(event: "ring", tel: "", mid: "m")
    let rest = CallMessage.longestLine - (try message.encoded().count - 1)
    message.tel = String(repeating: "1", count: rest)
    #expect(try message.encoded().count == CallMessage.longestLine + 1)
    message.tel += "1"
    #expect(throws: CallWireError.tooLong(bytes: 4097)) { try message.encoded() }
  }

  @Test func showsAVersionHarmlessly() {
    let sentence = CallWireError.version("\u{1B}]0;x\u{7}\n").sentence
    #expect(!sentence.unicodeScalars.contains { $0.value < 0x20 })
  }

  @Test func neverTrapsOnRandomBytes() {
    var random = SeededNumbers(seed: 7)
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 0...80, using: &random)).map { _ in
        // Mostly the characters that mean something.
        Bool.random(using: &random)
          ? Array("v=1&%+tel".utf8).randomElement(using: &random) ?? 0
          : UInt8.random(in: 0...255, using: &random)
      }
      if let message = try? CallMessage(line: bytes) {
        #expect((try? CallMessage(line: (try? message.encoded()) ?? [])) == message)
      }
    }
  }

  @Test func namesEveryMessageDifferentlyAndInOrder() {
    let ids = (0..<100).map { _ in newMessageID() }
    #expect(Set(ids).count == 100)
    #expect(ids.map { $0.prefix(16) } == ids.map { $0.prefix(16) }.sorted())
    #expect(ids.allSatisfy { $0.utf8.count == 34 })
  }
}

private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

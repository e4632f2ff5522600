import CallWire
import Testing

@Suite struct RecordingTests {
  private func steps(_ text: String) throws -> [String] {
    try Recording(Array(text.utf8)).steps.map { "\($0.time) \($0.message.event) \($0.message.tel)" }
  }

  @Test func readsTimesAndMessages() throws {
    let text = """
      # two calls

      0    v=1&event=ring&tel=0388202122&mid=a
      \t4.5 \t v=1&event=answer&tel=0388202122\r
      v=1&event=ring&tel=0199004567
      2 v=1&event=end&tel=0388202122
      """
    // A time before the one above it is due at once.
    #expect(
      try steps(text) == [
        "0 ring 0388202122", "4500 answer 0388202122", "4500 ring 0199004567",
        "4500 end 0388202122",
      ])
  }

  @Test func readsWhatTheSpoolKeeps() throws {
    let line = try CallMessage(event: "ring", tel: "0388202122", name: "Ana Roy").encoded()
    #expect(try Recording(line).steps.map(\.message.name) == ["Ana Roy"])
    #expect(try Recording([]).steps.isEmpty)
  }

  @Test(arguments: [
    ("v=1&tel=1024\n0388202122", 2, "it must begin with v=1"), ("v=9&tel=1024", 1, "version 9"),
    ("soon v=1&tel=1024", 1, "the time in seconds"), ("-1 v=1&tel=1024", 1, "the time in seconds"),
    ("nan v=1&tel=1024", 1, "the time in seconds"), ("1e9 v=1&tel=1024", 1, "the time in seconds"),
    ("1 v=1&tel=1024 x", 1, "the time in seconds"), ("v=1&tel=\u{1b}[2J", 1, "control characters"),
  ])
  func saysWhichLineIsNone(text: String, line: Int, words: String) {
    let error = #expect(throws: Recording.Unreadable.self) { try Recording(Array(text.utf8)) }
    #expect(error?.line == line)
    #expect(error?.sentence.contains(words) == true, "\(error?.sentence ?? "")")
  }

  @Test func aMessageOfAnyLengthIsBounded() {
    let text = "v=1&tel=" + String(repeating: "1", count: CallMessage.longestLine)
    #expect(throws: Recording.Unreadable.self) { try Recording(Array(text.utf8)) }
  }
}

import Canvas
import Curses
import Testing

/// Keys that are typed as lines.
struct LineKeysTests {
  @Test(arguments: [
    ("", [Input.key(.enter)]), ("\r", [.key(.enter)]), ("q", [.character("q")]),
    ("é", [.character("é")]), (".", [.character(".")]), (".esc", [.key(.escape)]),
    (".PageUp", [.key(.pageUp)]), ("ab", [.character("a"), .character("b"), .key(.enter)]),
    (".x", [.character("."), .character("x"), .key(.enter)]), ("\u{1B}", [.key(.escape)]),
    ("\u{1B}[A", [.key(.up)]), ("1\r", [.character("1")]),
  ])
  func aLineMeans(_ line: String, _ inputs: [Input]) {
    #expect(LineKeys.inputs(of: Array(line.utf8)) == inputs)
  }

  @Test func everyWordIsAKeyOfItsOwn() {
    let words = LineKeys.words
    #expect(Set(words.map(\.word)).count == words.count)
    for (word, key) in words {
      #expect(LineKeys.inputs(of: Array(".\(word)".utf8)) == [.key(key)])
    }
  }
}

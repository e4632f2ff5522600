import Canvas
import Testing

@Suite("Frame.put, the only writer of text")
struct FrameTextTests {
  private func row(_ frame: Frame, _ y: Int = 0) -> String {
    (0..<frame.size.width).map { frame[Point(x: $0, y: y)].text }.joined()
  }

  @Test(
    "shows what is harmless and drops the rest",
    arguments: [
      ("Marie Dupont", "Marie Dupont", 12),
      ("\u{1B}[31mrouge\u{1B}[0m", "[31mrouge[0m", 12),
      ("\u{9B}2Jx", "2Jx", 3),
      ("a\u{7F}b\0c", "abc", 3),
      ("a\tb\r\nc", "a b  c", 6),
      ("a\u{2028}b\u{85}c", "a b c", 5),
      ("\u{202E}evil\u{202C}\u{2066}x\u{2069}\u{200F}", "evilx", 5),
      ("\u{FEFF}a\u{200B}b\u{AD}c\u{2060}d", "abcd", 4),
      ("\u{E0041}tag\u{E007F}", "tag", 3),
      ("1\u{A0}234\u{202F}€", "1 234 €", 7),
      ("\u{E000}\u{F8FF}\u{10FFFD}", "\u{FFFD}\u{FFFD}\u{FFFD}", 3),
      ("\u{378}", "\u{FFFD}", 1),
      ("王小明", "王小明", 6),
      ("ｱﾊﾟｰﾄ", "ｱﾊﾟｰﾄ", 5),
      ("👩‍🔧", "👩🔧", 4),
      ("❤\u{FE0F}", "❤", 1),
      ("e\u{301}", "e\u{301}", 1),
      ("\u{301}e", "e", 1),
      ("x\u{300}\u{301}\u{302}\u{303}\u{304}y", "x\u{300}\u{301}\u{302}y", 2),
      ("\u{1112}\u{1161}\u{11AB}", "\u{1112}\u{1161}\u{11AB}", 2),
      ("שלום", "שלום", 4),
    ])
  func sanitises(text: String, shown: String, columns: Int) {
    var frame = Frame(Size(width: 20, height: 1))
    let used = frame.put(text, at: Point(x: 0, y: 0))
    #expect(used == columns)
    #expect(Frame.columns(of: text) == columns)
    let expected = shown + String(repeating: " ", count: 20 - columns)
    #expect(Array(row(frame).unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test(
    "never splits a wide character, nor passes the width",
    arguments: [
      ("abcdef", 4, false, "abcd    ", 4),
      ("abcdef", 4, true, "abc…    ", 4),
      ("abcd", 4, true, "abcd    ", 4),
      ("王小明", 5, false, "王小    ", 4),
      ("王小明", 5, true, "王小…   ", 5),
      ("王小明", 4, true, "王…     ", 3),
      ("王小明", 1, true, "…       ", 1),
      ("王小明", 1, false, "        ", 0),
      ("王", 2, true, "王      ", 2),
      ("abc", 0, true, "        ", 0),
      ("abc", -1, true, "        ", 0),
      ("abcdefghijk", 99, true, "abcdefg…", 8),
      ("abce\u{301}xyz", 4, false, "abce\u{301}    ", 4),
    ])
  func clips(text: String, width: Int, ellipsis: Bool, shown: String, columns: Int) {
    var frame = Frame(Size(width: 8, height: 1))
    let used = frame.put(text, at: Point(x: 0, y: 0), width: width, ellipsis: ellipsis)
    #expect(used == columns)
    #expect(row(frame) == shown)
  }

  @Test("what lies outside the screen is not kept")
  func outside() {
    let empty = Frame(Size(width: 4, height: 2))
    for point in [
      Point(x: 0, y: -1), Point(x: 0, y: 2), Point(x: 4, y: 0), Point(x: -9, y: 0),
      Point(x: Int.max, y: 0),
    ] {
      var frame = empty
      frame.put("abc", at: point)
      #expect(frame == empty, "at \(point)")
    }
    var frame = empty
    frame.put("abcdefgh", at: Point(x: -2, y: 0))
    frame.put("王小明", at: Point(x: -1, y: 1))
    #expect(row(frame, 0) == "cdef")
    #expect(row(frame, 1) == " 小 ")
  }

  @Test(
    "a wide character that loses a half becomes blanks",
    arguments: [(0, "x 小"), (1, " x小"), (2, "王x "), (3, "王 x")])
  func overwrites(x: Int, shown: String) {
    var frame = Frame(Size(width: 4, height: 1))
    frame.put("王小", at: Point(x: 0, y: 0))
    frame.put("x", at: Point(x: x, y: 0))
    #expect(row(frame) == shown)
  }

  @Test("right-aligned text ends where it is told to")
  func rightAligned() {
    var frame = Frame(Size(width: 10, height: 3))
    #expect(frame.put("C00123", endingAt: 10, y: 0) == 6)
    #expect(frame.put("王小", endingAt: 9, y: 1) == 4)
    #expect(frame.put("trop long pour ici", endingAt: 10, y: 2, width: 5) == 5)
    #expect(row(frame, 0) == "    C00123")
    #expect(row(frame, 1) == "     王小 ")
    #expect(row(frame, 2) == "     trop…")
  }

  @Test("a name of many characters costs one line and nothing else")
  func long() {
    var frame = Frame(Size(width: 10, height: 2))
    frame.put(String(repeating: "😀\u{301}\u{202E}", count: 10_000), at: Point(x: 0, y: 0))
    #expect(row(frame, 0) == String(repeating: "😀\u{301}", count: 5))
    #expect(row(frame, 1) == String(repeating: " ", count: 10))
  }
}

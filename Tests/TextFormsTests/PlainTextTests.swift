import Testing
import TextForms

/// What strangers wrote changes no terminal (R43), and stays readable.
struct PlainTextTests {
  /// A colour, a bell, C1's CSI, overrides of direction, isolates, marks, ends of lines, annotations.
  static let hostile: [Unicode.Scalar] = [
    "\u{1B}", "\u{7}", "\u{0}", "\u{7F}", "\u{9B}", "\u{202E}", "\u{2066}", "\u{2069}", "\u{200F}",
    "\u{61C}", "\u{FEFF}", "\u{2028}", "\u{85}", "\u{FFF9}", "\u{206A}",
  ]

  @Test(arguments: hostile)
  func nothingThatActsIsLeft(scalar: Unicode.Scalar) {
    let text = "A\(scalar)B"
    for shown in [PlainText.cleaned(text), text.printable, text.printableLines, text.brief] {
      #expect(!shown.unicodeScalars.contains(scalar), "\(shown.unicodeScalars.map(\.value))")
      #expect(shown.hasPrefix("A") && shown.hasSuffix("B"))
    }
    var object = JSONLine()
    object.add("x", text)
    #expect(!object.text.unicodeScalars.contains(scalar))
  }

  /// In UTF-8, in Latin-1, and with C1's CSI in it.
  @Test(
    arguments: [
      (Array("José 北".utf8), "José 北"), ([0x4A, 0x6F, 0x73, 0xE9], "José"),
      ([0x41, 0x9B, 0x42], "A\u{FFFD}B"), ([], ""),
    ] as [([UInt8], String)])
  func bytesAreRead(bytes: [UInt8], text: String) {
    #expect(PlainText.decoded(bytes) == text)
  }

  @Test(arguments: ["Müller & fils", "👩‍👩‍👧", "क्‍ष", "e\u{301}", "北京"])
  func whatShowsStays(text: String) {
    #expect(PlainText.cleaned(text) == text)
    #expect(text.printable == text)
    #expect(text.brief == text)
  }

  @Test func whiteSpaceIsABlank() {
    #expect(PlainText.cleaned("  a \t\r\n b\u{A0}") == "a b")
    #expect("  a\tb\u{2028}".printable == "  a b ")
    #expect("a\tb\nc\r".printableLines == "a\tb\nc")
  }

  @Test func whatIsLongIsCut() {
    #expect(PlainText.cleaned(String(repeating: "x", count: 500), limit: 4) == "xxxx")
    #expect(PlainText.cleaned("xxx yyy", limit: 4) == "xxx")
    let marks = "e" + String(repeating: "\u{301}", count: 1_000)
    #expect(PlainText.cleaned(marks, limit: 4).utf8.count <= 16)
    let long = String(repeating: "é", count: 201)
    #expect(long.brief == String(repeating: "é", count: 200) + "…")
    #expect(String(long.dropLast()).brief == long.dropLast())
  }

  @Test func coloursOfAProgramGoWithTheirParameters() {
    #expect("\u{1B}[1;31mno such file\u{1B}[0m".brief == "no such file")
    #expect("a\u{1B}".brief == "a")
  }

  @Test(arguments: ["", " ", "\u{200B}", "\u{3164}", "\u{2800}"])
  func whatHasNoLookIsNotVisible(text: String) {
    #expect(!PlainText.isVisible(text))
    #expect(PlainText.isVisible(text + "-"))
  }
}

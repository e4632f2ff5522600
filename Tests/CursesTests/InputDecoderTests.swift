import Canvas
import Curses
import Testing

@Suite("InputDecoder")
struct InputDecoderTests {
  private func point(_ x: Int, _ y: Int) -> Point { Point(x: x, y: y) }

  static let sequences: [(String, [Input])] = [
    ("o", [.character("o")]),
    ("é€王😀", [.character("é"), .character("€"), .character("王"), .character("😀")]),
    (
      "\r\n\t\u{7F}\u{8}",
      [.key(.enter), .key(.enter), .key(.tab), .key(.backspace), .key(.backspace)]
    ),
    ("\u{3}\u{1A}\0\u{1F}", ["c", "z", " ", "_"].map { .key(.control($0)) }),
    ("\u{1B}[A\u{1B}[B\u{1B}[C\u{1B}[D", [.key(.up), .key(.down), .key(.right), .key(.left)]),
    ("\u{1B}OA\u{1B}OB\u{1B}OC\u{1B}OD", [.key(.up), .key(.down), .key(.right), .key(.left)]),
    ("\u{1B}[1;5A\u{1B}[5;2~", [.key(.up), .key(.pageUp)]),
    (
      "\u{1B}[H\u{1B}OF\u{1B}[1~\u{1B}[4~\u{1B}[7~\u{1B}[8~",
      [.home, .end, .home, .end, .home, .end].map { .key($0) }
    ),
    (
      "\u{1B}[2~\u{1B}[3~\u{1B}[5~\u{1B}[6~",
      [.insert, .delete, .pageUp, .pageDown].map { .key($0) }
    ),
    ("\u{1B}[Z", [.key(.backtab)]),
    (
      "\u{1B}OP\u{1B}[11~\u{1B}[[A\u{1B}[1;2P",
      [.key(.function(1)), .key(.function(1)), .key(.function(1)), .key(.function(1))]
    ),
    (
      "\u{1B}OS\u{1B}[15~\u{1B}[24~", [.key(.function(4)), .key(.function(5)), .key(.function(12))]
    ),
    (
      "\u{1B}OM\u{1B}Op\u{1B}Oy\u{1B}Oj",
      [.key(.enter), .character("0"), .character("9"), .character("*")]
    ),
    // The mouse, SGR and X10; a release, other buttons and movements say nothing.
    ("\u{1B}[<0;1;1M\u{1B}[<0;1;1m", [.click(Point(x: 0, y: 0))]),
    ("\u{1B}[<0;250;60M", [.click(Point(x: 249, y: 59))]),
    ("\u{1B}[<16;3;4M", [.click(Point(x: 2, y: 3))]),
    ("\u{1B}[<1;3;4M\u{1B}[<2;3;4M\u{1B}[<32;3;4M\u{1B}[<0;0;4M", []),
    (
      "\u{1B}[<64;3;4M\u{1B}[<65;3;4M",
      [.wheel(.up, Point(x: 2, y: 3)), .wheel(.down, Point(x: 2, y: 3))]
    ),
    ("\u{1B}[M !!\u{1B}[M#!!x", [.click(Point(x: 0, y: 0)), .character("x")]),
    // Pasted text is one piece, whatever it holds.
    ("\u{1B}[200~o\r\u{1B}[Aé\u{1B}[201~q", [.paste("o\r\u{1B}[Aé"), .character("q")]),
    ("\u{1B}[200~\u{1B}[20\u{1B}\u{1B}[201~", [.paste("\u{1B}[20\u{1B}")]),
    ("\u{1B}[200~\u{1B}[201~", []),
    // Unknown answers and keys are swallowed whole; what follows is read.
    (
      "\u{1B}[?62;c\u{1B}[I\u{1B}[99~\u{1B}[12;7R\u{1B}[1;2Rx",
      [.key(.function(3)), .character("x")]
    ),
    ("\u{1B}[1;\u{1B}[Bx", [.key(.down), .character("x")]),
    // What another program has asked the terminal, and what comes when that has gone.
    (
      "\u{1B}]11;rgb:dddd/eeee/ffff\u{1B}\\x\u{1B}]10;rgb:0/d/R\u{7}y",
      [.character("x"), .character("y")]
    ),
    ("\u{1B}]52;c;" + String(repeating: "qd", count: 2_000) + "\u{7}x", [.character("x")]),
    (
      "\u{1B}P1$r0m\u{1B}\\\u{1B}P!|00d0\u{1B}\\\u{1B}P0+r544e\u{1B}\\\u{1B}_Gi=31;OK\u{1B}\\x",
      [.character("x")]
    ),
    ("\u{1B}]11;rgb:dd\u{1B}[Bx", [.key(.down), .character("x")]),
    ("\u{1B}]11;rgb:dd\u{1B}\u{1B}[Bx", [.key(.escape), .key(.down), .character("x")]),
    // The escape key, and at once another one.
    (
      "\u{1B}]x\u{1B}_x",
      [
        .key(.escape), .character("]"), .character("x"), .key(.escape), .character("_"),
        .character("x"),
      ]
    ),
    ("\u{1B}o", [.key(.escape), .character("o")]),
    ("\u{1B}\u{1B}[A", [.key(.escape), .key(.up)]),
    ("\u{1B}\r", [.key(.escape), .key(.enter)]),
  ]

  @Test("reads what terminals send", arguments: sequences)
  func reads(bytes: String, inputs: [Input]) {
    var whole = InputDecoder()
    #expect(whole.decode(bytes.utf8) == inputs)
    #expect(whole.waiting == .no)

    var piecemeal = InputDecoder()
    #expect(bytes.utf8.flatMap { piecemeal.decode([$0]) } == inputs, "byte by byte")
  }

  @Test(
    "settles what silence leaves open",
    arguments: [
      ("\u{1B}", [Input.key(.escape)]),
      ("\u{1B}\u{1B}", [.key(.escape), .key(.escape)]),
      ("\u{1B}[", [.key(.escape), .character("[")]),
      ("\u{1B}O", [.key(.escape), .character("O")]),
      ("\u{1B}[1;", []),
      ("\u{1B}[200~abc", [.paste("abc")]),
      ("", []),
    ])
  func settles(bytes: String, inputs: [Input]) {
    var decoder = InputDecoder()
    let before = decoder.decode(bytes.utf8)
    #expect((decoder.waiting == .no) == bytes.isEmpty)
    #expect(before + decoder.settle() == inputs)
    #expect(decoder.waiting == .no)
    #expect(decoder.decode("x".utf8) == [.character("x")])
  }

  @Test(
    "drops bytes that are not UTF-8",
    arguments: [
      [0xFF, 0x78], [0xC3, 0x78], [0xE2, 0x82, 0x78], [0xC0, 0x80, 0x78], [0xED, 0xA0, 0x80, 0x78],
      [0x80, 0x80, 0x78], [0xC2, 0x9B, 0x78], [0xF5, 0x80, 0x80, 0x80, 0x78],
    ] as [[UInt8]])
  func broken(bytes: [UInt8]) {
    var decoder = InputDecoder()
    #expect(decoder.decode(bytes) == [.character("x")])
  }

  @Test("keeps a bounded part of a paste, and of nonsense")
  func bounds() {
    var decoder = InputDecoder()
    let inputs = decoder.decode(
      Array("\u{1B}[200~".utf8) + Array(repeating: UInt8(ascii: "a"), count: 1_000_000)
        + Array("\u{1B}[201~".utf8))
    #expect(inputs == [.paste(String(repeating: "a", count: InputDecoder.maxPaste))])
    let nonsense = "\u{1B}[" + String(repeating: "1;", count: 10_000)
    #expect(decoder.decode((nonsense + "Ax").utf8) == [.character("x")])
    #expect(decoder.decode((nonsense + "\u{1B}[A").utf8) == [.key(.up)])
  }
}

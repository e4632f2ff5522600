import Canvas
import Curses
import Foundation
import Glibc
import Testing

/// How signs are written, and that they leave the screen and the terminal alone.
@Suite("SignEncoder")
struct SignEncoderTests {
  private func written(_ sign: TerminalSign, _ environment: [String: String]) -> String {
    let bytes = SignEncoder(environment: environment).bytes(of: sign)
    return String(decoding: bytes, as: UTF8.self).replacing("\u{1B}", with: "^[")
      .replacing("\u{7}", with: "^G")
  }

  private static let notice = TerminalSign.notice(number: 3, title: "Call; now", text: "Dupont SA")

  @Test(arguments: [
    ("xterm-256color", "^[]9;ScreenPop: Call; now: Dupont SA^G"),
    ("foot", "^[]777;notify;Call, now;Dupont SA^G"),
    (
      "xterm-kitty",
      "^[]99;i=screenpop-3:d=0;Call; now^[\\^[]99;i=screenpop-3:p=body;Dupont SA^[\\"
    ),
  ])
  func formsFollowTheTerminal(_ type: String, _ told: String) {
    #expect(written(Self.notice, ["TERM": type]) == told)
  }

  @Test func whatAnotherTerminalLeftIsNotBelievedWithinTmux() {
    let environment = ["TERM": "tmux-256color", "TMUX": "/tmp/x,1,0", "KITTY_WINDOW_ID": "1"]
    #expect(
      written(Self.notice, environment)
        == "^[Ptmux;^[^[]9;ScreenPop: Call; now: Dupont SA^G^[\\")
  }

  @Test(arguments: ["linux", "vt220", "dumb", "ansi", "sun", ""])
  func aTerminalWithoutTitleIsGivenNone(_ type: String) {
    #expect(written(.title("Dupont SA"), ["TERM": type]).isEmpty)
  }

  @Test func aTextForTheClipboardIsCodedAndWrapped() {
    let copy = TerminalSign.copy("0388202122")
    let piece = "]52;c;MDM4ODIwMjEyMg==^G"
    #expect(written(copy, ["TERM": "xterm"]) == "^[" + piece)
    #expect(
      written(copy, ["TERM": "tmux-256color", "TMUX": "/tmp/x,1,0"])
        == "^[" + piece + "^[Ptmux;^[^[" + piece + "^[\\")
    for (text, coded) in [("", ""), ("a", "YQ=="), ("ab", "YWI="), ("abc", "YWJj")] {
      #expect(written(.copy(text), ["TERM": "xterm"]) == "^[]52;c;\(coded)^G")
    }
  }

  static let hostile = [
    "\u{1B}]0;x\u{7}", "\u{9B}2J", "\u{9D}0;x\u{9C}", "\u{202E}evil", "a\nb\rc\u{8}", "\u{1B}\\",
    String(repeating: "x", count: 10_000), "\u{0}",
  ]

  /// Nothing that a stranger wrote ends a piece or begins another.
  @Test(arguments: hostile, ["xterm", "foot", "xterm-kitty"])
  func namesAreHarmless(_ name: String, _ type: String) {
    let encoder = SignEncoder(environment: ["TERM": type])
    for sign in [
      TerminalSign.title(name), .notice(number: 1, title: name, text: name),
    ] {
      let plain = sign.with("x")
      let controls = { (bytes: [UInt8]) in bytes.filter { $0 < 0x20 || $0 == 0x7F } }
      let text = String(decoding: encoder.bytes(of: sign), as: UTF8.self)
      #expect(controls(Array(text.utf8)) == controls(encoder.bytes(of: plain)))
      #expect(!text.unicodeScalars.contains { (0x80...0x9F).contains($0.value) })
      #expect(!text.unicodeScalars.contains("\u{202E}"))
      #expect(text.utf8.count < 1_000)
    }
  }

  @Test func theTerminalSaysWhatItIs() {
    var decoder = InputDecoder()
    #expect(decoder.decode("\u{1B}P>|kit".utf8).isEmpty)
    #expect(decoder.waiting == .paste)
    #expect(decoder.decode("ty(0.26.5)\u{1B}\\q".utf8) == [.character("q")])
    #expect(decoder.drainName() == "kitty(0.26.5)")
    #expect(decoder.drainName() == nil)
    var encoder = SignEncoder(environment: ["TERM": "xterm-256color"])
    encoder.learn("kitty(0.26.5)")
    #expect(encoder.form == .osc99)
    // The keys Alt and P, and a name without end.
    #expect(decoder.decode("\u{1B}P".utf8).isEmpty)
    #expect(decoder.settle() == [.key(.escape), .character("P")])
    #expect(decoder.decode("\u{1B}Px".utf8).count == 3)
    _ = decoder.decode(("\u{1B}P>|" + String(repeating: "y", count: 300)).utf8)
    #expect(decoder.drainName() == nil)
  }
}

extension TerminalSign {
  fileprivate func with(_ name: String) -> TerminalSign {
    switch self {
    case .title: .title(name)
    case .notice(let number, _, _): .notice(number: number, title: name, text: name)
    default: self
    }
  }
}

extension TerminalTests {
  @MainActor
  @Suite("makes signs", .serialized)
  struct Signs {
    @Test("the title of the pane, which is given back, and the frame beside it")
    func title() async throws {
      let pane = try TmuxPane(Size(width: 40, height: 5))
      let before = try pane.fact("#{pane_title}")
      let terminal = try Terminal(
        input: pane.descriptor, output: pane.descriptor, environment: ["TERM": "tmux-256color"])
      var frame = Frame(terminal.size)
      frame.put("Appel entrant", at: Point(x: 0, y: 0))
      terminal.show(frame)
      for name in ["Müller", "Dupont SA"] { terminal.make(.title(name)) }
      terminal.make(.notice(number: 1, title: "Appel", text: "Dupont SA"))
      try await eventually("the title is set", state: try pane.fact("#{pane_title}")) {
        try pane.fact("#{pane_title}") == "Dupont SA"
      }
      #expect(try pane.lines() == ["Appel entrant", "", "", "", ""])
      terminal.make(.title(nil))
      try await eventually("the title is given back", state: try pane.fact("#{pane_title}")) {
        try pane.fact("#{pane_title}") == before
      }
      terminal.make(.title("Garage"))
      try await eventually("the title is set again") {
        try pane.fact("#{pane_title}") == "Garage"
      }
      terminal.restore()
      try await eventually("the title is given back at the end") {
        try pane.fact("#{pane_title}") == before
      }
    }

    @Test("a title is given back by a crash")
    func emergency() async throws {
      let pane = try TmuxPane(Size(width: 40, height: 5))
      let before = try pane.fact("#{pane_title}")
      let path = pane.path
      async let ended: Void = Self.crash(path)
      try await eventually("the title is set", state: try pane.fact("#{pane_title}")) {
        try pane.fact("#{pane_title}").hasPrefix("process ")
      }
      let title = try pane.fact("#{pane_title}")
      let child = try #require(pid_t(title.dropFirst("process ".count)))
      #expect(child > 1)
      kill(child, SIGSEGV)
      await ended
      try await eventually("the title is given back", state: try pane.fact("#{pane_title}")) {
        try pane.fact("#{pane_title}") == before
      }
    }

    private static func crash(_ path: String) async {
      await #expect(processExitsWith: .signal(SIGSEGV)) { [path = path as String] in
        let terminal = try await Restoring.paint(path)
        await terminal.make(.title("process \(getpid())"))
        try await Restoring.wait()
      }
    }
  }
}

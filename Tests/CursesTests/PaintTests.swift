import Canvas
import Curses
import Foundation
import Glibc
import Testing

/// Everything that opens a terminal, one test after the other: ncurses has one state.
@MainActor
@Suite("Terminal", .serialized)
struct TerminalTests {}

extension TerminalTests {
  @MainActor
  @Suite("shows frames", .serialized)
  struct Paint {
    private func terminal(_ pane: TmuxPane, _ environment: [String: String] = [:]) throws
      -> Terminal
    {
      try Terminal(
        input: pane.descriptor, output: pane.descriptor,
        environment: ["TERM": "tmux-256color"].merging(environment) { $1 })
    }

    /// Lines of a frame as tmux prints them.
    private func lines(_ frame: Frame) -> [String] {
      Array(
        frame.golden.split(separator: "\n", omittingEmptySubsequences: false)[..<frame.size.height]
      ).map(String.init)
    }

    private func expect(
      _ pane: TmuxPane, shows frame: Frame, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
      let wanted = lines(frame)
      try await eventually(
        "the screen equals the frame", sourceLocation: sourceLocation,
        state: try difference(wanted, pane.lines())
      ) { try pane.lines() == wanted }
    }

    private func difference(_ wanted: [String], _ screen: [String]) -> String {
      let wrong = zip(wanted, screen).enumerated().filter { $1.0 != $1.1 }
      return "\(screen.count) lines, different: "
        + wrong.prefix(5).map { "\n\($0): \($1.0)\n\($0): \($1.1)" }.joined()
    }

    /// A frame with something of everything, to its last cell.
    private func sample(_ size: Size, _ salt: Int = 0) -> Frame {
      var frame = Frame(size)
      let texts = [
        "Garage Müller e\u{301}té", "王小明", "😀👩‍🔧", "01 99 00 45 67", "⏎ ● ○ ▸ ◂ …",
        "x\u{300}\u{301}\u{302}",
        "שלום", "\u{1B}[2J\u{202E}evil",
      ]
      for y in 0..<size.height {
        var x = (y + salt) % 3
        var index = y + salt
        while x < size.width {
          let role = Role.allCases[index % Role.allCases.count]
          x += frame.put(texts[index % texts.count], at: Point(x: x, y: y), role: role) + 1
          index += 1
        }
      }
      frame.box(
        Rect(x: size.width / 2, y: 0, width: size.width - size.width / 2, height: size.height),
        title: "Appel", right: "0:0\(salt % 10)")
      return frame
    }

    @Test("cell by cell, 200×60, twenty different ones")
    func large() async throws {
      let size = Size(width: 200, height: 60)
      let pane = try TmuxPane(size)
      let terminal = try terminal(pane)
      defer { terminal.restore() }
      #expect(terminal.size == size)
      for salt in 0..<20 { terminal.show(sample(size, salt)) }
      try await expect(pane, shows: sample(size, 19))
      terminal.show(sample(size, 3))
      try await expect(pane, shows: sample(size, 3))
    }

    @Test("smaller, larger, and at 20×4")
    func resizes() async throws {
      let pane = try TmuxPane(Size(width: 80, height: 24))
      let terminal = try terminal(pane)
      defer { terminal.restore() }
      let inputs = Inputs()
      terminal.start { inputs.append($0) }
      terminal.show(sample(terminal.size))
      try await expect(pane, shows: sample(Size(width: 80, height: 24)))
      for size in [
        Size(width: 20, height: 4), Size(width: 100, height: 30), Size(width: 1, height: 1),
        Size(width: 80, height: 24),
      ] {
        try pane.resize(size)
        try await eventually("the kernel knows the size") {
          var window = winsize()
          return ioctl(pane.descriptor, UInt(TIOCGWINSZ), &window) == 0
            && Int(window.ws_col) == size.width && Int(window.ws_row) == size.height
        }
        kill(getpid(), SIGWINCH)
        try await eventually("the size is delivered") { inputs.all.last == .resize(size) }
        #expect(terminal.size == size)
        // A frame of the old size is clipped or filled up in the meantime.
        terminal.show(sample(Size(width: 50, height: 10), 1))
        terminal.show(sample(size, 2))
        try await expect(pane, shows: sample(size, 2))
      }
    }

    @Test("with its cursor, or without")
    func cursor() async throws {
      let pane = try TmuxPane(Size(width: 40, height: 10))
      let terminal = try terminal(pane)
      defer { terminal.restore() }
      var frame = sample(terminal.size)
      terminal.show(frame)
      try await eventually("the cursor is hidden") { try pane.fact("#{cursor_flag}") == "0" }
      frame.cursor = Point(x: 7, y: 3)
      terminal.show(frame)
      try await eventually("the cursor is at its place") {
        try pane.fact("#{cursor_flag} #{cursor_x} #{cursor_y}") == "1 7 3"
      }
      (frame.cursor, frame.focus) = (nil, Point(x: 4, y: 2))
      terminal.show(frame)
      try await eventually("the hidden cursor rests on the focus") {
        try pane.fact("#{cursor_flag} #{cursor_x} #{cursor_y}") == "0 4 2"
      }
    }

    @Test(
      "with colours, or attributes without them",
      arguments: [
        (["TERM": "tmux-256color"], true), (["TERM": "xterm"], true),
        (["TERM": "tmux-256color", "NO_COLOR": "1"], false),
        (["TERM": "tmux-256color", "NO_COLOR": ""], true), (["TERM": "vt220"], false),
      ])
    func colours(environment: [String: String], isColoured: Bool) async throws {
      let pane = try TmuxPane(Size(width: 40, height: 20))
      let terminal = try terminal(pane, environment)
      defer { terminal.restore() }
      var frame = Frame(terminal.size)
      for (y, role) in Role.allCases.enumerated() {
        frame.put("\(role)", at: Point(x: 0, y: y), role: role)
      }
      terminal.show(frame)
      try await expect(pane, shows: frame)
      let looks = Self.looks(try pane.lines(styled: true))
      let hasColour = looks.contains { $0.contains { $0.hasPrefix("3") } }
      #expect(hasColour == isColoured, "\(looks)")
      #expect(looks[Int(Role.plain.rawValue)].isEmpty, "plain text has the terminal's own look")
      // What must be told apart is, in each palette.
      func look(_ role: Role) -> Set<String> { looks[Int(role.rawValue)] }
      for (one, other) in [
        (Role.plain, Role.missed), (.plain, .selected), (.plain, .button), (.plain, .alert),
        (.button, .buttonDisabled), (.plain, .input), (.plain, .number), (.missed, .strong),
      ] {
        #expect(look(one) != look(other), "\(one) and \(other) look alike: \(looks)")
      }
    }

    /// The SGR codes in force at the start of each line's text.
    private static func looks(_ lines: [String]) -> [Set<String>] {
      var look: Set<String> = []
      return lines.map { line in
        for sequence in line.split(separator: "\u{1B}[").filter({ $0.contains("m") }) {
          for code in sequence.prefix(while: { $0 != "m" }).split(separator: ";") {
            switch code {
            case "0": look = []
            case "39": look = look.filter { !$0.hasPrefix("3") }
            case "49": look = look.filter { $0.count < 2 || !$0.hasPrefix("4") }
            default: look.insert(String(code))
            }
          }
        }
        return look
      }
    }

    @Test(
      "as ASCII where the locale says that the terminal is not UTF-8",
      arguments: [
        ("fr_FR.ISO-8859-1", true), ("de_DE@euro", true), ("fr_FR.UTF-8", false),
        ("fr_FR.utf8@x", false),
        ("C", false), ("", false), ("fr_FR", false),
      ])
    func charset(locale: String, isASCII: Bool) async throws {
      let pane = try TmuxPane(Size(width: 30, height: 3))
      let terminal = try terminal(pane, ["LC_ALL": "", "LC_CTYPE": locale, "LANG": "fr_FR.UTF-8"])
      defer { terminal.restore() }
      var frame = Frame(terminal.size)
      frame.box(Rect(x: 0, y: 0, width: 24, height: 3), title: "Équipe ⏎")
      frame.put("Zoë Çelik, 王 e\u{301} ŁØ…", at: Point(x: 1, y: 1))
      terminal.show(frame)
      let ascii = [
        "+- Equipe < -----------+", "|Zoe Celik, ?? e LO~   |", "+----------------------+",
      ]
      let wanted = isASCII && locale != "" ? ascii : lines(frame)
      try await eventually("it is readable", state: try pane.lines().joined(separator: "\n")) {
        try pane.lines() == wanted
      }
    }

    @Test(
      "refuses a terminal that it cannot paint on",
      arguments: [
        ([:], TerminalError.typeUnset), (["TERM": ""], .typeUnset),
        (["TERM": "dumb"], .typeIncapable("dumb")), (["TERM": "no-such"], .typeUnknown("no-such")),
        (["TERM": "../../etc/passwd"], .typeUnknown("../../etc/passwd")),
      ] as [([String: String], TerminalError)])
    func refuses(environment: [String: String], error: TerminalError) throws {
      let pane = try TmuxPane(Size(width: 30, height: 3))
      #expect(throws: error) {
        try Terminal(input: pane.descriptor, output: pane.descriptor, environment: environment)
      }
      #expect(try pane.lines() == ["", "", ""])
    }

    @Test("refuses what is not a terminal")
    func noTerminal() throws {
      let pane = try TmuxPane(Size(width: 30, height: 3))
      let null = open("/dev/null", O_RDWR)
      defer { close(null) }
      let environment = ["TERM": "xterm"]
      #expect(throws: TerminalError.notATerminal(descriptor: null)) {
        try Terminal(input: null, output: pane.descriptor, environment: environment)
      }
      #expect(throws: TerminalError.notATerminal(descriptor: null)) {
        try Terminal(input: pane.descriptor, output: null, environment: environment)
      }
    }
  }
}

/// What a terminal delivered.
final class Inputs: @unchecked Sendable {
  private let lock = NSLock()
  private var inputs: [Input] = []

  var all: [Input] { lock.withLock { inputs } }
  func append(_ input: Input) { lock.withLock { inputs.append(input) } }
}

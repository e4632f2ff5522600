import CCurses
import Canvas
import Curses
import Foundation
import Glibc
import Testing

extension TerminalTests {
  @MainActor
  @Suite("delivers inputs", .serialized)
  struct Inputting {
    private let environment = ["TERM": "tmux-256color"]

    /// Waits until `wanted` was delivered, and nothing else.
    private func expect(
      _ inputs: Inputs, _ wanted: [Input], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
      try await eventually(
        "the inputs are \(wanted)", sourceLocation: sourceLocation, state: "\(inputs.all)"
      ) { inputs.all.count >= wanted.count }
      #expect(inputs.all == wanted, sourceLocation: sourceLocation)
    }

    @Test("keys, a lone escape, the mouse past column 223, and a paste, through tmux")
    func inputs() async throws {
      let pane = try TmuxPane(Size(width: 250, height: 10))
      let terminal = try Terminal(
        input: pane.descriptor, output: pane.descriptor, environment: environment)
      defer { terminal.restore() }
      let inputs = Inputs()
      terminal.start { inputs.append($0) }
      try await eventually("tmux reports the mouse with SGR numbers") {
        try pane.fact("#{mouse_standard_flag} #{mouse_sgr_flag}") == "1 1"
      }
      var wanted: [Input] = []
      for (bytes, input) in [
        ("o", Input.character("o")), ("\u{1B}", .key(.escape)), ("\r", .key(.enter)),
        ("\u{1B}[A", .key(.up)), ("é", .character("é")), ("\u{3}", .key(.control("c"))),
        ("\u{1A}", .key(.control("z"))), ("\u{1B}[<0;240;9M", .click(Point(x: 239, y: 8))),
      ] {
        try pane.type(Array(bytes.utf8))
        wanted.append(input)
        try await expect(inputs, wanted)
      }
      try pane.paste("03 88 20 21 22\rq")
      wanted.append(.paste("03 88 20 21 22\rq"))
      try await expect(inputs, wanted)
    }

    @Test("a terminal that vanishes is a hangup, once")
    func hangup() async throws {
      let pty = try PseudoTerminal(Size(width: 80, height: 24))
      let terminal = try Terminal(
        input: pty.slave, output: pty.slave, environment: environment)
      let inputs = Inputs()
      terminal.start { inputs.append($0) }
      pty.type("x")
      try await expect(inputs, [.character("x")])
      pty.hangUp()
      try await expect(inputs, [.character("x"), .hangup])
      terminal.show(Frame(terminal.size))
      terminal.restore()
      #expect(inputs.all == [.character("x"), .hangup])
    }

    @Test("restoring twice is harmless, and another terminal can be opened after")
    func again() throws {
      for _ in 0..<3 {
        let pty = try PseudoTerminal(Size(width: 80, height: 24))
        let before = pty.settings
        let terminal = try Terminal(
          input: pty.slave, output: pty.slave, environment: environment)
        #expect(pty.settings != before)
        terminal.restore()
        terminal.restore()
        #expect(pty.settings == before)
      }
    }

    @Test("the bell is one byte")
    func bell() async throws {
      let pty = try PseudoTerminal(Size(width: 80, height: 24))
      let terminal = try Terminal(
        input: pty.slave, output: pty.slave, environment: environment)
      defer { terminal.restore() }
      terminal.show(Frame(terminal.size))
      #expect(!pty.written.contains(7))
      terminal.make(.bell)
      try await eventually("the bell rings") { pty.written.last == 7 }
    }
  }
}

/// A pseudo-terminal of which the test holds both ends.
///
/// What is written on it is read when asked for, so a test may write little at a time: some
/// kilobytes wait in the kernel.
final class PseudoTerminal {
  let slave: Int32
  private let master: Int32
  private var isOpen = true
  private var output: [UInt8] = []

  init(_ size: Size) throws {
    var (master, slave): (Int32, Int32) = (-1, -1)
    var window = winsize(
      ws_row: UInt16(size.height), ws_col: UInt16(size.width), ws_xpixel: 0, ws_ypixel: 0)
    try #require(openpty(&master, &slave, nil, nil, &window) == 0)
    (self.master, self.slave) = (master, slave)
  }

  deinit {
    hangUp()
    close(slave)
  }

  /// What was written on the terminal so far.
  var written: [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    var status = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    while poll(&status, 1, 0) == 1, case let count = read(master, &buffer, buffer.count), count > 0
    {
      output += buffer[..<count]
    }
    return output
  }

  /// The line settings, in a form that can be compared.
  var settings: [UInt32] { lineSettings(slave) }

  func type(_ text: String) { _ = write(master, text, text.utf8.count) }

  func hangUp() {
    if isOpen { close(master) }
    isOpen = false
  }
}

/// The line settings of a terminal, in a form that can be compared.
func lineSettings(_ descriptor: Int32) -> [UInt32] {
  var settings = termios()
  tcgetattr(descriptor, &settings)
  return [settings.c_iflag, settings.c_oflag, settings.c_cflag, settings.c_lflag]
}

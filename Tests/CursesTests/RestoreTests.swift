import Canvas
import Curses
import Foundation
import Glibc
import Testing

extension TerminalTests {
  /// A process of its own paints on a pane and ends, one way or another.
  @MainActor
  @Suite("is given back on every way out", .serialized)
  struct Restoring {
    /// The pane's second screen, cursor, mouse, SGR mouse and keypad mode: 0 or 1 each.
    static let modes =
      "#{alternate_on}#{cursor_flag}#{mouse_standard_flag}#{mouse_sgr_flag}#{keypad_flag}"

    /// Opens the pane in a process that is about to end; leaves it with something parked.
    @MainActor
    static func paint(_ path: String, inputs: Inputs? = nil) throws -> Terminal {
      let pane = open(path, O_RDWR | O_NOCTTY)
      let before = lineSettings(pane)
      dup2(pane, STDERR_FILENO)
      let terminal = try Terminal(
        input: pane, output: pane, environment: ["TERM": "tmux-256color"])
      var frame = Frame(terminal.size)
      frame.put("Appel entrant", at: Point(x: 0, y: 0))
      frame.cursor = nil
      terminal.show(frame)
      if let inputs { terminal.start { inputs.append($0) } }
      _ = write(STDERR_FILENO, "parked\n", 7)
      precondition(lineSettings(pane) != before, "The terminal was not taken.")
      return terminal
    }

    /// Keeps the process alive until a signal ends it.
    @MainActor
    static func wait() async throws {
      for await _ in AsyncStream<Never>.makeStream().stream {}
    }

    /// The pane as it was, with what was parked, after `end` ran in a process of its own.
    private func expectRestored(
      sourceLocation: SourceLocation = #_sourceLocation,
      _ end: (String) async throws -> Void
    ) async throws {
      let pane = try TmuxPane(Size(width: 40, height: 5))
      let before = lineSettings(pane.descriptor)
      #expect(try pane.fact(Self.modes) == "01000", sourceLocation: sourceLocation)
      try await end(pane.path)
      #expect(lineSettings(pane.descriptor) == before, sourceLocation: sourceLocation)
      try await eventually(
        "the parked line stands on the old screen", sourceLocation: sourceLocation,
        state: try pane.lines().joined(separator: "\n") + " " + pane.fact(Self.modes)
      ) {
        try pane.lines() == ["parked", "", "", "", ""] && pane.fact(Self.modes) == "01000"
      }
    }

    @Test("restore")
    func restore() async throws {
      try await expectRestored { path in
        await #expect(processExitsWith: .exitCode(7)) { [path = path as String] in
          try await Restoring.paint(path).restore()
          exit(7)
        }
      }
    }

    @Test("exit without restore")
    func exits() async throws {
      try await expectRestored { path in
        await #expect(processExitsWith: .exitCode(7)) { [path = path as String] in
          _ = try await Restoring.paint(path)
          exit(7)
        }
      }
    }

    @Test(
      "signals that end, and those of a crash",
      arguments: [
        SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP,
      ])
    func signals(signal: Int32) async throws {
      try await expectRestored { path in
        await #expect(processExitsWith: .signal(signal)) {
          [path = path as String, signal = signal as Int32] in
          _ = try await Restoring.paint(path)
          kill(getpid(), signal)
          try await Restoring.wait()
        }
      }
    }

    @Test("a signal is delivered as a hangup, so that the program ends in order")
    func orderly() async throws {
      try await expectRestored { path in
        await #expect(processExitsWith: .exitCode(3)) { [path = path as String] in
          let inputs = Inputs()
          let terminal = try await Restoring.paint(path, inputs: inputs)
          kill(getpid(), SIGTERM)
          try await eventually("the hangup comes") { inputs.all == [.hangup] }
          await terminal.restore()
          exit(await terminal.endSignal == SIGTERM ? 3 : 4)
        }
      }
    }

    @Test("a signal ends a program that hangs")
    func hung() async throws {
      try await expectRestored { path in
        await #expect(processExitsWith: .signal(SIGTERM)) { [path = path as String] in
          _ = try await Restoring.paint(path, inputs: Inputs())
          kill(getpid(), SIGTERM)
          await MainActor.run { while true { pause() } }
        }
      }
    }

    @Test("a Swift trap, whose message is readable")
    func trap() async throws {
      let pane = try TmuxPane(Size(width: 80, height: 200))
      let before = lineSettings(pane.descriptor)
      await #expect(processExitsWith: .failure) { [path = pane.path as String] in
        _ = try await Restoring.paint(path)
        await MainActor.run { _ = [Int]()[Int(getpid())] }
      }
      #expect(lineSettings(pane.descriptor) == before)
      try await eventually(
        "the message stands on the old screen", state: try pane.lines().joined(separator: "\n")
      ) {
        let lines = try pane.lines()
        return try pane.fact(Self.modes) == "01000" && lines.first == "parked"
          && lines.contains { $0.contains("Index out of range") }
      }
    }

    @Test("suspended, and painted again when it is continued")
    func suspended() async throws {
      let pane = try TmuxPane(Size(width: 40, height: 5))
      let before = lineSettings(pane.descriptor)
      let path = pane.path
      async let ended: Void = Self.suspendAndContinue(path)
      try await eventually(
        "the shell has the screen", state: try pane.lines().joined(separator: "\n")
      ) {
        try pane.lines().first == "parked" && pane.lines()[1].hasPrefix("process")
          && pane.fact(Self.modes) == "01000"
      }
      #expect(lineSettings(pane.descriptor) == before)
      let child = try #require(pid_t(pane.lines()[1].dropFirst("process ".count)))
      #expect(child > 1)
      kill(child, SIGCONT)
      try await eventually("the frame is shown again") {
        try pane.lines().first == "Appel entrant" && pane.fact(Self.modes).hasPrefix("10")
      }
      #expect(lineSettings(pane.descriptor) != before)
      kill(child, SIGTERM)
      await ended
      #expect(lineSettings(pane.descriptor) == before)
      #expect(try pane.fact(Self.modes) == "01000")
    }

    private static func suspendAndContinue(_ path: String) async {
      await #expect(processExitsWith: .signal(SIGTERM)) { [path = path as String] in
        // A group of its own under the tests' process can be stopped.
        setpgid(0, 0)
        let terminal = try await Restoring.paint(path)
        let line = "process \(getpid())\n"
        _ = write(STDERR_FILENO, line, line.utf8.count)
        await terminal.suspend()
        try await Restoring.wait()
      }
    }
  }
}

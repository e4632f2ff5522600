import Glibc

/// A real `screenpop watch` on a pseudo-terminal, for as long as somebody holds it.
@MainActor
final class OperatorWindow {
  let screen: ScreenReader
  private let pid: pid_t
  /// What it uses.
  let figures: ProcessFigures
  private let terminal: PseudoTerminal

  /// Opens the window of the operator whose store has so many parties, and waits until it listens.
  convenience init(_ site: Site, parties: Int) throws {
    try self.init(site, environment: site.environment(parties: parties))
  }

  /// Opens a window in an environment, and waits until it listens.
  init(
    _ site: Site, environment: [String: String], width: Int = 100, height: Int = 30
  ) throws {
    terminal = try PseudoTerminal(width: width, height: height)
    screen = ScreenReader(terminal.master)
    let command = Command(
      site.program("screenpop"), ["watch"], environment: environment,
      terminal: terminal.path)
    pid = try command.start()
    figures = ProcessFigures(pid: pid)
    let socket = "\(site.folder)/run/screenpop/window.sock"
    let deadline = ContinuousClock.now + .seconds(20)
    while access(socket, F_OK) != 0 {
      guard ContinuousClock.now < deadline else {
        throw Failure(because: "the window does not listen on \(socket)")
      }
      usleep(1000)
    }
    screen.waitUntilQuiet(300)
  }

  /// Ends the window and waits for its end.
  func close() throws {
    kill(pid, SIGTERM)
    _ = try Ended(waitingFor: pid)
    Glibc.close(terminal.slave)
    Glibc.close(terminal.master)
  }
}

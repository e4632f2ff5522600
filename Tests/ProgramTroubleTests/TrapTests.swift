import Glibc
import TestSupport
import Testing

/// A trap ends the window at once, and gives the terminal back, also where Swift's backtracer is on.
@Suite(.timeLimit(.minutes(3)))
struct TrapTests {
  @Test(arguments: [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT])
  func theTerminalIsGivenBack(signal: Int32) async throws {
    let workplace = try await Workplace()
    let terminal = try BareTerminal()
    let before = terminal.settings
    let window = try await workplace.openWindow(
      on: terminal, with: ["SWIFT_BACKTRACE": "enable=yes,interactive=yes,timeout=30s"])
    #expect(terminal.settings != before)
    try await workplace.clicktocall("0388202122")
    try await workplace.onlyCall("found") { $0.code == "C00123" }
    window.signal(signal)
    #expect(try await window.status(deadline: .seconds(10)) == 128 + signal)
    #expect(terminal.settings == before)
    #expect(terminal.read().contains("\u{1b}[?1049l"))
  }

  /// The same behind a terminal that does not read.
  @Test func aStalledTerminalHoldsNobodyUp() async throws {
    let workplace = try await Workplace()
    let terminal = try BareTerminal()
    try terminal.stall()
    let before = terminal.settings
    let window = try await workplace.openWindow(
      on: terminal, with: ["SWIFT_BACKTRACE": "enable=yes"])
    window.signal(SIGTRAP)
    #expect(try await window.status(deadline: .seconds(10)) == 128 + SIGTRAP)
    #expect(terminal.settings == before)
  }
}

import Foundation
import Glibc
import TestSupport
import Testing

/// A terminal that does not read holds nobody up.
@Suite(.timeLimit(.minutes(3)))
struct HeldTerminalTests {
  /// Calls are journaled although nothing that is painted is taken, and the newest frame comes when it reads.
  @Test func callsAreTakenBehindATerminalThatDoesNotRead() async throws {
    let workplace = try await Workplace()
    let terminal = try BareTerminal()
    let stream = CallStream(workplace.runtime)
    defer { stream.end() }
    let window = try await workplace.openWindow(on: terminal)
    stream.allow(300)
    try await waitUntil("300 calls") { stream.told >= 300 }
    try await workplace.journal(until: "300 calls") { $0.count == 300 }
    try await workplace.clicktocall("0388202122")
    try await workplace.journal(until: "301 calls") { $0.count == 301 }
    var painted = ""
    try await waitUntil("the newest call on the terminal", instead: painted) {
      painted += terminal.read()
      return painted.contains("Dupont SA")
    }
    window.signal(SIGTERM)
    let reading = Task {
      try await waitUntil("the end") { terminal.read().contains("\u{1b}[?1049l") }
    }
    #expect(try await window.status() == 128 + SIGTERM)
    try await reading.value
  }

  /// A window ends although its terminal takes nothing: by a signal or, behind a full terminal, by the key.
  @Test(arguments: [SIGTERM, SIGHUP, SIGUSR1, SIGALRM, 0])
  func anEndDoesNotWaitForTheTerminal(signal: Int32) async throws {
    let workplace = try await Workplace()
    let terminal = try BareTerminal()
    let before = terminal.settings
    let stream = CallStream(workplace.runtime)
    defer { stream.end() }
    let window = try await workplace.openWindow(on: terminal)
    stream.allow(200)
    try await waitUntil("200 calls") { stream.told >= 200 }
    if signal == 0 { terminal.type("qq") } else { window.signal(signal) }
    #expect(try await window.status() == (signal == 0 ? 0 : 128 + signal))
    #expect(terminal.settings == before)
    #expect(try await workplace.journal().count == 200)
  }

  /// The terminal takes nothing from before the window starts.
  @Test(arguments: [false, true], [SIGTERM, SIGHUP, 0])
  func aStartDoesNotWaitForTheTerminal(isStopped: Bool, signal: Int32) async throws {
    let workplace = try await Workplace()
    let terminal = try BareTerminal()
    if isStopped { terminal.stop() } else { try terminal.stall() }
    let before = terminal.settings
    let window = try await workplace.openWindow(on: terminal)
    try await workplace.clicktocall("0388202122")
    try await workplace.onlyCall("found") { $0.code == "C00123" }
    if signal == 0 { terminal.type("qq") } else { window.signal(signal) }
    let end = try await window.status(deadline: .seconds(10))
    #expect(end == (signal == 0 ? 0 : 128 + signal))
    #expect(terminal.settings == before)
  }
}

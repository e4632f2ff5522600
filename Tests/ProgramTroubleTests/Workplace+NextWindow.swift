import Glibc
import TestSupport
import Testing

extension Workplace {
  /// The next window brings all that the one before left: so many calls are in the journal, each number once.
  func expectNextWindow(
    on terminal: BareTerminal, has count: Int, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let window = try await openWindow(on: terminal)
    defer { window.signal(SIGKILL) }
    let calls = try await journal(until: "\(count) calls") { $0.count >= count }
    #expect(
      calls.count == count && Set(calls.compactMap(\.number)).count == count,
      sourceLocation: sourceLocation)
  }
}

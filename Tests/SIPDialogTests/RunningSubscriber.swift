import CallSources
import PhoneNumbers
import Synchronization
import Telephony
import TestSupport

/// A driver that runs against a server on this machine.
final class RunningSubscriber: Sendable {
  private let received = Mutex<[SourceReport]>([])
  private let task = Mutex<Task<Void, Never>?>(nil)

  /// Watches station 1024 at the server on this port.
  init(
    port: UInt16, transport: SIPAccount.Transport, password: String? = "secret",
    expires: Int = 300
  ) throws {
    let account = try SIPAccount(
      server: "127.0.0.1", port: Int(port), transport: transport, password: password,
      watch: "1024@pbx.example", expires: expires)
    let begin = ContinuousClock.now
    let source = SIPDialogSource(account: account, station: "1024", plan: NumberPlan()) {
      Moment(milliseconds: Int64((ContinuousClock.now - begin) / .milliseconds(1)))
    }
    let running = Task { [self] in
      await source.run { report in self.received.withLock { $0.append(report) } }
    }
    task.withLock { $0 = running }
  }

  var reports: [SourceReport] { received.withLock { $0 } }

  /// The events in short.
  var story: [String] { reports.compactMap(\.event).map(\.words) }

  var health: SourceHealth? {
    reports.compactMap { if case .health(_, let health) = $0 { health } else { nil } }.last
  }

  /// The sentence of a driver that is down.
  var reason: String? { if case .down(let reason, _, _) = health { reason } else { nil } }

  func isUp() async throws {
    try await waitUntil("a subscription", instead: "\(reports)") { health == .up }
  }

  /// Waits for these events, of all that were.
  func tells(_ story: [String]) async throws {
    try await waitUntil("\(story)", instead: "\(reports)") { self.story == story }
  }

  func isDown(_ words: String) async throws {
    try await waitUntil("a driver that is down", instead: "\(reports)") {
      reason?.contains(words) == true
    }
  }

  func stop() async {
    let running = task.withLock { $0 }
    running?.cancel()
    await running?.value
  }
}

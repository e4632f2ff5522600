import LauncherSupport
import PhoneNumbers
import SIP
import Telephony
import TestSupport

/// A driver that runs against a server on this machine.
final class RunningSubscriber: Sendable {
  private let heard: HeardSource
  private let source: SIPDialogSource

  /// Watches station 1024, or another, at the server on this port.
  init(
    port: UInt16, transport: SIPAccount.Transport, password: String? = "secret",
    expires: Int = 300, watch: String = "1024@pbx.example"
  ) throws {
    let account = try SIPAccount(
      server: "127.0.0.1", port: Int(port), transport: transport, user: "1024",
      password: password, watch: watch, expires: expires)
    let begin = ContinuousClock.now
    source = SIPDialogSource(account: account, station: "1024", plan: NumberPlan()) {
      Moment(milliseconds: Int64((ContinuousClock.now - begin) / .milliseconds(1)))
    }
    heard = HeardSource(source)
  }

  var reports: [SourceReport] { heard.reports }

  /// The events in short.
  var story: [String] { reports.events.map(\.words) }

  var health: SourceHealth? { reports.healths.last }

  /// What it noticed of how the server tells.
  var symptoms: [Symptom] { source.symptoms }

  /// The sentence of a driver that is down.
  var reason: String? { reports.reason }

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

  func stop() async { await heard.stop() }
}

import Baresip
import LauncherSupport
import PhoneNumbers
import Telephony
import TestSupport

/// A driver that runs as it does in a window, with a clock of the test.
final class RunningDriver: Sendable {
  let driver: BaresipDriver
  let clock: TestClock
  private let heard: HeardSource

  /// A driver of the softphone on this port; pauses end when the clock lets them.
  init(port: Int, clock: TestClock = TestClock(pauses: 0)) {
    self.clock = clock
    driver = BaresipDriver(
      address: "127.0.0.1", port: port, plan: NumberPlan(), now: { clock.moment }, clock: clock)
    heard = HeardSource(driver)
  }

  var reports: [SourceReport] { heard.reports }

  /// The events in short.
  var story: [String] { reports.events.map(storyLine) }

  /// What the driver said of itself, oldest first.
  var healths: [SourceHealth] { reports.healths }

  /// The sentences with which it went down.
  var reasons: [String] {
    healths.compactMap { if case .down(let reason, _, _) = $0 { reason } else { nil } }
  }

  /// Waits until the latest health is as `holds` wants it.
  func health(_ what: String, _ holds: (SourceHealth) -> Bool) async throws {
    try await waitUntil(what, instead: "\(reports)") { healths.last.map(holds) ?? false }
  }

  /// Waits until it is connected.
  func up() async throws { try await health("up") { $0 == .up } }

  /// Waits until it is down and would try again.
  func down() async throws {
    try await health("down") { if case .down(_, _, .some) = $0 { true } else { false } }
  }

  /// Waits until so many events were told.
  func events(_ count: Int) async throws {
    try await waitUntil("\(count) events", instead: "\(story)") { story.count >= count }
  }

  func stop() async { await heard.stop() }
}

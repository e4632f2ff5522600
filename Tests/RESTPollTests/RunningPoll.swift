import CTIBlock
import CTIPoll
import LauncherSupport
import PhoneNumbers
import Telephony
import TestSupport

/// A source that polls an ``AnsweringServer`` of the test.
final class RunningPoll: Sendable {
  let source: RESTPollSource
  let clock: TestClock
  private let heard: HeardSource

  init(
    _ fields: CTIFields, station: String = "1024", words: EventWords = EventWords(),
    clock: TestClock = TestClock(pauses: 0), environment: [String: String] = [:],
    limits: PollLimits = PollLimits()
  ) throws {
    self.clock = clock
    source = RESTPollSource(
      exchange: try CTIExchange(fields), values: CTIVariables(ident: "", station: station),
      plan: NumberPlan(), words: words, environment: environment, now: { clock.moment },
      clock: clock, limits: limits)
    heard = HeardSource(source)
  }

  var reports: [SourceReport] { heard.reports }

  var events: [CallEvent] { reports.events }

  /// The events in short: `ring 03 88 20 21 22`.
  var story: [String] { events.map { "\($0.what) \($0.who)" } }

  var health: SourceHealth? { reports.healths.last }

  /// The sentence of a source that is down or off.
  var reason: String? { reports.reason }

  /// Waits until the source has had so many answers or failures.
  func rounds(_ count: Int) async throws {
    try await waitUntil("\(count) rounds", instead: "\(reports)\n\(source.counts)") {
      source.counts.answers + source.counts.failures >= count
    }
  }

  func stop() async { await heard.stop() }
}

import CTIBlock
import CallSources
import LauncherSupport
import PhoneNumbers
import Synchronization
import Telephony
import TestSupport

/// A source that polls an ``AnsweringServer`` of the test.
final class RunningPoll: Sendable {
  let source: RESTPollSource
  let clock: TestClock
  private let received = Mutex<[SourceReport]>([])
  private let task = Mutex<Task<Void, Never>?>(nil)

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
    let running = Task { [self] in
      await source.run { report in self.received.withLock { $0.append(report) } }
    }
    task.withLock { $0 = running }
  }

  var reports: [SourceReport] { received.withLock { $0 } }

  var events: [CallEvent] {
    reports.compactMap { if case .event(let event) = $0 { event } else { nil } }
  }

  /// The events in short: `ring 03 88 20 21 22`.
  var story: [String] {
    events.map { event in
      let kind =
        switch event.kind {
        case .ring: "ring"
        case .answer: "answer"
        case .request: "request"
        case .end(let reason): "end \(reason.rawValue)"
        case .other(let word): "other \(word)"
        case .vanish: "vanish"
        }
      return "\(kind) \(event.caller.isWithheld ? "withheld" : event.caller.text)"
    }
  }

  var health: SourceHealth? {
    reports.compactMap { if case .health(_, let health) = $0 { health } else { nil } }.last
  }

  /// The sentence of a source that is down or off.
  var reason: String? {
    switch health {
    case .down(let reason, _, _), .off(let reason): reason
    default: nil
    }
  }

  /// Waits until the source has had so many answers or failures.
  func rounds(_ count: Int) async throws {
    try await waitUntil("\(count) rounds", instead: "\(reports)\n\(source.counts)") {
      source.counts.answers + source.counts.failures >= count
    }
  }

  func stop() async {
    let running = task.withLock { $0 }
    running?.cancel()
    await running?.value
  }
}

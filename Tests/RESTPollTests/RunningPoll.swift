import CTIBlock
import CallSources
import Foundation
import PhoneNumbers
import Synchronization
import Telephony
import TestSupport

/// A clock on which a pause ends at once, or when the test lets it, and time moves by the pause.
final class TestClock: Clock, Sendable {
  typealias Instant = ContinuousClock.Instant

  private struct State {
    var passed: Duration = .zero
    var pauses: [Duration] = []
    var allowed: Int
    var waiting: CheckedContinuation<Void, Never>?
  }

  private let start = ContinuousClock.now
  private let state: Mutex<State>

  /// A clock that lets so many pauses pass; more with ``allow(_:)``.
  init(pauses: Int = .max) { state = Mutex(State(allowed: pauses)) }

  var now: Instant { start + state.withLock { $0.passed } }
  var minimumResolution: Duration { .nanoseconds(1) }

  /// What an event that happens now carries.
  var moment: Moment {
    Moment(milliseconds: 1_000_000 + Int64(state.withLock { $0.passed } / .milliseconds(1)))
  }

  /// The latest pauses that were asked for.
  var pauses: [Duration] { state.withLock { $0.pauses } }

  /// Lets more pauses pass.
  func allow(_ count: Int) {
    let waiting = state.withLock { state in
      state.allowed = state.allowed &+ count
      defer { state.waiting = nil }
      return state.waiting
    }
    waiting?.resume()
  }

  func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    let pause = now.duration(to: deadline)
    state.withLock { $0.pauses = $0.pauses.suffix(100) + [pause] }
    while !Task.isCancelled, !passes(pause) { await wait() }
    try Task.checkCancellation()
    await Task.yield()
  }

  private func passes(_ pause: Duration) -> Bool {
    state.withLock { state in
      guard state.allowed > 0 else { return false }
      if state.allowed != .max { state.allowed -= 1 }
      state.passed += max(.zero, pause)
      return true
    }
  }

  private func wait() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isFree = state.withLock { state in
          if state.allowed > 0 || Task.isCancelled { return true }
          state.waiting = continuation
          return false
        }
        if isFree { continuation.resume() }
      }
    } onCancel: {
      allow(0)
    }
  }
}

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

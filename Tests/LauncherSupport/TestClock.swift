import Synchronization
public import Telephony

/// A clock on which a pause ends at once, or when the test lets it, and time moves by the pause.
public final class TestClock: Clock, Sendable {
  /// An instant of the continuous clock.
  public typealias Instant = ContinuousClock.Instant

  private struct State {
    var passed: Duration = .zero
    var pauses: [Duration] = []
    var allowed: Int
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let start = ContinuousClock.now
  private let state: Mutex<State>

  /// A clock that lets so many pauses pass; more with ``allow(_:)``.
  public init(pauses: Int = .max) { state = Mutex(State(allowed: pauses)) }

  /// The beginning, and all pauses since.
  public var now: Instant { start + state.withLock { $0.passed } }
  /// As fine as a duration is.
  public var minimumResolution: Duration { .nanoseconds(1) }

  /// What an event that happens now carries.
  public var moment: Moment {
    Moment(milliseconds: 1_000_000 + Int64(state.withLock { $0.passed } / .milliseconds(1)))
  }

  /// The latest pauses that were asked for.
  public var pauses: [Duration] { state.withLock { $0.pauses } }

  /// Lets more pauses pass.
  public func allow(_ count: Int) {
    let waiting = state.withLock { state in
      state.allowed = state.allowed &+ count
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  /// Waits until the pause may pass.
  public func sleep(until deadline: Instant, tolerance: Duration?) async throws {
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
          state.waiting.append(continuation)
          return false
        }
        if isFree { continuation.resume() }
      }
    } onCancel: {
      allow(0)
    }
  }
}

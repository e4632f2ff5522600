import Synchronization
public import Telephony

/// A clock that stands still until the test moves it, or lets a pause pass, by which time then moves.
public final class TestClock: Clock, Sendable {
  /// An instant of the continuous clock.
  public typealias Instant = ContinuousClock.Instant

  private struct Sleeper {
    let id: Int
    let deadline: Instant
    let pause: Duration
    let wake: CheckedContinuation<Void, Never>
  }

  private struct State {
    var passed: Duration = .zero
    var pauses: [Duration] = []
    var allowed: Int
    var sleepers: [Sleeper] = []
    var cancelled: Set<Int> = []
    var ids = 0

    /// Whether a pause passes at once; time has moved by it then.
    mutating func passes(_ pause: Duration) -> Bool {
      guard allowed > 0 else { return false }
      if allowed != .max { allowed -= 1 }
      passed += max(.zero, pause)
      return true
    }
  }

  private let start = ContinuousClock.now
  private let state: Mutex<State>

  /// A clock that lets so many pauses pass; more with ``allow(_:)``.
  public init(pauses: Int = .max) { state = Mutex(State(allowed: pauses)) }

  /// The beginning, all that has passed since.
  public var now: Instant { start + state.withLock { $0.passed } }
  /// As fine as a duration is.
  public var minimumResolution: Duration { .nanoseconds(1) }

  /// What an event that happens now carries.
  public var moment: Moment {
    // Not by division, which is one of floating-point numbers.
    let (seconds, attoseconds) = state.withLock { $0.passed }.components
    return Moment(milliseconds: 1_000_000 + seconds * 1000 + attoseconds / 1_000_000_000_000_000)
  }

  /// The latest pauses that were asked for.
  public var pauses: [Duration] { state.withLock { $0.pauses } }

  /// How long the first sleeper still sleeps.
  public var nextWake: Duration? {
    let now = now
    return state.withLock { $0.sleepers.map { now.duration(to: $0.deadline) }.min() }
  }

  /// Lets more pauses pass.
  public func allow(_ count: Int) {
    let free = state.withLock { state in
      state.allowed = state.allowed &+ count
      var free: [Sleeper] = []
      while let first = state.sleepers.first, state.passes(first.pause) {
        free.append(state.sleepers.removeFirst())
      }
      return free
    }
    for sleeper in free { sleeper.wake.resume() }
  }

  /// Moves on, and wakes those whose time has come.
  public func advance(by span: Duration) {
    let due = state.withLock { state in
      state.passed += span
      let now = start + state.passed
      defer { state.sleepers.removeAll { $0.deadline <= now } }
      return state.sleepers.filter { $0.deadline <= now }
    }
    for sleeper in due { sleeper.wake.resume() }
  }

  /// Waits until the pause may pass, or its time has come.
  public func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    let (id, pause) = state.withLock { state in
      state.ids += 1
      let pause = (start + state.passed).duration(to: deadline)
      state.pauses = state.pauses.suffix(100) + [pause]
      return (state.ids, pause)
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { wake in
        let isOver = state.withLock { state in
          let isDue = deadline <= start + state.passed || state.cancelled.contains(id)
          if isDue || state.passes(pause) { return true }
          state.sleepers.append(Sleeper(id: id, deadline: deadline, pause: pause, wake: wake))
          return false
        }
        if isOver { wake.resume() }
      }
    } onCancel: {
      let sleeper = state.withLock { state in
        state.cancelled.insert(id)
        defer { state.sleepers.removeAll { $0.id == id } }
        return state.sleepers.first { $0.id == id }
      }
      sleeper?.wake.resume()
    }
    try Task.checkCancellation()
    await Task.yield()
  }
}

import Synchronization
import Telephony

/// A clock that stands still until the test moves it.
final class TestTime: Clock, Sendable {
  typealias Instant = ContinuousClock.Instant

  private struct Sleeper {
    let id: Int
    let deadline: Instant
    let wake: CheckedContinuation<Void, Never>
  }

  private struct State {
    var passed: Duration = .zero
    var sleepers: [Sleeper] = []
    var cancelled: Set<Int> = []
    var ids = 0
  }

  private let start = ContinuousClock.now
  private let state = Mutex(State())

  var now: Instant { start + state.withLock { $0.passed } }
  var minimumResolution: Duration { .nanoseconds(1) }

  /// What an event that happens now carries.
  var moment: Moment {
    // Not by division, which is one of floating-point numbers.
    let (seconds, attoseconds) = state.withLock { $0.passed }.components
    return Moment(milliseconds: 1_000_000 + seconds * 1000 + attoseconds / 1_000_000_000_000_000)
  }

  /// How long the first sleeper still sleeps.
  var nextWake: Duration? {
    let now = now
    return state.withLock { $0.sleepers.map { now.duration(to: $0.deadline) }.min() }
  }

  /// Moves on, and wakes those whose time has come.
  func advance(by span: Duration) {
    let due = state.withLock { state in
      state.passed += span
      let now = start + state.passed
      defer { state.sleepers.removeAll { $0.deadline <= now } }
      return state.sleepers.filter { $0.deadline <= now }
    }
    for sleeper in due { sleeper.wake.resume() }
  }

  func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    let id = state.withLock { state in
      state.ids += 1
      return state.ids
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { wake in
        let isOver = state.withLock { state in
          guard deadline > start + state.passed, !state.cancelled.contains(id) else { return true }
          state.sleepers.append(Sleeper(id: id, deadline: deadline, wake: wake))
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
  }
}

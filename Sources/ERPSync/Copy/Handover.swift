import Dispatch
import Synchronization

/// Hands values from one thread to another, a few at most under way, so that neither runs ahead of the other
/// by more than memory allows.
final class Handover<Value: Sendable>: Sendable {
  private struct State {
    var values: [Value] = []
    var isAbandoned = false
  }

  private let state = Mutex(State())
  // Begins at 0, because one that is let go of below its first value is a mistake to Dispatch.
  private let room = DispatchSemaphore(value: 0)
  private let filled = DispatchSemaphore(value: 0)

  /// At most `capacity` values wait.
  init(capacity: Int) {
    for _ in 0..<capacity { room.signal() }
  }

  /// Waits for room, and hands the value over; false when nobody takes any more.
  func put(_ value: Value) -> Bool {
    room.wait()
    let isWanted = state.withLock { state in
      if !state.isAbandoned { state.values.append(value) }
      return !state.isAbandoned
    }
    filled.signal()
    return isWanted
  }

  /// Waits for the next value; nil when none comes in time [ms].
  func next(within time: Int) -> Value? {
    guard filled.wait(timeout: .now() + .milliseconds(time)) == .success else { return nil }
    room.signal()
    return state.withLock { $0.values.removeFirst() }
  }

  /// Whether nobody takes any more.
  var isAbandoned: Bool { state.withLock { $0.isAbandoned } }

  /// Takes no more: whoever puts is told so.
  func abandon() {
    state.withLock { state in
      state.isAbandoned = true
      state.values = []
    }
    room.signal()
  }
}

import Dispatch
import Synchronization

/// A value that another thread gives once, if at all; nil: nobody waits for it any more.
public final class OneAnswer<Value: Sendable>: Sendable {
  private struct State {
    var isGiven = false
    var value: Value?
    var waiter: CheckedContinuation<Value?, Never>?
  }

  private let state = Mutex(State())
  private let isThere = DispatchSemaphore(value: 0)

  /// Nothing has been given yet.
  public init() {}

  /// Gives the value; the first one counts.
  public func give(_ value: Value?) {
    let waiter = state.withLock { state -> CheckedContinuation<Value?, Never>? in
      guard !state.isGiven else { return nil }
      state.isGiven = true
      state.value = value
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume(returning: value)
    isThere.signal()
  }

  /// Waits so long at most; nil when the time was up.
  public func wait(seconds: Int) -> Value? {
    guard isThere.wait(timeout: .now() + .seconds(seconds)) == .success else { return nil }
    return state.withLock { $0.value }
  }

  /// Waits without holding a thread up; when the task is cancelled, `stop` is called and nil comes back.
  public func value(stop: @escaping @Sendable () -> Void = {}) async -> Value? {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let known = state.withLock { state -> Value?? in
          if state.isGiven { return .some(state.value) }
          state.waiter = continuation
          return nil
        }
        if let known { continuation.resume(returning: known) }
      }
    } onCancel: {
      stop()
      give(nil)
    }
  }
}

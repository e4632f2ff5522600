import Dispatch
import Synchronization

/// A value that another thread gives once, if at all, and that this one waits for.
public final class OneAnswer<Value: Sendable>: Sendable {
  private let given = Mutex<Value?>(nil)
  private let isThere = DispatchSemaphore(value: 0)

  /// Nothing has been given yet.
  public init() {}

  /// Gives the value; the first one counts.
  public func give(_ value: Value) {
    given.withLock { given in if given == nil { given = value } }
    isThere.signal()
  }

  /// Waits so long at most; nil when the time was up.
  public func wait(seconds: Int) -> Value? {
    guard isThere.wait(timeout: .now() + .seconds(seconds)) == .success else { return nil }
    return given.withLock { $0 }
  }
}

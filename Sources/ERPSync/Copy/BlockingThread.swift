import Glibc
import Synchronization

/// A thread for work that may block without an end: a server that is up and silent holds only it up.
///
/// Nobody waits for it: when the program ends, it ends too.
public enum BlockingThread {
  private final class Work {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// So much may be under way; a server that has not answered that often will not answer the next question.
  private static let most = 24
  private static let underWay = Mutex(0)

  /// Does the work on a thread of its own, and calls `done` there with what becomes of it.
  ///
  /// When too many threads wait for an answer already, `done` gets that as a failure, on this thread.
  public static func start<Value>(
    _ work: @escaping @Sendable () throws(ERPError) -> Value,
    done: @escaping @Sendable (Result<Value, ERPError>) -> Void
  ) {
    let isFree = underWay.withLock { count in
      guard count < most else { return false }
      count += 1
      return true
    }
    guard isFree else {
      return done(
        .failure(
          ERPError(
            .timedOut, "asking the ERP failed: it has not answered \(most) earlier questions")))
    }
    let isStarted = start {
      let outcome = Result { () throws(ERPError) in try work() }
      underWay.withLock { $0 -= 1 }
      done(outcome)
    }
    guard !isStarted else { return }
    underWay.withLock { $0 -= 1 }
    done(.failure(ERPError(.failed, "asking the ERP failed: no further thread can be started")))
  }

  /// Starts the work; false when the system has no thread for it.
  @discardableResult
  public static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    // Drivers and the number library keep large buffers on the stack.
    pthread_attr_setstacksize(&attributes, 2 << 20)
    var thread = pthread_t()
    let work = Unmanaged.passRetained(Work(body))
    let code = pthread_create(
      &thread, &attributes,
      { argument in
        if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body() }
        return nil
      }, work.toOpaque())
    if code != 0 { work.release() }
    return code == 0
  }
}

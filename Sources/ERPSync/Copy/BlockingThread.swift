import Connector
import Synchronization

/// Questions to the ERP, each on an ``OwnThread``: a server that is up and silent holds only it up.
public enum BlockingThread {
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
    let isStarted = OwnThread.start {
      let outcome = Result { () throws(ERPError) in try work() }
      underWay.withLock { $0 -= 1 }
      done(outcome)
    }
    guard !isStarted else { return }
    underWay.withLock { $0 -= 1 }
    done(.failure(ERPError(.failed, "asking the ERP failed: no further thread can be started")))
  }
}

import Dispatch
import Synchronization
public import Telephony
public import ThirdPartyStore

/// A copy on a thread of its own, for who cannot wait.
public final class ERPCopyRun: Sendable {
  private let hasEnded = DispatchSemaphore(value: 0)
  private let isStopped = Mutex(false)

  /// Begins the copy; `done` gets the outcome, on that thread.
  public init(
    _ copy: ERPCopy, _ extent: PartyCopy.Extent, at time: WallTime,
    done: @escaping @Sendable (Result<ERPCopyReport, ERPError>) -> Void
  ) {
    BlockingThread.start { [self] () throws(ERPError) in
      try copy.run(extent, at: time, isStopped: { isStopped.withLock { $0 } }) { _ in }
    } done: { [self] in
      done($0)
      hasEnded.signal()
    }
  }

  /// Gives up at the next rows, and waits for that, but not longer than half a second: a server that is
  /// silent holds the thread up.
  public func stop() {
    isStopped.withLock { $0 = true }
    _ = hasEnded.wait(timeout: .now() + .milliseconds(500))
  }
}

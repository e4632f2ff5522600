import Synchronization
public import Telephony
public import ThirdPartyStore

/// A copy on a thread of its own, for who cannot wait.
public final class ERPCopyRun: Sendable {
  private let isStopped = Atomic(false)

  /// Begins the copy; `done` gets the outcome, on that thread.
  public init(
    _ copy: ERPCopy, _ extent: PartyCopy.Extent, at time: WallTime,
    done: @escaping @Sendable (Result<ERPCopyReport, ERPError>) -> Void
  ) {
    BlockingThread.start { [self] () throws(ERPError) in
      try copy.run(extent, at: time, isStopped: { isStopped.load(ordering: .relaxed) }) { _ in }
    } done: {
      done($0)
    }
  }

  /// Has it give up at the next rows; a server that is silent holds it up until then.
  public func stop() { isStopped.store(true, ordering: .relaxed) }
}

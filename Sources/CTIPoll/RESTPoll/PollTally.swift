import Synchronization

/// The counts of a running source, which others read.
final class PollTally: Sendable {
  private let state = Mutex(PollCounts())

  /// The counts as they are now.
  var counts: PollCounts { state.withLock { $0 } }

  /// Changes them.
  func count(_ change: (inout PollCounts) -> Void) { state.withLock { change(&$0) } }
}

import Synchronization
import Telephony

/// The counts of a running source, which others read.
final class PollTally: Sendable {
  private let state = Mutex(PollCounts())

  /// The counts as they are now.
  var counts: PollCounts { state.withLock { $0 } }

  /// Changes them.
  func count(_ change: (inout PollCounts) -> Void) { state.withLock { change(&$0) } }

  /// Counts what in an event could not be understood.
  func count(_ event: CallEvent) {
    count { counts in
      if case .other(let word) = event.kind { counts.countUnknown(word: word) }
      if case .unreplaced(let keyword) = event.caller.identity {
        counts.countUnreplaced(keyword: keyword)
      }
    }
  }
}

import Synchronization

/// What a session has heard, which others read at any time.
package final class Tally<Counts: Sendable>: Sendable {
  private let state: Mutex<Counts>

  /// A tally that begins with these.
  package init(_ counts: Counts) { state = Mutex(counts) }

  /// What was heard so far.
  package var counts: Counts { state.withLock { $0 } }

  /// Takes down what was heard.
  package func note(_ counts: Counts) { state.withLock { $0 = counts } }
}

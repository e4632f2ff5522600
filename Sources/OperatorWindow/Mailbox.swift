package import OperatorScreen
import Synchronization

/// The window's one queue: everybody posts, the main actor alone takes.
///
/// A burst is taken in batches, so that the screen is painted once for many messages and yet a flood of
/// calls does not hold it up; what the operator's hands do goes before everything else.
package final class Mailbox: Sendable {
  /// How many messages are taken at once, the inputs not counted, and how many where others go first.
  private static let batch = 200
  private static let smallBatch = 16
  /// With more than this many waiting, nothing else goes first.
  private static let most = 20_000

  private struct Pending {
    var inputs: [Message] = []
    var news: [Message] = []
    var isEmpty: Bool { inputs.isEmpty && news.isEmpty }
  }

  private let pending = Mutex(Pending())
  private let wake: @Sendable () -> Void

  /// A queue that calls `wake` when it is no longer empty, and when a batch was not all.
  package init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

  /// Adds a message, behind all others of its kind.
  package func post(_ message: Message) {
    let isFirst = pending.withLock { pending in
      let isFirst = pending.isEmpty
      if case .input = message {
        pending.inputs.append(message)
      } else {
        pending.news.append(message)
      }
      return isFirst
    }
    if isFirst { wake() }
  }

  /// Takes all inputs and a batch of the rest, oldest first. With `yields` the batch is small, and no other follows before
  /// the caller asks again, which `isHeld` says is needed.
  package func nextBatch(yields: Bool = false) -> (messages: [Message], isHeld: Bool) {
    let (taken, isAll, isHeld) = pending.withLock { pending in
      let isHeld = yields && pending.news.count <= Self.most
      let count = min(isHeld ? Self.smallBatch : Self.batch, pending.news.count)
      let taken = pending.inputs + pending.news.prefix(count)
      pending.inputs = []
      pending.news.removeFirst(count)
      return (taken, pending.isEmpty, isHeld)
    }
    if !isAll, !isHeld { wake() }
    return (taken, !isAll && isHeld)
  }

  /// Takes everything.
  package func drain() -> [Message] {
    pending.withLock { pending in
      defer { pending = Pending() }
      return pending.inputs + pending.news
    }
  }
}

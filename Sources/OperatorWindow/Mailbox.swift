package import OperatorScreen
import Synchronization

/// The window's one queue: everybody posts, the main actor alone takes.
///
/// A burst is taken in batches, so that the screen is painted once for many messages and yet a flood of
/// calls does not hold it up; what the operator's hands do goes before everything else.
package final class Mailbox: Sendable {
  /// How many messages are taken at once, the inputs not counted.
  private static let batch = 200

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

  /// Takes all inputs and a batch of the rest, oldest first.
  package func takeBatch() -> [Message] {
    let (taken, isAll) = pending.withLock { pending in
      let taken = pending.inputs + pending.news.prefix(Self.batch)
      pending.inputs = []
      pending.news.removeFirst(min(Self.batch, pending.news.count))
      return (taken, pending.isEmpty)
    }
    if !isAll { wake() }
    return taken
  }

  /// Takes everything.
  package func takeAll() -> [Message] {
    pending.withLock { pending in
      defer { pending = Pending() }
      return pending.inputs + pending.news
    }
  }
}

import Dispatch
import OperatorScreen
import Synchronization

/// The window's one queue: everybody posts, the main actor alone takes.
///
/// A burst of messages is taken as one batch, so that the screen is painted once for all of them.
final class Mailbox: Sendable {
  private let pending = Mutex<[Message]>([])
  private let wake: @Sendable () -> Void

  /// A queue that calls `wake` when it is no longer empty.
  init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

  /// Adds a message, behind all others.
  func post(_ message: Message) {
    let isFirst = pending.withLock { pending in
      pending.append(message)
      return pending.count == 1
    }
    if isFirst { wake() }
  }

  /// Takes everything, oldest first.
  func takeAll() -> [Message] {
    pending.withLock { pending in
      defer { pending = [] }
      return pending
    }
  }
}

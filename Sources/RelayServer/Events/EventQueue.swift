import Synchronization

/// What waits to be written to one listener; bounded, because a listener may stop to read.
final class EventQueue: Sendable {
  /// What is written to a listener.
  enum Item: Sendable {
    case event(RelayedCall)
    /// Shows proxies and both ends that the connection lives.
    case comment
  }

  private struct State {
    var items: [Item] = []
    var isFull = false
  }

  /// How much may wait for a listener.
  private static let limit = 64

  private let state = Mutex(State())
  private let ring: @Sendable () -> Void

  /// - Parameter ring: Called, on any thread, when there is something after there was nothing.
  init(ring: @escaping @Sendable () -> Void) { self.ring = ring }

  /// Adds an item; false when the listener is too slow.
  ///
  /// Its stream then ends: it comes back and is told what it has missed, instead of missing it silently.
  @discardableResult
  func put(_ item: Item) -> Bool {
    let (fits, isFirst) = state.withLock { state in
      guard !state.isFull else { return (true, false) }
      guard state.items.count < Self.limit else {
        state.isFull = true
        return (false, true)
      }
      state.items.append(item)
      return (true, state.items.count == 1)
    }
    if isFirst { ring() }
    return fits
  }

  /// Takes all that waits, and whether the listener was too slow for what came then.
  func drain() -> (items: [Item], isFull: Bool) {
    state.withLock { state in
      defer { state.items = [] }
      return (state.items, state.isFull)
    }
  }
}

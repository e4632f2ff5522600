/// What waits to be written to one listener; bounded, because a listener may stop to read.
final class EventQueue: Sendable {
  /// What is written to a listener.
  enum Item: Sendable {
    case event(RelayedCall)
    /// Shows proxies and both ends that the connection lives.
    case comment
  }

  /// How much may wait for a listener.
  private static let limit = 64

  /// What arrives, until ``finish()``.
  let items: AsyncStream<Item>
  private let writer: AsyncStream<Item>.Continuation

  init() {
    (items, writer) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.limit))
  }

  /// Adds an item; false when the listener is too slow.
  ///
  /// Its stream then ends: it comes back and is told what it has missed, instead of missing it silently.
  @discardableResult
  func put(_ item: Item) -> Bool {
    guard case .dropped = writer.yield(item) else { return true }
    writer.finish()
    return false
  }

  /// Ends the stream when what waits has been written.
  func finish() { writer.finish() }
}

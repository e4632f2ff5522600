import Synchronization
import Telephony

/// Counts something per key in spans of time; used for requests of a source and for wrong tokens (R30).
///
/// A span begins with the first count after the last one has passed. Keys that are not heard of are
/// forgotten, and no more are remembered than memory should hold.
final class RateLimit<Key: Hashable & Sendable>: Sendable {
  private struct Span {
    var start: Moment
    var count: Int
  }

  private static var remembered: Int { 10_000 }

  private let limit: Int
  private let length: Int64
  private let spans = Mutex<[Key: Span]>([:])

  /// - Parameters:
  ///   - limit: How many there may be in a span.
  ///   - length: How long a span is [ms].
  init(_ limit: Int, per length: Int64) {
    self.limit = limit
    self.length = length
  }

  /// Counts one, and answers whether it is still within the limit.
  func count(_ key: Key, at now: Moment) -> Bool {
    spans.withLock { spans in
      if let span = spans[key], now - span.start < length {
        spans[key]?.count = span.count + 1
        return span.count < limit
      }
      if spans.count >= Self.remembered {
        spans = spans.filter { now - $0.value.start < length }
        // Keys without number: from now on they are all counted afresh.
        if spans.count >= Self.remembered { spans.removeAll(keepingCapacity: true) }
      }
      spans[key] = Span(start: now, count: 1)
      return limit > 0
    }
  }

  /// Whether the next count begins a span.
  func isFirst(_ key: Key, at now: Moment) -> Bool {
    spans.withLock { spans in spans[key].map { now - $0.start >= length } ?? true }
  }

  /// How long a key has to wait for its next span [s], rounded up.
  func wait(_ key: Key, at now: Moment) -> Int {
    spans.withLock { spans in
      spans[key].map { Int((length - (now - $0.start) + 999) / 1000) } ?? 0
    }
  }
}

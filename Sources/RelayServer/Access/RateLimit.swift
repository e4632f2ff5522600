import Synchronization
import Telephony

/// Counts something per source in spans of time; used for requests and for wrong tokens (R30).
///
/// A span begins with the first count after the last one has passed. Sources that are not heard of are
/// forgotten, and no more are remembered than memory should hold.
final class RateLimit: Sendable {
  /// Who is counted; nil stands for what has no address.
  typealias Source = UInt128?

  private struct Span {
    var start: Moment
    var count: Int
  }

  private static let remembered = 10_000

  private let limit: Int
  private let length: Int64
  private let spans = Mutex<[Source: Span]>([:])

  /// - Parameters:
  ///   - limit: How many there may be in a span.
  ///   - length: How long a span is [ms].
  init(_ limit: Int, per length: Int64) {
    self.limit = limit
    self.length = length
  }

  /// Counts one, and answers whether it is still within the limit.
  func count(_ source: Source, at now: Moment) -> Bool {
    spans.withLock { spans in
      if let span = spans[source], now - span.start < length {
        spans[source]?.count = span.count + 1
        return span.count < limit
      }
      if spans.count >= Self.remembered {
        spans = spans.filter { now - $0.value.start < length }
        // Sources without number: from now on they are all counted afresh.
        if spans.count >= Self.remembered { spans.removeAll(keepingCapacity: true) }
      }
      spans[source] = Span(start: now, count: 1)
      return limit > 0
    }
  }

  /// Whether the limit is reached, so that the next one would be too many.
  func isReached(_ source: Source, at now: Moment) -> Bool {
    spans.withLock { spans in
      spans[source].map { $0.count >= limit && now - $0.start < length } ?? false
    }
  }

  /// How long a source has to wait for its next span [s], rounded up.
  func wait(_ source: Source, at now: Moment) -> Int {
    spans.withLock { spans in
      spans[source].map { Int((length - (now - $0.start) + 999) / 1000) } ?? 0
    }
  }
}

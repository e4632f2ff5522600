/// How long to wait after failures: the interval, twice as long each time, at most a minute.
///
/// With an interval of 5 s: 5, 10, 20, 40, 60, 60 … s. With one of 90 s: always 90 s.
package struct Backoff: Hashable {
  private static let longest: Duration = .seconds(60)

  /// The wait after an answer.
  package let interval: Duration
  /// Failures since the latest answer.
  package private(set) var failures = 0

  /// No failure yet.
  package init(interval: Duration) { self.interval = interval }

  /// Counts a failure and says how long to wait after it.
  package mutating func fail() -> Duration {
    failures += 1
    let doubled = interval * (1 << min(failures - 1, 10))
    return max(interval, min(doubled, Self.longest))
  }

  /// An answer came.
  package mutating func succeed() { failures = 0 }
}

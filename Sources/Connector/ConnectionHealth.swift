package import Telephony

/// The state of the connection to one peer: up, or down since when, why, and until when.
///
/// The one place that knows the pauses between tries and when an outage began; what a source tells of
/// itself comes from here.
package struct ConnectionHealth: Hashable {
  /// The latest that was said; nil: nothing yet.
  package private(set) var latest: SourceHealth?
  private var backoff: Backoff
  private var upSince: Moment?
  private let goodLife: Int64

  /// Nothing has been tried yet.
  ///
  /// - Parameters:
  ///   - interval: The pause after the first failure.
  ///   - goodLife: How long a connection lasts that was a good one, after which the next try comes soon [ms]; a peer that
  ///     always drops it at once is tried less and less often.
  package init(interval: Duration, goodLife: Int64) {
    backoff = Backoff(interval: interval)
    self.goodLife = goodLife
  }

  /// Whether the peer can be heard.
  package var isUp: Bool { latest == .up }

  /// When the peer is tried again; nil: it is up, or will not be.
  package var nextTry: Moment? {
    if case .down(_, _, let nextTry) = latest { nextTry } else { nil }
  }

  /// How long it has been down [ms]; 0 when it is not.
  package func outage(at now: Moment) -> Int64 {
    if case .down(_, let since, _) = latest { now - since } else { 0 }
  }

  /// Notes that the peer can be heard; returns whether that is news.
  @discardableResult
  package mutating func rise(at now: Moment) -> Bool {
    guard !isUp else { return false }
    latest = .up
    upSince = now
    return true
  }

  /// Notes that the peer cannot be heard; returns the pause until the next try, nil when there is none.
  @discardableResult
  package mutating func fall(
    _ reason: String, _ retry: Retry = .backoff, at now: Moment
  ) -> Duration? {
    if let upSince, now - upSince >= goodLife { backoff.succeed() }
    upSince = nil
    let pause: Duration? =
      switch retry {
      case .never: nil
      case .after(let pause): pause
      case .backoff: backoff.fail()
      }
    fall(reason, nextTry: pause.map { now + Int64($0 / .milliseconds(1)) }, at: now)
    return pause
  }

  /// Notes that the peer cannot be heard until `nextTry`, which somebody else has decided; nil: for good.
  package mutating func fall(_ reason: String, nextTry: Moment?, at now: Moment) {
    latest = .down(reason: reason, since: now - outage(at: now), nextTry: nextTry)
  }
}

/// When a peer is tried again.
package enum Retry: Hashable, Sendable {
  /// Soon, then less and less often: see ``Backoff``.
  case backoff
  /// After this time: a refused password must not look like guessing.
  case after(Duration)
  /// Not at all: nothing would change.
  case never
}

package import Telephony

/// How the way to one peer is: up, or down since when, why, and until when.
///
/// The one place that knows pauses between tries and the beginnings of outages; what a source tells of
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
  ///   - goodLife: What was up for so long was well, and the next try comes soon [ms]; one that is always
  ///     lost at once is made less and less often.
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

  /// The peer can be heard; whether that is news.
  @discardableResult
  package mutating func rise(at now: Moment) -> Bool {
    guard !isUp else { return false }
    latest = .up
    upSince = now
    return true
  }

  /// The peer cannot be heard; the pause until the next try, nil: there is none.
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

  /// The peer cannot be heard until `nextTry`, which somebody else has decided; nil: for good.
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

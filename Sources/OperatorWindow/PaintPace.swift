package import Telephony

/// How often the screen is painted: at once while news come one by one, and not for each of a flood.
///
/// A few frames may follow one another without a pause, as the number, the name and the journal's line of one call
/// do; after that there is one frame in the time that a terminal shows it for.
package struct PaintPace: Hashable, Sendable {
  /// So many frames may follow one another.
  package static let burst: Int64 = 8
  /// How long it takes until one more may [ms].
  package static let pause: Int64 = 16

  /// When all frames of a burst may follow one another again.
  private var restedAt = Moment(milliseconds: 0)

  /// Nothing has been painted.
  package init() {}

  /// Notes a frame, if one may be painted now; else how long it is until one may [ms].
  package mutating func paint(at now: Moment) -> Int64? {
    let next = max(restedAt, now) + Self.pause
    let excess = (next - now) - Self.burst * Self.pause
    guard excess <= 0 else { return excess }
    restedAt = next
    return nil
  }
}

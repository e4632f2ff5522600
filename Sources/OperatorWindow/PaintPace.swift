package import Telephony

/// How often the screen is painted: at once after any news, but in a flood not after each.
///
/// A call makes some five messages: the ring, the name, the lines of the journal. While fewer come than a terminal
/// could show one by one, nothing is held back, whatever the machine is busy with.
package struct PaintPace: Hashable, Sendable {
  /// More messages than this in a millisecond, for long, are a flood.
  package static let steady: Int64 = 2
  /// As many may come at once without being a flood.
  package static let burst: Int64 = 200
  /// The time between two frames in a flood [ms].
  package static let pause: Int64 = 16

  /// How many more messages have come of late than a steady stream would have brought.
  private var excess: Int64 = 0
  private var latest = Moment(milliseconds: 0)
  private var painted = Moment(milliseconds: 0)

  /// Nothing has come, and nothing was painted.
  package init() {}

  /// Whether so much has come of late that not each frame is painted.
  package var isFlooded: Bool { excess > Self.burst }

  /// Notes that so many messages were taken in. Nil: a frame is painted now; otherwise how long that has to wait [ms].
  package mutating func paint(after messages: Int, at now: Moment) -> Int64? {
    excess = max(0, excess - max(0, now - latest) * Self.steady)
    excess = min(excess + Int64(clamping: messages), 2 * Self.burst)
    latest = now
    let wait = painted + Self.pause - now
    if isFlooded, wait > 0 { return wait }
    painted = now
    return nil
  }
}

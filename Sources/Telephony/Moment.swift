/// A point on the window's monotonic clock, in whole milliseconds.
///
/// Waiting and ordering use moments, so that a wall clock that is set back neither freezes a call
/// nor ends one. What the operator reads is a ``WallTime``.
public struct Moment: Hashable, Comparable, Sendable, Codable {
  /// Time since the clock's own start [ms].
  public var milliseconds: Int64

  /// A moment so many milliseconds after the clock's start.
  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// Earlier first.
  public static func < (a: Moment, b: Moment) -> Bool { a.milliseconds < b.milliseconds }

  /// The moment `span` [ms] later.
  public static func + (moment: Moment, span: Int64) -> Moment {
    Moment(milliseconds: moment.milliseconds + span)
  }

  /// The moment `span` [ms] earlier.
  public static func - (moment: Moment, span: Int64) -> Moment {
    Moment(milliseconds: moment.milliseconds - span)
  }

  /// The time from `b` to `a` [ms], negative when `a` is the earlier one.
  public static func - (a: Moment, b: Moment) -> Int64 { a.milliseconds - b.milliseconds }
}

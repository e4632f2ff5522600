public import Telephony
public import ThirdPartyStore

/// When the window copies the ERP, and how much of it.
public struct CopySchedule: Hashable, Sendable {
  /// Between two copies of changes [s]; 0: the window copies nothing.
  public let interval: Int
  /// The hour from which the day's full copy is made.
  public let fullAt: Int

  /// A schedule; see the properties.
  public init(interval: Int, fullAt: Int) {
    self.interval = interval
    self.fullAt = fullAt
  }

  /// What is due now; nil: nothing. A full copy that was refused is made again the next day.
  public func due(_ state: CopyState?, at now: WallTime) -> PartyCopy.Extent? {
    guard interval > 0 else { return nil }
    guard let full = Self.latest([state?.fullAt, state?.refusal?.at], at: now),
      full >= lastFullTime(before: now)
    else { return .full }
    return pause(state, at: now) > 0 ? nil : .changes
  }

  /// How long it is until changes are due [ms].
  public func pause(_ state: CopyState?, at now: WallTime) -> Int64 {
    let last = Self.latest([state?.fullAt, state?.changedAt, state?.refusal?.at], at: now)
    let span = Int64(clamping: interval) * 1000
    return last.map { max(0, span - (now.milliseconds - $0.milliseconds)) } ?? 0
  }

  /// The latest of the times. What is still to come was noted by a clock that was ahead, and puts no copy off.
  private static func latest(_ times: [WallTime?], at now: WallTime) -> WallTime? {
    times.compactMap(\.self).filter { $0 <= now }.max()
  }

  /// What should have been copied long ago, by the window or by timers in its place; nil: nothing.
  ///
  /// A copy of changes is late after two intervals and five minutes, without an interval after a day; the
  /// day's full copy two hours after it was due.
  public func late(_ state: CopyState, at now: WallTime) -> PartyCopy.Extent? {
    let due = lastFullTime(before: now - 7_200_000)
    guard let full = Self.latest([state.fullAt], at: now), full >= due else { return .full }
    let last = Self.latest([full, state.changedAt], at: now) ?? full
    let span: Int64 = interval > 0 ? Int64(clamping: interval) * 2_000 + 300_000 : WallTime.day
    return now.milliseconds - last.milliseconds > span ? .changes : nil
  }

  /// The latest instant at which a day's full copy became due.
  private func lastFullTime(before now: WallTime) -> WallTime {
    let time = now.time
    let hours = (time.hour - fullAt + 24) % 24
    let seconds = hours * 3600 + time.minute * 60 + time.second
    return WallTime(
      milliseconds: now.milliseconds - Int64(clamping: seconds) * 1000 - now.milliseconds % 1000,
      offset: now.offset)
  }
}

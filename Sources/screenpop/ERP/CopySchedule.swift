import Telephony
import ThirdPartyStore

/// When the window copies the ERP, and how much of it.
struct CopySchedule: Sendable {
  /// Between two copies of changes [s]; 0: the window copies nothing.
  let interval: Int
  /// The hour from which the day's full copy is made.
  let fullAt: Int

  /// What is due now; nil: nothing.
  func due(_ state: CopyState?, at now: WallTime) -> PartyCopy.Extent? {
    guard interval > 0 else { return nil }
    guard let full = state?.fullAt, full >= lastFullTime(before: now) else { return .full }
    return pause(state, at: now) > 0 ? nil : .changes
  }

  /// How long it is until changes are due [ms].
  func pause(_ state: CopyState?, at now: WallTime) -> Int64 {
    let last = [state?.fullAt, state?.changedAt].compactMap(\.self).max()
    let span = Int64(interval) * 1000
    // A clock that was set back must not put the copy off for long.
    return last.map { min(span, max(0, span - (now.milliseconds - $0.milliseconds))) } ?? 0
  }

  /// The latest instant at which a day's full copy became due.
  private func lastFullTime(before now: WallTime) -> WallTime {
    let time = now.time
    let hours = (time.hour - fullAt + 24) % 24
    let seconds = hours * 3600 + time.minute * 60 + time.second
    return WallTime(
      milliseconds: now.milliseconds - Int64(seconds) * 1000 - now.milliseconds % 1000,
      offset: now.offset)
  }
}

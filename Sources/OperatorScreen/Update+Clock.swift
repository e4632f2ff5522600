import Telephony

/// The wall clock may be wrong, and be set while the window runs: a machine that starts without a battery, or without a
/// network, shows a day that is over or to come until somebody tells it the time.
extension Model {
  /// A difference from which on the clock was set, rather than kept right [ms].
  private static let leap: Int64 = 60_000
  /// How long ago a call may be that is dated anew [ms]: who notices a wrong clock later than that has set a right one
  /// wrong.
  private static let datedAnew: Int64 = 12 * 3_600_000

  /// Takes over what the clocks show. Where the wall clock was set, this window's recent lines follow it: a call that was
  /// missed five minutes ago stands among today's.
  mutating func read(_ now: Moment, _ wall: WallTime) -> [Effect] {
    let span = (wall.milliseconds - self.wall.milliseconds) - (now - self.now)
    (self.now, self.wall) = (now, wall)
    guard span.magnitude >= Self.leap else { return [] }
    var effects: [Effect] = []
    for (index, entry) in journal.enumerated() {
      guard let since = firstWritten[entry.key], now - since < Self.datedAnew else { continue }
      var entry = entry
      entry.at = entry.at + span
      journal.replace(at: index, with: entry)
      unsaved[entry.key] = entry
      effects.append(saving(entry))
    }
    journal.sort()
    for entry in journal where firstWritten[entry.key] != nil { refreshFound(entry) }
    missedChange = true
    say(phrases.clockWasSet, isAlert: true)
    return effects
  }

  /// What is from before this is forgotten; nil: nothing is.
  ///
  /// Counted from the latest call where the clock is further on: one that is wrong by years must not cost all calls.
  var retentionLimit: WallTime? {
    guard desk.retentionDays > 0, let latest = latestBelieved else { return nil }
    return min(wall, latest + WallTime.day) - Int64(desk.retentionDays) * WallTime.day
  }

  /// The latest call whose time is believed. A leap between two calls that makes all earlier ones too old is the clock's
  /// until calls came on three days behind it; so is what is still to come.
  private var latestBelieved: WallTime? {
    let times = journal.lazy.map(\.at).drop { $0 > wall + WallTime.day }
    var days: Set<Int64> = []
    var later: WallTime?
    var latest = times.first
    for time in times {
      if let later,
        later.milliseconds - time.milliseconds > Int64(desk.retentionDays) * WallTime.day
      {
        latest = time
      }
      days.insert(time.localDay)
      guard days.count <= 3 else { break }
      later = time
    }
    return latest
  }
}

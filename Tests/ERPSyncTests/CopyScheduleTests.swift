import ERPSync
import Telephony
import Testing
import ThirdPartyStore

/// What of the ERP is due to be copied, by what was copied when.
struct CopyScheduleTests {
  private let schedule = CopySchedule(interval: 300, fullAt: 2)
  /// Noon.
  private let noon = WallTime(milliseconds: 1_700_049_600_000, offset: 0)

  private func copied(full: Int64, changes: Int64? = nil) -> CopyState {
    CopyState(
      source: "erp", parties: 1, fullAt: noon + full, changedAt: changes.map { noon + $0 })
  }

  @Test func theFirstCopyIsAFullOneThenChangesFollow() {
    #expect(schedule.due(nil, at: noon) == .full)
    #expect(schedule.due(copied(full: 0), at: noon) == nil)
    #expect(schedule.pause(copied(full: 0), at: noon) == 300_000)
    #expect(schedule.due(copied(full: 0), at: noon + 300_000) == .changes)
    #expect(schedule.pause(copied(full: -60_000), at: noon) == 240_000)
    #expect(schedule.due(copied(full: -11 * 3_600_000, changes: 0), at: noon) == .full)
  }

  /// What a clock noted that was ten years ahead puts no copy off once it is right.
  @Test func aClockThatWasAhead() {
    let ahead = 3_652 * WallTime.day
    #expect(schedule.due(copied(full: ahead), at: noon) == .full)
    #expect(schedule.pause(copied(full: 0, changes: ahead), at: noon) == 300_000)
    #expect(schedule.due(copied(full: 0, changes: ahead), at: noon + 300_000) == .changes)
    #expect(schedule.late(copied(full: ahead), at: noon) == .full)
  }

  @Test func withoutAnIntervalNothingIsDue() {
    #expect(CopySchedule(interval: 0, fullAt: 2).due(nil, at: noon) == nil)
  }
}

import Connector
import ERPSync
import OperatorWindow
import Telephony
import Testing
import ThirdPartyStore

/// What is due with the ERP, by clocks that the test moves.
struct ERPSessionTests {
  private var session = ERPSession(CopySchedule(interval: 300, fullAt: 2))
  private var now = Moment(milliseconds: 1_000_000)
  private let start = Moment(milliseconds: 1_000_000)
  /// Noon.
  private let noon = WallTime(milliseconds: 1_700_049_600_000, offset: 0)

  private var wall: WallTime { noon + (now - start) }

  private mutating func next(_ copied: CopyState?) -> ERPSession.Step {
    session.next(copied, at: now, wall)
  }

  private func copied(full: Int64, changes: Int64? = nil) -> CopyState {
    CopyState(
      source: "erp", parties: 1, fullAt: noon + full, changedAt: changes.map { noon + $0 })
  }

  @Test mutating func theFirstCopyIsAFullOneThenChangesFollow() {
    #expect(next(nil) == .copy(.full))
    session.note(.answered, at: now)
    #expect(next(copied(full: 0)) == .wait(300_000))
    now = now + 300_000
    #expect(next(copied(full: 0)) == .copy(.changes))
    session.note(.answered, at: now)
    #expect(session.health.isUp)
    #expect(next(copied(full: 0, changes: 300_000)) == .wait(300_000))
  }

  @Test mutating func whatIsCopiedAndNotYetDueIsCheckedOnce() {
    let copied = copied(full: -60_000)
    #expect(next(copied) == .check)
    session.note(.answered, at: now)
    #expect(next(copied) == .wait(240_000))
  }

  /// What a clock noted that was ten years ahead puts no copy off once it is right.
  @Test mutating func aClockThatWasAhead() {
    let ahead = 3_652 * WallTime.day
    #expect(next(copied(full: ahead)) == .copy(.full))
    session.note(.answered, at: now)
    #expect(next(copied(full: 0, changes: ahead)) == .wait(300_000))
    now = now + 300_000
    #expect(next(copied(full: 0, changes: ahead)) == .copy(.changes))
    #expect(CopySchedule(interval: 300, fullAt: 2).late(copied(full: ahead), at: wall) == .full)
  }

  @Test mutating func aFailureIsTriedAgainLessAndLessOften() {
    for pause in [5, 10, 20, 40, 60, 60] as [Int64] {
      #expect(next(nil) == .copy(.full))
      session.note(.failed("no route"), at: now)
      #expect(next(nil) == .wait(pause * 1000))
      #expect(!session.mayAsk)
      now = now + pause * 1000
    }
    #expect(session.health.latest == .down(reason: "no route", since: start, nextTry: now))
    session.note(.answered, at: now)
    #expect(session.health.isUp && session.mayAsk)
  }

  @Test mutating func aRefusedUserWaitsAQuarterOfAnHour() {
    session.note(.failed("no such user", wasRefused: true), at: now)
    #expect(next(nil) == .wait(900_000))
  }

  @Test mutating func aStoreThatIsBusyIsLeftForAWhile() {
    #expect(next(nil) == .copy(.full))
    session.note(.busy, at: now)
    #expect(session.health.latest == nil)
    #expect(next(nil) == .wait(15_000))
    #expect(next(nil) == .copy(.full))
  }

  /// A store that does not note a copy must not be copied into without a pause.
  @Test mutating func betweenTwoCopiesIsASecond() {
    session.note(.answered, at: now)
    #expect(next(nil) == .wait(1_000))
  }

  @Test mutating func questionsThatHangEndTheAsking() {
    for _ in 0..<3 {
      #expect(session.mayAsk)
      session.beginQuestion()
    }
    #expect(!session.mayAsk)
    session.endQuestion()
    #expect(session.mayAsk)
  }

  @Test mutating func withoutAnIntervalOnlyTheWayIsChecked() {
    session = ERPSession(CopySchedule(interval: 0, fullAt: 2))
    #expect(next(nil) == .check)
    session.note(.answered, at: now)
    #expect(next(nil) == .wait(nil))
  }
}

import Telephony
import Testing

/// Times as people type them and as the log writes them.
struct WallTimeReadingTests {
  /// 2026-11-29T12:00:00+01:00.
  private static let now = WallTime(milliseconds: 1_795_950_000_000, offset: 3600)

  /// Summer time ends on 2026-10-25.
  private static func zone(_ instant: Int64) -> Int { instant < 1_792_890_000_000 ? 7200 : 3600 }

  @Test(arguments: [
    ("2026-11-29T10:02:05+01:00", "2026-11-29T10:02:05+01:00"),
    ("2026-11-29T09:02:05Z", "2026-11-29T09:02:05+00:00"),
    ("2026-11-29T10:02", "2026-11-29T10:02:00+01:00"),
    ("2026-11-29 10:02:05", "2026-11-29T10:02:05+01:00"),
    ("2026-07-01", "2026-07-01T00:00:00+02:00"), ("2028-02-29", "2028-02-29T00:00:00+01:00"),
    ("10:02", "2026-11-29T10:02:00+01:00"), ("13:30", "2026-11-28T13:30:00+01:00"),
    ("today", "2026-11-29T00:00:00+01:00"), ("yesterday", "2026-11-28T00:00:00+01:00"),
    ("30m", "2026-11-29T11:30:00+01:00"), ("40d", "2026-10-20T13:00:00+02:00"),
  ])
  func whatIsTypedIsATime(text: String, time: String) {
    #expect(WallTime(text, now: Self.now, zone: Self.zone)?.iso8601 == time)
  }

  @Test(arguments: [
    "", "now", "2026", "2026-13-01", "2026-02-30", "26-01-01", "25:00", "10:60", "10", "-3d", "d",
    "9999999d", "2026-11-29T", "2026-11-29T10:02+1", "2026-11-29T10:02:05+01:00x", "１０:02",
    "99999999999999999999-01-01",
  ])
  func whatIsNoTimeIsNone(text: String) {
    #expect(WallTime(text, now: Self.now, zone: Self.zone) == nil)
  }

  @Test func aTimeIsReadBackAsItIsWritten() {
    for milliseconds in stride(
      from: Int64(-62_000_000_000_000), to: 250_000_000_000_000, by: 7_777_777_777_000)
    {
      let time = WallTime(milliseconds: milliseconds, offset: 5400)
      #expect(WallTime(iso8601: time.iso8601) == time)
    }
  }
}

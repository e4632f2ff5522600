import Telephony
import Testing

@Suite("Wall time")
struct WallTimeTests {
  @Test(
    "ISO 8601 with zone",
    arguments: [
      (0, 0, "1970-01-01T00:00:00+00:00"), (-1, 0, "1969-12-31T23:59:59+00:00"),
      (1_795_179_909_000, 3600, "2026-11-20T14:05:09+01:00"),
      (951_782_400_000, 0, "2000-02-29T00:00:00+00:00"),
      (1_709_251_199_999, 0, "2024-02-29T23:59:59+00:00"),
      (1_709_247_600_000, 3600, "2024-03-01T00:00:00+01:00"),
      (-2_203_891_200_000, 0, "1900-03-01T00:00:00+00:00"),
      (-2_203_891_201_000, 0, "1900-02-28T23:59:59+00:00"),
      (4_107_542_400_000, 0, "2100-03-01T00:00:00+00:00"),
      (0, -12_600, "1969-12-31T20:30:00-03:30"), (0, 20_700, "1970-01-01T05:45:00+05:45"),
      (0, -1_800, "1969-12-31T23:30:00-00:30"),
      (253_402_214_399_000, 0, "9999-12-30T23:59:59+00:00"),
      (-62_135_596_800_000, 0, "0001-01-01T00:00:00+00:00"),
    ] as [(Int64, Int, String)])
  func iso8601(milliseconds: Int64, offset: Int, text: String) {
    #expect(WallTime(milliseconds: milliseconds, offset: offset).iso8601 == text)
  }

  @Test("Every day follows the one before, over eight centuries")
  func days() {
    var expected = (year: 1600, month: 1, day: 1)
    for day in -135_140..<157_054 {
      let date = WallTime(milliseconds: Int64(day) * 86_400_000).date
      guard date == expected else {
        Issue.record("day \(day) is \(date), not \(expected)")
        return
      }
      let isLeap = date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0)
      let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      if date.day < lengths[date.month - 1] {
        expected.day += 1
      } else {
        expected = date.month < 12 ? (date.year, date.month + 1, 1) : (date.year + 1, 1, 1)
      }
    }
    #expect(expected == (2400, 1, 1))
  }

  @Test("Local days change at local midnight")
  func localDay() {
    let beforeMidnight = WallTime(milliseconds: 82_799_999, offset: 3600)
    #expect(beforeMidnight.localDay == 0)
    #expect((beforeMidnight + 1).localDay == 1)
    #expect((beforeMidnight + 1).time == (0, 0, 0))
    #expect(beforeMidnight.time == (23, 59, 59))
    #expect(WallTime(milliseconds: 0, offset: -3600).localDay == -1)
  }

  @Test("Instants are compared whatever their zones")
  func order() {
    let paris = WallTime(milliseconds: 1_000, offset: 3600)
    let london = WallTime(milliseconds: 2_000)
    #expect(paris < london)
    #expect(!(london < paris))
    #expect((paris + 500).offset == 3600)
  }

  @Test(
    "Padded numbers", arguments: [(5, 2, "05"), (0, 2, "00"), (123, 2, "123"), (7, 0, "7")])
  func padding(number: Int, width: Int, text: String) {
    #expect(padded(number, width) == text)
  }
}

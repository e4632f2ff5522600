/// What a clock on the wall shows: an instant and the zone offset that was in force.
public struct WallTime: Hashable, Comparable, Sendable {
  /// Time since 1970-01-01T00:00:00Z [ms].
  public let milliseconds: Int64
  /// Local time minus UTC [s].
  public let offset: Int

  /// An instant with the zone offset [s] that was in force at the place where it is shown. One that no calendar
  /// shows becomes the nearest that it does, in the years 0 to 9999; an offset of more than a day, a day.
  public init(milliseconds: Int64, offset: Int = 0) {
    self.milliseconds = min(max(milliseconds, Self.instants.lowerBound), Self.instants.upperBound)
    self.offset = min(max(offset, -86_400), 86_400)
  }

  /// 0000-01-02 to 9999-12-30, which every zone shows in these years [ms].
  private static let instants: ClosedRange<Int64> = -62_167_132_800_000...253_402_214_399_999

  /// Earlier instants first, whatever their zones.
  public static func < (a: WallTime, b: WallTime) -> Bool { a.milliseconds < b.milliseconds }

  /// The wall time `span` [ms] later, under the same offset.
  public static func + (time: WallTime, span: Int64) -> WallTime {
    let (sum, isOver) = time.milliseconds.addingReportingOverflow(span)
    return WallTime(
      milliseconds: isOver ? (span < 0 ? .min : .max) : sum, offset: time.offset)
  }

  /// The wall time `span` [ms] earlier, under the same offset.
  public static func - (time: WallTime, span: Int64) -> WallTime {
    time + (span == .min ? .max : -span)
  }

  /// A day [ms].
  public static let day: Int64 = 86_400_000

  /// Days since 1970-01-01 in local time.
  public var localDay: Int64 { localSeconds.dividedDown(by: 86_400) }

  /// Time since local midnight [ms].
  public var timeOfDay: Int64 {
    milliseconds + Int64(offset) * 1000 - localDay * Self.day
  }

  /// Local date, proleptic Gregorian calendar.
  public var date: (year: Int, month: Int, day: Int) {
    // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
    let shifted = localDay + 719_468
    let era = shifted.dividedDown(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthIndex = (5 * dayOfYear + 2) / 153
    let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (Int(year), Int(month), Int(dayOfYear - (153 * monthIndex + 2) / 5 + 1))
  }

  /// Local time of day.
  public var time: (hour: Int, minute: Int, second: Int) {
    let second = Int(timeOfDay / 1000)
    return (second / 3600, second / 60 % 60, second % 60)
  }

  /// ISO 8601 with zone: `2026-11-20T14:05:09+01:00`.
  public var iso8601: String {
    let (date, time) = (date, time)
    let zone = offset.magnitude / 60
    let day = "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
    let clock = "\(padded(time.hour, 2)):\(padded(time.minute, 2)):\(padded(time.second, 2))"
    return
      "\(day)T\(clock)\(offset < 0 ? "-" : "+")\(padded(Int(zone / 60), 2)):\(padded(Int(zone % 60), 2))"
  }

  private var localSeconds: Int64 { milliseconds.dividedDown(by: 1000) + Int64(offset) }
}

/// A number in decimal, with leading zeros up to `width` digits.
public func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

extension Int64 {
  fileprivate func dividedDown(by divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}

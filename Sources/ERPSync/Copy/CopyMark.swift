import Telephony

/// From where a copy of changes goes on: the greatest time in the data, never that of a clock here.
///
/// A time as databases write it, `2026-11-22 10:00:00.123456`, or a whole number that grows with each
/// change (SQL Server's rowversion). Both are kept as they came.
struct CopyMark: Comparable, Sendable {
  /// As it came.
  let text: String
  private let isNumber: Bool

  /// The mark of a row; nil when the text is neither.
  init?(_ text: String) {
    guard let first = text.utf8.first, (0x30...0x39).contains(first) else { return nil }
    if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      guard text.utf8.count <= 18 else { return nil }
      isNumber = true
    } else {
      guard Self.seconds(of: text) != nil else { return nil }
      isNumber = false
    }
    self.text = text
  }

  /// The later one; digits after the point only add to what is equal before them.
  static func < (a: CopyMark, b: CopyMark) -> Bool {
    if a.isNumber, b.isNumber { return (Int64(a.text) ?? 0) < (Int64(b.text) ?? 0) }
    return a.text < b.text
  }

  /// Whether it is a time that is still to come, by more than a day: a date that somebody mistyped, from which no change
  /// would be found for years.
  func isAhead(of time: WallTime) -> Bool {
    guard !isNumber, let seconds = Self.seconds(of: text) else { return false }
    return seconds > (time + WallTime.day).milliseconds / 1000
  }

  /// What the next question asks from: `2026-11-22 09:50:00` for an overlap of 600 s, `41` for the number
  /// 42 and an overlap of 1.
  func minus(_ overlap: Int) -> String {
    if isNumber { return String(max(0, (Int64(text) ?? 0) - Int64(clamping: overlap))) }
    guard let seconds = Self.seconds(of: text) else { return text }
    // MariaDB's TIMESTAMP begins on the second day of 1970.
    let earlier = WallTime(milliseconds: max(86_400, seconds - Int64(clamping: overlap)) * 1000)
    let (date, time) = (earlier.date, earlier.time)
    return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2)) "
      + "\(padded(time.hour, 2)):\(padded(time.minute, 2)):\(padded(time.second, 2))"
  }

  /// The time in seconds since 1970, what follows the seconds left out; nil when it is none.
  static func seconds(of text: String) -> Int64? {
    let parts = text.utf8.prefix(19).split { !(0x30...0x39).contains($0) }
      .map { Int64(Substring($0)) }
    guard parts.count == 3 || parts.count == 6, text.utf8.count >= 10 else { return nil }
    let values = parts.compactMap(\.self)
    guard values.count == parts.count, (1...12).contains(values[1]), (1...31).contains(values[2]),
      (1000...9999).contains(values[0])
    else { return nil }
    // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
    let year = values[1] <= 2 ? values[0] - 1 : values[0]
    let era = year / 400
    let yearOfEra = year - era * 400
    let month = values[1] > 2 ? values[1] - 3 : values[1] + 9
    let dayOfYear = (153 * month + 2) / 5 + values[2] - 1
    let days =
      era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    guard values.count == 6 else { return days * 86_400 }
    return days * 86_400 + values[3] * 3600 + values[4] * 60 + values[5]
  }
}

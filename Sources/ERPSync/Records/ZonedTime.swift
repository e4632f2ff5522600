import Telephony

/// Times with a zone, `2026-11-22T10:00:00.5+01:00` (RFC 3339): marks of one copy must be comparable, and the next
/// question is asked in UTC.
enum ZonedTime {
  /// The time in UTC, `2026-11-22T09:00:00.5Z`; nil when the text has no zone.
  static func inUTC(_ text: String) -> String? {
    let form = #/(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(:\d\d)?(\.\d+)?([Zz]|[+-]\d\d:?\d\d)/#
    guard let match = text.wholeMatch(of: form) else { return nil }
    let (_, day, hour, minute, second, fraction, zone) = match.output
    let plain = "\(day) \(hour):\(minute)\(second ?? ":00")"
    guard let seconds = CopyMark.seconds(of: plain) else { return nil }
    let time = WallTime(milliseconds: (seconds - offset(zone)) * 1000)
    // `2026-11-22T09:00:00+00:00`
    return time.iso8601.prefix(19) + (fraction ?? "") + "Z"
  }

  /// The zone's time minus UTC [s].
  private static func offset(_ zone: Substring) -> Int64 {
    let digits = zone.filter(\.isNumber)
    guard digits.count == 4 else { return 0 }
    let hours = Int64(digits.prefix(2)) ?? 0
    let minutes = Int64(digits.suffix(2)) ?? 0
    return (hours * 60 + minutes) * (zone.first == "-" ? -60 : 60)
  }
}

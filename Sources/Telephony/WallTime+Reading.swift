/// Times as people and files write them.
extension WallTime {
  /// What a text says: `2026-11-29T10:02:05+01:00`, the same without seconds or zone, `2026-11-29` (its first
  /// moment), `10:02` (the latest such time), `today`, `yesterday`, or how long ago: `30m`, `12h`, `7d`.
  ///
  /// - Parameters:
  ///   - now: What the clock shows.
  ///   - zone: Local minus UTC [s] at an instant [ms since 1970], for what says no zone.
  public init?(_ text: String, now: WallTime, zone: (Int64) -> Int) {
    let midnight = now.localDay * Self.day
    let local: Int64
    switch text {
    case "today": local = midnight
    case "yesterday": local = midnight - Self.day
    default:
      if let span = Self.span(text) {
        self = Self.at(now.milliseconds - span, zone)
        return
      }
      if let time = Self.timeOfDay(text[...]) {
        let today = Self.local(midnight + time, zone)
        self = today > now ? Self.local(midnight + time - Self.day, zone) : today
        return
      }
      guard let said = Self.said(text) else { return nil }
      if let offset = said.offset {
        self.init(milliseconds: said.local - Int64(offset) * 1000, offset: offset)
        return
      }
      local = said.local
    }
    self = Self.local(local, zone)
  }

  /// The instant of `2026-11-29T10:02:05+01:00`; nil for a text of another form.
  public init?(iso8601 text: some StringProtocol) {
    guard let said = Self.said(String(text)), let offset = said.offset else { return nil }
    self.init(milliseconds: said.local - Int64(offset) * 1000, offset: offset)
  }

  private static func at(_ instant: Int64, _ zone: (Int64) -> Int) -> WallTime {
    WallTime(milliseconds: instant, offset: zone(instant))
  }

  /// What a clock shows as `local` [ms]: by the zone of about that instant, then by that of the instant itself.
  private static func local(_ local: Int64, _ zone: (Int64) -> Int) -> WallTime {
    let near = local - Int64(zone(local)) * 1000
    let offset = zone(near)
    return WallTime(milliseconds: local - Int64(offset) * 1000, offset: offset)
  }

  /// `7d` in milliseconds.
  private static func span(_ text: String) -> Int64? {
    let units: [Character: Int64] = ["m": 60_000, "h": 3_600_000, "d": day]
    guard let unit = text.last.flatMap({ units[$0] }), let count = number(text.dropLast(), 1...6)
    else { return nil }
    return Int64(count) * unit
  }

  private static func said(_ text: String) -> (local: Int64, offset: Int?)? {
    let parts = text.split(
      maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: { $0 == "T" || $0 == " " })
    let date = (parts.first ?? "").split(separator: "-", omittingEmptySubsequences: false)
    guard date.count == 3, let year = number(date[0], 4...4), let month = number(date[1], 1...2),
      let day = number(date[2], 1...2), (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    let midnight = days(year, month, day) * Self.day
    // The thirty-first of some months is no day.
    guard WallTime(milliseconds: midnight).date == (year, month, day) else { return nil }
    guard parts.count == 2 else { return (midnight, nil) }
    let clock = parts[1].prefix { $0.isNumber || $0 == ":" }
    guard let time = timeOfDay(clock) else { return nil }
    let zone = parts[1][clock.endIndex...]
    guard !zone.isEmpty else { return (midnight + time, nil) }
    guard let offset = offset(zone) else { return nil }
    return (midnight + time, offset)
  }

  /// `10:02` or `10:02:05` [ms since midnight].
  private static func timeOfDay(_ text: Substring) -> Int64? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), let hour = number(parts[0], 1...2), hour < 24,
      let minute = number(parts[1], 2...2), minute < 60
    else { return nil }
    let second = parts.count == 3 ? number(parts[2], 2...2) : 0
    guard let second, second < 60 else { return nil }
    return Int64(hour * 3600 + minute * 60 + second) * 1000
  }

  /// `+01:00`, `Z` [s].
  private static func offset(_ text: Substring) -> Int? {
    if text == "Z" { return 0 }
    guard let sign = text.first, sign == "+" || sign == "-",
      let time = timeOfDay(text.dropFirst())
    else { return nil }
    return Int(clamping: time / 1000) * (sign == "-" ? -1 : 1)
  }

  private static func number(_ text: Substring, _ digits: ClosedRange<Int>) -> Int? {
    guard digits.contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return Int(text)
  }

  /// Days from 1970-01-01, proleptic Gregorian calendar (Howard Hinnant, days_from_civil).
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int64(era * 146_097 + dayOfEra - 719_468)
  }
}

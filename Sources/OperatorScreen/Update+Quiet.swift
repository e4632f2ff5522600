public import Telephony

/// Do not disturb, with an end: calls stay lines of the journal meanwhile.
extension Model {
  /// How long the operator is not to be disturbed.
  enum QuietSpan {
    case halfHour, evening
  }

  private static let halfHour: Int64 = 30 * 60_000

  /// Half an hour, then till evening, then off again.
  mutating func stepQuiet() {
    switch (isQuiet ? quietSpan : nil, untilEvening) {
    case (nil, _): keepQuiet(.halfHour, for: Self.halfHour)
    case (.halfHour, let span?): keepQuiet(.evening, for: span)
    case (.halfHour, nil), (.evening, _):
      if let pause = policy.pause { policy.pause = pause.clamped(to: pause.lowerBound..<now) }
      quietSpan = nil
      say(phrases.quietOver)
    }
  }

  /// Whether the operator is not to be disturbed now.
  var isQuiet: Bool { policy.pause?.contains(now) ?? false }

  /// When that ends; nil: it does not hold.
  public var quietEnd: WallTime? {
    guard isQuiet, let end = policy.pause?.upperBound else { return nil }
    return wall + (end - now)
  }

  /// Whether the station is on a call.
  public var isOnCall: Bool {
    calls.isBusy(station: desk.station.isEmpty ? nil : desk.station)
  }

  private mutating func keepQuiet(_ span: QuietSpan, for time: Int64) {
    policy.pause = (isQuiet ? policy.pause?.lowerBound ?? now : now)..<(now + max(0, time))
    quietSpan = span
    if let quietEnd { say(phrases.quietUntil(phrases.clock(quietEnd))) }
  }

  /// Till 18:00, or till midnight [ms]: the first that keeps the operator undisturbed for longer than the half hour; nil: the
  /// day is as good as over.
  private var untilEvening: Int64? {
    // From the last whole second: the two clocks drift, and a millisecond too early would be another minute.
    let time = wall.timeOfDay / 1000 * 1000
    return [18 * 3_600_000, WallTime.day].map { $0 - time }.first { $0 > Self.halfHour }
  }
}

extension Phrases {
  /// `14:05`.
  func clock(_ at: WallTime) -> String {
    "\(padded(at.time.hour, 2)):\(padded(at.time.minute, 2))"
  }
}

public import Telephony

/// Do not disturb, with an end: calls stay lines of the journal meanwhile.
extension Model {
  /// How long the operator is not to be disturbed.
  enum QuietSpan {
    case halfHour, evening
  }

  /// Half an hour, then till evening, then off again.
  mutating func stepQuiet() {
    switch isQuiet ? quietSpan : nil {
    case nil: keepQuiet(.halfHour, for: 30 * 60_000)
    case .halfHour: keepQuiet(.evening, for: untilEvening)
    case .evening:
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

  /// Till 18:00; later in the day, till midnight [ms].
  private var untilEvening: Int64 {
    let time = wall.time
    let seconds = time.hour * 3600 + time.minute * 60 + time.second
    let end = seconds < 18 * 3600 ? 18 * 3600 : 24 * 3600
    return Int64(end - seconds) * 1000
  }
}

extension Phrases {
  /// `14:05`.
  func clock(_ at: WallTime) -> String {
    "\(padded(at.time.hour, 2)):\(padded(at.time.minute, 2))"
  }
}

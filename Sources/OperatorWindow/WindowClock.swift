import Glibc
package import Telephony

/// The system's clocks: the one place that asks what time it is.
package enum WindowClock {
  /// The monotonic clock, which goes on while the machine sleeps (CLOCK_BOOTTIME).
  package static func now() -> Moment {
    Moment(milliseconds: read(CLOCK_BOOTTIME))
  }

  /// The wall clock in the system's zone.
  package static func wall() -> WallTime {
    let milliseconds = read(CLOCK_REALTIME)
    return WallTime(milliseconds: milliseconds, offset: zone(milliseconds))
  }

  /// Both clocks at one instant, also when the process is held up between them.
  package static func both() -> (moment: Moment, wall: WallTime) {
    var reading = (moment: now(), wall: wall())
    for _ in 0..<3 where now() - reading.moment > 1_000 { reading = (now(), wall()) }
    return reading
  }

  /// The time that somebody typed, in the system's zone; see ``Telephony/WallTime/init(_:now:zone:)``.
  package static func time(_ text: String) -> WallTime? { WallTime(text, now: wall(), zone: zone) }

  /// Local time minus UTC at an instant [s].
  private static func zone(_ milliseconds: Int64) -> Int {
    var seconds = time_t(clamping: milliseconds / 1000)
    // The zone of the machine may have changed since the program started.
    tzset()
    var local = tm()
    localtime_r(&seconds, &local)
    return local.tm_gmtoff
  }

  private static func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    // In 128 bits: a clock may have been set to anything.
    return Int64(clamping: Int128(time.tv_sec) * 1000 + Int128(time.tv_nsec) / 1_000_000)
  }
}

import Glibc
import Telephony

/// The system's clocks: the one place of the relay that asks what time it is.
enum SystemClock {
  /// The monotonic clock, by which values grow old.
  static func now() -> Moment { Moment(milliseconds: read(CLOCK_BOOTTIME)) }

  /// The wall clock in the system's zone.
  static func wall() -> WallTime {
    let milliseconds = read(CLOCK_REALTIME)
    var seconds = time_t(clamping: milliseconds / 1000)
    // The zone of the machine may have changed since the program started.
    tzset()
    var local = tm()
    localtime_r(&seconds, &local)
    return WallTime(milliseconds: milliseconds, offset: local.tm_gmtoff)
  }

  /// Milliseconds since 1970: events of a relay that was started again have higher numbers than those
  /// before, as long as the wall clock is not set back.
  static func firstSequence() -> UInt64 { UInt64(clamping: read(CLOCK_REALTIME)) }

  private static func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(clamping: time.tv_sec) * 1000 + Int64(clamping: time.tv_nsec) / 1_000_000
  }
}

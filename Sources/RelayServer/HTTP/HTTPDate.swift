import Glibc
import Synchronization

/// The `Date` of answers (RFC 9110, 6.6.1): `Sat, 28 Nov 2026 18:00:00 GMT`.
enum HTTPDate {
  private static let latest = Mutex<(second: time_t, text: String)>((0, ""))

  /// The text of this second.
  static var now: String {
    var second = time_t()
    time(&second)
    return latest.withLock { latest in
      if latest.second != second { latest = (second, text(second)) }
      return latest.text
    }
  }

  private static func text(_ second: time_t) -> String {
    var second = second
    var parts = tm()
    gmtime_r(&second, &parts)
    let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return
      "\(days[Int(clamping: parts.tm_wday)]), \(two(parts.tm_mday)) \(months[Int(clamping: parts.tm_mon)]) "
      + "\(parts.tm_year + 1900) \(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) GMT"
  }
}

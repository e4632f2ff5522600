import Glibc
import ThirdPartyStore

/// How long a server wants to be left alone: `Retry-After` (RFC 9110, section 10.2.3).
enum RetryPause {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// The pause [s], at least 1, out of seconds or `Sun, 06 Nov 2026 08:49:37 GMT`; nil when it is neither.
  static func seconds(_ text: String?, now: Int = time(nil)) -> Int? {
    guard let text = text?.trimmed, !text.isEmpty else { return nil }
    if let seconds = Int(text) { return max(1, seconds) }
    let words = text.split(separator: " ")
    guard words.count == 6, let month = months.firstIndex(of: String(words[2])) else { return nil }
    let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
    guard let then = CopyMark.seconds(of: "\(words[3])-\(number)-\(words[1]) \(words[4])") else {
      return nil
    }
    return max(1, Int(clamping: then - Int64(clamping: now)))
  }
}

import Curses
import Glibc

/// How many files and sockets the process may have open.
enum DescriptorLimit {
  /// What a window needs: some thirty by itself, the rest for connections, files of the ERP and programs it starts.
  private static let needed: rlim_t = 96

  /// Raises the limit where it is too low, and may be raised; throws where it may not: what a window is built of ends the
  /// process without a word when there is none left.
  static func raise() throws(TerminalError) {
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0, limit.rlim_cur < needed else { return }
    limit.rlim_cur = min(needed, limit.rlim_max)
    guard setrlimit(resource, &limit) == 0, limit.rlim_cur == needed else {
      throw .refused(
        "opening files and sockets",
        reason: "at most \(limit.rlim_cur) may be open at a time, \(needed) are needed (ulimit -n)")
    }
  }
}

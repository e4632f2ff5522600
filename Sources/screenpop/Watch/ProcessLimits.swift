import CallWire
import Curses
import Glibc

/// How many files, sockets and threads the process may have.
///
/// What a program is built of ends it without a word, or waits for ever, where one is missing. So all of them are asked
/// for before it begins, while there is something to say it on.
enum ProcessLimits {
  /// What a window needs: some thirty by itself, the rest for connections, files of the ERP and programs it starts.
  private static let neededFiles: rlim_t = 96
  /// What any command needs; and a window, which has some sixteen by itself, the rest for an ERP and programs it starts.
  private static let (neededThreads, neededForWindow) = (5, 24)

  /// The sentence for too few threads; nil: there are enough.
  static func lackOfThreads(forWindow isWindow: Bool) -> String? {
    shareMemory()
    let needed = isWindow ? neededForWindow : neededThreads
    let threads = threadsToBeHad(of: needed)
    return threads == needed
      ? nil
      : "only \(threads) of \(needed) threads can be had: raise ulimit -u, ulimit -v or pids.max"
  }

  /// Raises how many files may be open, where that is too low; throws where it may not be raised.
  static func raiseFiles() throws(TerminalError) {
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0, limit.rlim_cur < neededFiles else { return }
    limit.rlim_cur = min(neededFiles, limit.rlim_max)
    guard setrlimit(resource, &limit) == 0, limit.rlim_cur == neededFiles else {
      throw .refused(
        "opening files and sockets",
        reason:
          "at most \(limit.rlim_cur) may be open at a time, \(neededFiles) are needed (ulimit -n)")
    }
  }

  /// Where there is no room without end (`ulimit -v`), has threads take their memory from one place: the C library
  /// would reserve 64 MB for each, and leave none for the stacks of the next.
  private static func shareMemory() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0,
      limit.rlim_cur < rlim_t(Int64.max), let function = dlsym(nil, "mallopt")
    else { return }
    // Swift does not see mallopt(3); -8 is its M_ARENA_MAX.
    typealias Option = @convention(c) (Int32, Int32) -> Int32
    _ = unsafeBitCast(function, to: Option.self)(-8, 1)
  }
}

import Glibc

/// Logs and traces of which nothing has been written for long.
package enum OldRecord {
  /// What they all begin with.
  private static let heading = Array("# ScreenPop ".utf8)

  /// Removes the file if it is this user's own log or trace, and was written before that time [s since 1970]; whether
  /// it was.
  @discardableResult
  package static func remove(_ path: String, writtenBefore time: Int64) -> Bool {
    let file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_uid == geteuid(), Int64(clamping: status.st_mtim.tv_sec) < time
    else { return false }
    var beginning = [UInt8](repeating: 0, count: heading.count)
    guard read(file, &beginning, beginning.count) == heading.count, beginning == heading else {
      return false
    }
    return unlink(path) == 0
  }
}

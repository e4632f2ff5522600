import Glibc

/// A file by its inode, whatever becomes of its name. It is not opened for reading (O_PATH, open(2)): to close a file
/// that was would give up SQLite's locks on it (fcntl(2)).
final class HeldFile: Sendable {
  private let descriptor: Int32

  /// The file at a path; nil when there is none.
  init?(_ path: [CChar]) {
    descriptor = open(path, Self.pathOnly | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
  }

  deinit { close(descriptor) }

  /// The file as it is now.
  var status: FileStatus? {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? FileStatus(status) : nil
  }

  /// O_PATH, which the importer leaves out.
  private static let pathOnly: Int32 = 0o10_000_000
}

/// Which file it is, how long, and when it was written to, cut, renamed or removed.
struct FileStatus: Equatable, Sendable {
  private let device: dev_t
  private let inode: ino_t
  /// The length [bytes].
  var length: off_t
  /// When anything of it changed, after 1970.
  let changed: Duration

  fileprivate init(_ status: stat) {
    (device, inode, length) = (status.st_dev, status.st_ino, status.st_size)
    changed = Duration(status.st_ctim)
  }

  /// Of the file at a path; nil when there is none.
  init?(_ path: [CChar]) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  /// Whether both are of one file, changed or not.
  func isOfSameFile(as other: FileStatus) -> Bool {
    (device, inode) == (other.device, other.inode)
  }

  /// The time by which file systems date changes, after 1970.
  static var now: Duration {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME_COARSE, &time)
    return Duration(time)
  }
}

extension Duration {
  fileprivate init(_ time: timespec) {
    self = .seconds(Int64(clamping: time.tv_sec)) + .nanoseconds(Int64(clamping: time.tv_nsec))
  }
}

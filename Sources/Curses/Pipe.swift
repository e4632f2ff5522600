import Glibc

/// A pipe that neither end waits for, and that no child process inherits.
struct Pipe {
  let reader: Int32
  let writer: Int32

  /// Nil when the system refuses; `errno` says why.
  init?() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    (reader, writer) = (ends[0], ends[1])
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
  }
}

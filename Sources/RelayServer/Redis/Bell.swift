import Glibc
import Synchronization
import Telephony

/// Calls a thread that waits for a socket: there is work for it, or it should stop.
final class Bell: Sendable {
  /// Why a wait is over.
  enum Call {
    /// The socket is as wanted, or broken.
    case socket
    case rung
    case late
  }

  /// A pipe, which poll(2) can wait for together with a socket.
  private let (reader, writer): (Int32, Int32)
  private let stopped = Atomic(false)

  init() {
    var ends: [Int32] = [-1, -1]
    _ = pipe(&ends)
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    (reader, writer) = (ends[0], ends[1])
  }

  deinit {
    close(reader)
    close(writer)
  }

  /// Whether the thread should come to its end.
  var isStopped: Bool { stopped.load(ordering: .acquiring) }

  /// Ends the thread's wait, the next one when it does not wait now.
  func ring() {
    var ring: UInt8 = 1
    // Into a full pipe it fails: then it has been rung often enough.
    _ = write(writer, &ring, 1)
  }

  /// Lets the thread come to its end; every further wait is over at once.
  func stop() {
    stopped.store(true, ordering: .releasing)
    ring()
  }

  /// Waits on the calling thread.
  ///
  /// - Parameters:
  ///   - events: What the socket should be ready for: `POLLIN`, `POLLOUT`.
  ///   - socket: Negative: none.
  ///   - end: Nil: for good.
  func wait(for events: Int32 = POLLIN, on socket: Int32 = -1, until end: Moment? = nil) -> Call {
    while true {
      if isStopped { return .rung }
      var places = [
        pollfd(fd: socket, events: Int16(truncatingIfNeeded: events), revents: 0),
        pollfd(fd: reader, events: Int16(POLLIN), revents: 0),
      ]
      let left = end.map { Int32(clamping: max(0, $0 - SystemClock.now())) } ?? -1
      let count = poll(&places, 2, left)
      if places[0].revents != 0 { return .socket }
      if places[1].revents != 0 {
        var rings = [UInt8](repeating: 0, count: 64)
        while read(reader, &rings, rings.count) == rings.count {}
        return .rung
      }
      if count == 0 { return .late }
    }
  }
}

import Dispatch
import Foundation
import Synchronization

/// The far end of a pseudo-terminal: takes everything that a program paints, as a terminal does, and
/// notes when certain bytes arrive.
final class ScreenReader: Sendable {
  private struct State {
    var wanted: [UInt8] = []
    /// The latest bytes, in case what is wanted comes in two pieces.
    var tail: [UInt8] = []
    var found: ContinuousClock.Instant?
    var latest = ContinuousClock.now
    var bytes = 0
  }

  private let state = Mutex(State())
  private let arrived = DispatchSemaphore(value: 0)

  /// Reads from `descriptor` until nobody is at the other end.
  init(_ descriptor: Int32) {
    let thread = Thread { [self] in
      var buffer = [UInt8](repeating: 0, count: 65536)
      while true {
        let count = read(descriptor, &buffer, buffer.count)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return }
        take(buffer[..<count], at: ContinuousClock.now)
      }
    }
    thread.start()
  }

  /// How many bytes came so far.
  var bytes: Int { state.withLock { $0.bytes } }

  /// From now on, looks out for `text`.
  func expect(_ text: String) {
    state.withLock { state in
      state.wanted = Array(text.utf8)
      state.tail = []
      state.found = nil
    }
  }

  /// When what is expected arrived; nil when it does not within five seconds.
  func arrival() -> ContinuousClock.Instant? {
    _ = arrived.wait(timeout: .now() + .seconds(5))
    return state.withLock { $0.found }
  }

  /// Waits until nothing has come for so many [ms].
  func waitUntilQuiet(_ milliseconds: Int) {
    while ContinuousClock.now - state.withLock({ $0.latest }) < .milliseconds(milliseconds) {
      usleep(500)
    }
  }

  private func take(_ new: ArraySlice<UInt8>, at now: ContinuousClock.Instant) {
    let isFound = state.withLock { state in
      state.latest = now
      state.bytes += new.count
      guard !state.wanted.isEmpty, state.found == nil else { return false }
      let all = state.tail + new
      state.tail = all.suffix(state.wanted.count - 1)
      guard all.firstRange(of: state.wanted) != nil else { return false }
      state.found = now
      return true
    }
    if isFound { arrived.signal() }
  }
}

/// A pseudo-terminal of a given size.
struct PseudoTerminal {
  /// The terminal's end.
  let master: Int32
  /// The program's end, and its path.
  let slave: Int32
  let path: String

  init(width: Int, height: Int) throws(Failure) {
    var (master, slave): (Int32, Int32) = (-1, -1)
    var size = winsize(
      ws_row: UInt16(height), ws_col: UInt16(width), ws_xpixel: 0, ws_ypixel: 0)
    var name = [CChar](repeating: 0, count: 128)
    guard openpty(&master, &slave, &name, nil, &size) == 0 else {
      throw Failure("open a pseudo-terminal")
    }
    // Not for the programs that are started.
    _ = fcntl(master, F_SETFD, FD_CLOEXEC)
    _ = fcntl(slave, F_SETFD, FD_CLOEXEC)
    (self.master, self.slave) = (master, slave)
    path = name.withUnsafeBytes { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}

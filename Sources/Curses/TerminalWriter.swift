import Dispatch
import Glibc
import Synchronization

/// Writes to the terminal on a thread of its own, so that one that does not read holds nobody up.
///
/// At most one piece is on its way. Who has more to show waits for `idle`, and shows the newest then.
final class TerminalWriter: Sendable {
  private struct State {
    var bytes: [UInt8]?
    var isClosed = false
  }

  private let descriptor: Int32
  private let state = Mutex(State())
  private let work = DispatchSemaphore(value: 0)
  private let done = DispatchSemaphore(value: 0)
  private let idle: @Sendable () -> Void

  /// A writer to `descriptor`, which it does not close; `idle` is called on its thread after each piece.
  init(_ descriptor: Int32, idle: @escaping @Sendable () -> Void) throws(TerminalError) {
    self.descriptor = descriptor
    self.idle = idle
    var thread = pthread_t()
    // A thread of the system: Dispatch's pool, once used, wakes the process every second.
    let code = pthread_create(
      &thread, nil,
      { box in
        if let box { Unmanaged<TerminalWriter>.fromOpaque(box).takeRetainedValue().run() }
        return nil
      }, Unmanaged.passRetained(self).toOpaque())
    guard code == 0 else {
      throw .refused("starting a thread", reason: String(cString: strerror(code)))
    }
    pthread_detach(thread)
  }

  /// Whether the terminal has not taken the latest piece yet.
  var isBusy: Bool { state.withLock { $0.bytes != nil } }

  /// Hands a piece over; only while it is not busy.
  func write(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    EmergencyRestore.isWriting.store(true, ordering: .sequentiallyConsistent)
    state.withLock { $0.bytes = bytes }
    work.signal()
  }

  /// Waits until the terminal has taken everything; false when that takes longer than so many [ms].
  func waitUntilIdle(_ milliseconds: Int) -> Bool {
    let limit = DispatchTime.now() + .milliseconds(milliseconds)
    while isBusy {
      if done.wait(timeout: limit) == .timedOut { return !isBusy }
    }
    return true
  }

  /// Ends the thread, unless the terminal holds it.
  func close() {
    state.withLock { $0.isClosed = true }
    work.signal()
  }

  private func run() {
    // Signals are for the other threads.
    var all = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_BLOCK, &all, nil)
    while true {
      work.wait()
      let (bytes, isClosed) = state.withLock { ($0.bytes, $0.isClosed) }
      if let bytes {
        if !EmergencyRestore.hasRun.load(ordering: .sequentiallyConsistent) { send(bytes) }
        EmergencyRestore.isWriting.store(false, ordering: .sequentiallyConsistent)
        state.withLock { $0.bytes = nil }
        done.signal()
        idle()
      }
      if isClosed { return }
    }
  }

  private func send(_ bytes: [UInt8]) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count > 0 {
        sent += count
      } else if errno == EAGAIN {
        // Somebody else made the terminal one that does not block.
        var status = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&status, 1, -1)
      } else if errno != EINTR {
        // The terminal has gone: its end is noticed where it is read.
        return
      }
    }
  }
}

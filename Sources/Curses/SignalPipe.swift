import Dispatch
import Glibc

/// Signals as events: the handler writes the signal's number into a pipe, and a queue reads it.
///
/// (A Dispatch signal source needs the signal blocked or ignored, and child processes would
/// inherit that.)
final class SignalPipe {
  /// Writing end, for the handler; -1 while there is none.
  nonisolated(unsafe) private static var writer: Int32 = -1

  private let previous: [(signal: Int32, action: sigaction)]
  private let source: any DispatchSourceRead

  /// Handles `signals`, except those that are ignored already (as under `nohup`), until `close`.
  ///
  /// - Parameter handle: called on a queue of its own, so that a hung main thread can be ended.
  init(_ signals: [Int32], handle: @escaping @Sendable (Int32) -> Void) throws(TerminalError) {
    guard let pipe = Pipe() else {
      throw .refused("making a pipe for signals", reason: String(cString: strerror(errno)))
    }
    SignalPipe.writer = pipe.writer
    source = DispatchSource.makeReadSource(
      fileDescriptor: pipe.reader, queue: DispatchQueue(label: "terminal.signals"))
    source.setEventHandler { @Sendable in
      var number: UInt8 = 0
      while read(pipe.reader, &number, 1) == 1 { handle(Int32(number)) }
    }
    source.setCancelHandler { @Sendable in
      Glibc.close(pipe.reader)
      Glibc.close(pipe.writer)
    }
    source.resume()

    previous = signals.compactMap { signal in
      var old = sigaction()
      sigaction(signal, nil, &old)
      if unsafeBitCast(old.__sigaction_handler.sa_handler, to: Int.self) == 1 { return nil }
      var action = sigaction()
      action.sa_flags = SA_RESTART
      action.__sigaction_handler.sa_handler = { signal in
        let saved = errno
        var number = UInt8(truncatingIfNeeded: signal)
        _ = write(SignalPipe.writer, &number, 1)
        errno = saved
      }
      sigaction(signal, &action, nil)
      return (signal, old)
    }
  }

  /// Gives the signals back to whoever had them.
  func close() {
    for (signal, action) in previous {
      // By which the process ends, should the rest of its end take too long.
      if signal == SIGALRM, EmergencyRestore.isEnding { continue }
      var action = action
      sigaction(signal, &action, nil)
    }
    SignalPipe.writer = -1
    source.cancel()
  }

  /// Does with `signal` what the system does by itself, then handles it again.
  static func performDefault(_ signal: Int32) {
    var old = sigaction()
    var action = sigaction()
    sigaction(signal, &action, &old)
    // Dispatch's threads, and so often the main actor's, hold signals back.
    var set = sigset_t()
    var mask = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, signal)
    pthread_sigmask(SIG_UNBLOCK, &set, &mask)
    raise(signal)
    pthread_sigmask(SIG_SETMASK, &mask, nil)
    sigaction(signal, &old, nil)
  }
}

public import Canvas
import Dispatch
import Glibc

/// What comes from the terminal and from the system: keys, sizes, signals, the end.
extension Terminal {
  /// Signals that ask the program to end.
  nonisolated static let endingSignals =
    [
      SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGALRM, SIGVTALRM, SIGPROF, SIGUSR1, SIGUSR2, SIGXCPU,
      SIGIO,
      SIGPWR, SIGSTKFLT,
    ] + Array(34...64)
  /// Signals that would end the program for a write that fails, which is told to whoever writes.
  nonisolated static let ignoredSignals = [SIGPIPE, SIGXFSZ]
  /// How long an escape may be the start of a sequence [ms].
  private static let escapeDelay = 25
  /// How long a paste may pause [ms]; one whose end got lost must not swallow the keyboard.
  private static let pasteDelay = 1000
  /// How long the program may take to end itself when it is asked to [ms].
  nonisolated private static let endDelay = 1_800

  /// Delivers inputs from now on, on the main actor, until `restore`.
  ///
  /// A signal that asks the program to end is delivered as `Input.hangup`, so that the program ends in order;
  /// when it has not ended after 2 s, the terminal is given back and the signal takes its course.
  public func start(_ deliver: @escaping @Sendable (Input) -> Void) {
    precondition(source == nil, "The terminal's inputs are delivered once.")
    self.deliver = deliver
    let source = DispatchSource.makeReadSource(fileDescriptor: input, queue: .main)
    source.setEventHandler { @Sendable [weak self] in
      MainActor.assumeIsolated { self?.readInput() }
    }
    self.source = source
    source.resume()
    // The size may have changed since the terminal was opened.
    followSize()
  }

  /// Delivers nothing more.
  func stop() {
    deliver = nil
    settling?.cancel()
    source?.cancel()
  }

  /// What a signal asks for.
  func received(_ signal: Int32) {
    switch signal {
    case SIGWINCH:
      followSize()
    case SIGTSTP:
      suspend()
    case SIGCONT:
      retake()
    case SIGPIPE, SIGXFSZ:
      break
    default:
      endSignal = signal
      // Once inputs are delivered the program ends itself, also when its terminal went first.
      if source == nil {
        restore()
        EmergencyRestore.die(of: signal)
      }
      hangUp()
    }
  }

  /// Sees to it that the program ends in two seconds, whatever holds it up.
  public nonisolated static func endSoon() { endLater(by: SIGTERM) }

  /// Sees to it that an ending signal ends the program even when its main actor hangs.
  nonisolated static func endLater(by signal: Int32) {
    guard endingSignals.contains(signal) else { return }
    EmergencyRestore.end(by: signal, after: endDelay)
  }

  private func readInput() {
    var status = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    guard poll(&status, 1, 0) > 0 else { return }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(input, &bytes, bytes.count)
    guard count > 0 else {
      // Nothing to read although there was something: the terminal has gone.
      if count == 0 || (errno != EINTR && errno != EAGAIN) { hangUp() }
      return
    }
    settling?.cancel()
    for input in decoder.decode(bytes[..<count]) { deliver?(input) }
    if let name = decoder.drainName() { learn(name) }
    waitForRest()
  }

  /// Gives an open sequence its time.
  private func waitForRest() {
    let delay: Int
    switch decoder.waiting {
    case .no: return
    case .sequence: delay = Terminal.escapeDelay
    case .paste: delay = Terminal.pasteDelay
    }
    let item = DispatchWorkItem { @Sendable [weak self] in
      MainActor.assumeIsolated {
        guard let self else { return }
        for input in self.decoder.settle() { self.deliver?(input) }
      }
    }
    settling = item
    DispatchQueue.main.asyncAfter(deadline: .now() + .milliseconds(delay), execute: item)
  }

  /// Delivers the last input.
  private func hangUp() {
    let last = deliver
    stop()
    last?(.hangup)
  }
}

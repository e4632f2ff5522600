import Glibc
import Synchronization

/// Gives the terminal back where nothing else can: in a crash, or when the program hangs.
///
/// Everything is prepared beforehand; `run` makes only calls that POSIX allows in a signal handler.
enum EmergencyRestore {
  /// What is done, as plain memory.
  struct Plan {
    let terminal: Int32
    var settings: termios
    let bytes: UnsafeMutableBufferPointer<UInt8>
    /// Reading end and destination of the parked output; -1 without.
    let parked: (reader: Int32, target: Int32)
  }

  /// Signals of a crash.
  private static let crashes = [SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP, SIGSYS]

  /// Written only while `isArmed` is false, on the main actor; read only by whoever disarms.
  nonisolated(unsafe) private static var plan: UnsafeMutablePointer<Plan>?
  nonisolated(unsafe) private static let previous =
    UnsafeMutablePointer<sigaction>.allocate(capacity: 65)
  private static let isArmed = Atomic<Bool>(false)
  /// Whether the title of the terminal's window is one of ours.
  static let hasTitle = Atomic<Bool>(false)
  nonisolated(unsafe) private static let titleEnd: UnsafeMutableBufferPointer<UInt8> = {
    let memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: SignEncoder.titleEnd.count)
    _ = memory.initialize(from: SignEncoder.titleEnd)
    return memory
  }()
  /// Whether a piece is on its way to the terminal: what gives the terminal back comes after it.
  static let isWriting = Atomic<Bool>(false)
  /// Whether the terminal was given back by `run`: other threads may go on for a moment, and paint no more.
  static let hasRun = Atomic<Bool>(false)
  private static let atExit: Void = { _ = atexit { EmergencyRestore.run() } }()

  /// From now on every crash, and `exit`, gives the terminal back.
  static func arm(_ newPlan: Plan) {
    let memory = UnsafeMutablePointer<Plan>.allocate(capacity: 1)
    memory.initialize(to: newPlan)
    plan = memory
    _ = atExit
    _ = titleEnd
    for signal in crashes {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { EmergencyRestore.crashed($0) }
      sigaction(signal, &action, previous + Int(signal))
    }
    isArmed.store(true, ordering: .sequentiallyConsistent)
  }

  /// The terminal is given back in the ordinary way; false when `run` did it already.
  static func disarm() -> Bool {
    guard isArmed.exchange(false, ordering: .sequentiallyConsistent) else { return false }
    for signal in crashes { sigaction(signal, previous + Int(signal), nil) }
    plan?.pointee.bytes.deallocate()
    plan?.deallocate()
    plan = nil
    return true
  }

  /// Gives the terminal back, once. False when there was nothing to do.
  @discardableResult
  static func run() -> Bool {
    guard isArmed.exchange(false, ordering: .sequentiallyConsistent), let plan else { return false }
    // A program in the background would be stopped by tcsetattr.
    signal(SIGTTOU, SIG_IGN)
    let bytes = plan.pointee.bytes
    hasRun.store(true, ordering: .sequentiallyConsistent)
    for _ in 0..<100 where isWriting.load(ordering: .sequentiallyConsistent) { poll(nil, 0, 1) }
    // A terminal that does not read would hold the end up.
    if canTake(plan.pointee.terminal) {
      if hasTitle.load(ordering: .sequentiallyConsistent) {
        _ = write(plan.pointee.terminal, titleEnd.baseAddress, titleEnd.count)
      }
      _ = write(plan.pointee.terminal, bytes.baseAddress, bytes.count)
    }
    tcsetattr(plan.pointee.terminal, TCSANOW, &plan.pointee.settings)
    let parked = plan.pointee.parked
    if parked.reader >= 0 {
      dup2(parked.target, STDERR_FILENO)
      ParkedOutput.copy(from: parked.reader, to: parked.target)
    }
    return true
  }

  /// The signal by which the process is to end soon; 0: none.
  private static let endSignal = Atomic<Int32>(0)

  /// Whether the process is to end soon.
  static var isEnding: Bool { endSignal.load(ordering: .sequentiallyConsistent) != 0 }

  /// Ends the process by `signal` in so many milliseconds, unless it has ended by then.
  ///
  /// The system's timer sees to it: where no thread can be made any more, Dispatch's waits for one for good.
  static func end(by signal: Int32, after delay: Int) {
    let (isFirst, _) = endSignal.compareExchange(
      expected: 0, desired: signal, ordering: .sequentiallyConsistent)
    guard isFirst else { return }
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in
      EmergencyRestore.run()
      EmergencyRestore.die(of: EmergencyRestore.endSignal.load(ordering: .sequentiallyConsistent))
    }
    sigaction(SIGALRM, &action, nil)
    var timer = itimerval()
    timer.it_value = timeval(tv_sec: delay / 1_000, tv_usec: delay % 1_000 * 1_000)
    setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &timer, nil)
  }

  /// Ends the process by `signal`, as if it had not been handled.
  static func die(of signal: Int32) {
    Glibc.signal(signal, SIG_DFL)
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, signal)
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
    kill(getpid(), signal)
  }

  /// Whether the terminal takes some bytes now. Only calls that are allowed in a signal handler.
  static func canTake(_ terminal: Int32) -> Bool {
    var status = pollfd(fd: terminal, events: Int16(POLLOUT), revents: 0)
    return poll(&status, 1, 100) == 1 && status.revents & Int16(POLLOUT) != 0
  }

  /// Ends the process at once: Swift's backtrace would have the terminal ask questions first.
  private static func crashed(_ signal: Int32) {
    run()
    die(of: signal)
  }
}

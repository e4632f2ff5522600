import Glibc

/// A program with its arguments and its environment, ready to be started: what a measurement times
/// is the program, not the making of its arguments.
final class Command {
  private let path: String
  private let arguments: [UnsafeMutablePointer<CChar>?]
  private let environment: [UnsafeMutablePointer<CChar>?]
  private let terminal: String?
  private let output: String?

  /// `POSIX_SPAWN_SETSID`, which glibc shows to C programs only on demand.
  private static let newSession: Int16 = 0x80

  /// `terminal`: the path of a terminal that becomes its controlling one and its three descriptors;
  /// nil: /dev/null. `output`: a file for what it says instead.
  init(
    _ path: String, _ arguments: [String] = [], environment: [String: String],
    terminal: String? = nil, output: String? = nil
  ) {
    self.path = path
    self.arguments = ([path] + arguments).map { strdup($0) } + [nil]
    self.environment = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    self.terminal = terminal
    self.output = output
  }

  deinit {
    for text in arguments + environment { free(text) }
  }

  /// Starts it; the process.
  func start() throws(Failure) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, terminal ?? "/dev/null", O_RDWR, 0)
    if let output {
      let flags = O_WRONLY | O_CREAT | O_TRUNC
      posix_spawn_file_actions_addopen(&actions, 1, output, flags, 0o600)
    } else {
      posix_spawn_file_actions_adddup2(&actions, 0, 1)
    }
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    let session = terminal == nil ? 0 : Self.newSession
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF) | session)
    var pid: pid_t = 0
    let code = posix_spawn(&pid, path, &actions, &attributes, arguments, environment)
    guard code == 0 else { throw Failure("start \(path)", code: code) }
    return pid
  }

  /// Starts it and waits for its end.
  @discardableResult
  func run() throws(Failure) -> Ended { try Ended(waitingFor: start()) }
}

/// How a program ended.
struct Ended {
  /// The exit status; 128 and the number for a signal, as shells do.
  let status: Int32
  /// The most memory that it had at once, files mapped into it included [MB].
  let peakMemory: Double
  /// The processor time of all its threads [s].
  let processorTime: Double

  /// Waits for the end of a child.
  init(waitingFor pid: pid_t) throws(Failure) {
    var status: Int32 = 0
    var usage = rusage()
    while wait4(pid, &status, 0, &usage) != pid {
      guard errno == EINTR else { throw Failure("wait for a program") }
    }
    self.status = status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
    peakMemory = Double(usage.ru_maxrss) / 1024
    let (user, system) = (usage.ru_utime, usage.ru_stime)
    processorTime =
      Double(user.tv_sec + system.tv_sec) + Double(user.tv_usec + system.tv_usec) / 1_000_000
  }
}

/// Why nothing could be measured.
struct Failure: Error, CustomStringConvertible {
  let description: String

  /// What the system refused, explained by `code`, or by `errno`.
  init(_ attempt: String, code: Int32? = nil) {
    description = "cannot \(attempt): \(String(cString: strerror(code ?? errno)))"
  }

  /// What went otherwise than expected.
  init(because sentence: String) { description = sentence }
}

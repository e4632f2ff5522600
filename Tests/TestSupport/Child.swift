import Glibc
import Synchronization

/// A program in a process group of its own, ended with everything it started when nobody holds it any more.
public final class Child: Sendable {
  /// The process, and the group of all it starts.
  public let pid: Int32
  private let name: String
  private let exit = Mutex<Int32?>(nil)

  /// Starts `program`.
  ///
  /// - Parameters:
  ///   - program: An absolute path, or a name looked up in the PATH of this process.
  ///   - environment: The whole environment of the program.
  ///   - input: A file that is its standard input.
  ///   - output: A file that takes its standard output and error.
  ///   - terminal: A terminal that is its input and output; then `output` takes its standard error alone.
  public init(
    _ program: String, _ arguments: [String] = [], environment: [String: String] = [:],
    input: String = "/dev/null", output: String = "/dev/null", terminal: String? = nil
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(
      &actions, 2, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    if let terminal {
      for end in Int32(0)...1 {
        posix_spawn_file_actions_addopen(&actions, end, terminal, O_RDWR | O_NOCTTY, 0)
      }
    } else {
      posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
      posix_spawn_file_actions_adddup2(&actions, 2, 1)
    }
    // Nothing of ours leaks into it; glibc passes over descriptors that are not open.
    for descriptor in Int32(3)..<256 { posix_spawn_file_actions_addclose(&actions, descriptor) }

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A thread of the test's pool has signals blocked; a program that inherits this cannot be ended.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    var pid: pid_t = 0
    let variables = environment.map { "\($0.key)=\($0.value)" }
    let code = withCStrings([program] + arguments) { words in
      withCStrings(variables) { posix_spawnp(&pid, program, &actions, &attributes, words, $0) }
    }
    guard code == 0 else { throw SystemFailure("start \(program)", code: code) }
    self.pid = pid
    name = program
  }

  deinit {
    if poll() == nil {
      kill(-pid, SIGKILL)
      var status: Int32 = 0
      waitpid(pid, &status, 0)
    }
  }

  /// Sends a signal to the program and all it started.
  public func signal(_ number: Int32) {
    if poll() == nil { kill(-pid, number) }
  }

  /// Waits for the end and answers the exit status; 128 and the number for a signal, as shells do.
  @discardableResult
  public func status(deadline: Duration = .seconds(60)) async throws -> Int32 {
    try await waitFor("the end of \(name)", deadline: deadline) { poll() }
  }

  /// The exit status, nil while the program runs.
  private func poll() -> Int32? {
    exit.withLock { exit in
      var status: Int32 = 0
      if exit == nil, waitpid(pid, &status, WNOHANG) == pid {
        exit = status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
      }
      return exit
    }
  }
}

/// What a program said and how it ended.
public struct Finished: Sendable {
  /// The exit status, as in ``Child/status(deadline:)``.
  public let status: Int32
  /// Standard output and error together.
  public let output: String
}

/// Runs a program to its end, with `input` as its standard input; see ``Child``.
public func run(
  _ program: String, _ arguments: [String] = [], environment: [String: String] = [:],
  input: String = ""
) async throws -> Finished {
  let folder = try TemporaryFolder()
  let output = folder.file("output")
  let child = try Child(
    program, arguments, environment: environment,
    input: input.isEmpty ? "/dev/null" : folder.write(input, to: "input"), output: output)
  let status = try await child.status()
  return Finished(status: status, output: contents(ofFile: output))
}

private func withCStrings<Result>(
  _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let copies = strings.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  return body(copies + [nil])
}

/// What a process does, by the letter after its name in proc(5)'s `stat`: R, S, T (stopped), Z; nil when
/// there is none.
public func processState(_ pid: Int32) -> Character? {
  contents(ofFile: "/proc/\(pid)/stat").split(separator: ") ").last?.first
}

import Subprocess
package import SystemPackage

/// Starts programs by argument vectors, never through a shell: the one place that does so for the window.
///
/// The child gets a session of its own, no descriptor of the window's, and signals as a fresh program expects
/// them. Its standard input is `/dev/null`; the end of its standard error is quoted when it fails.
public struct ProgramRunner: Sendable {
  private let environment: Environment

  /// The most that is read of a program's output [bytes].
  private static let longestOutput = 4096
  /// How long a program that is asked to end may take before it is made to [s].
  private static let farewell = Duration.seconds(1)

  /// A runner; `environment` is the child's, in whose PATH programs are looked for; nil: the window's own.
  public init(environment: [String: String]? = nil) {
    self.environment =
      environment.map { variables in
        .custom(
          Dictionary(
            uniqueKeysWithValues: variables.map {
              (Environment.Key(stringLiteral: $0.key), $0.value)
            }))
      } ?? .inherit
  }

  /// How often what a program writes to its standard error is cut [ms]: it stands in memory.
  private static let trimming = 100

  /// Runs the program to its end; what it prints goes nowhere. One that takes longer than `seconds`, or whose caller is
  /// cancelled, is ended with all that it started.
  public func run(
    _ program: String, _ arguments: [String], seconds: Int
  ) async throws(OpenError) {
    _ = try await limited(program, seconds) { log in
      if let failure = await end(of: program, arguments, log) { return .failure(failure) }
      return .success("")
    }
  }

  /// The same, and gives what it printed: a program whose answer is wanted, and short. `input` is what it reads.
  public func answer(
    of program: String, _ arguments: [String], input: String = "", seconds: Int
  ) async throws(OpenError) -> String {
    try await limited(program, seconds) { await output(of: program, arguments, input, $0) }
  }

  /// The same, with all that it prints in this file, of which it has `limit` bytes: a program that prints much.
  package func run(
    _ program: String, _ arguments: [String], printing file: FileDescriptor, atMost limit: Int,
    seconds: Int
  ) async throws(OpenError) {
    _ = try await limited(program, seconds, printing: (file, limit)) { log in
      if let failure = await end(
        of: program, arguments, log,
        .fileDescriptor(file, closeAfterSpawningProcess: false))
      {
        return .failure(failure)
      }
      return .success("")
    }
  }

  private func limited(
    _ program: String, _ seconds: Int, printing output: (file: FileDescriptor, limit: Int)? = nil,
    _ work: @escaping @Sendable (ChildLog) async -> Result<String, OpenError>
  ) async throws(OpenError) -> String {
    let log: ChildLog
    do {
      log = try ChildLog()
    } catch {
      throw .notStarted(program: program, reason: error.description)
    }
    let result = await withTaskGroup(of: Result<String, OpenError>.self) { group in
      group.addTask { await work(log) }
      group.addTask {
        for _ in 0..<(seconds * 1000 / Self.trimming) {
          try? await Task.sleep(for: .milliseconds(Self.trimming))
          log.trim(to: Self.longestOutput)
          if let output, Self.size(of: output.file) > output.limit {
            return .failure(.printedTooMuch(program: program, bytes: output.limit))
          }
        }
        return .failure(.tookTooLong(program: program, seconds: seconds))
      }
      let first = await group.next()
      group.cancelAll()
      return first ?? .failure(.tookTooLong(program: program, seconds: seconds))
    }
    if let output, case .success = result, Self.size(of: output.file) > output.limit {
      throw .printedTooMuch(program: program, bytes: output.limit)
    }
    return try result.get()
  }

  private static func size(of file: FileDescriptor) -> Int {
    Int(clamping: (try? file.seek(offset: 0, from: .end)) ?? 0)
  }

  private func output(
    of program: String, _ arguments: [String], _ input: String, _ log: ChildLog
  ) async -> Result<String, OpenError> {
    do {
      let result = try await Subprocess.run(
        executable(program), arguments: Arguments(arguments), environment: environment,
        platformOptions: options, input: .string(input), output: .string(limit: Self.longestOutput),
        error: .fileDescriptor(log.descriptor, closeAfterSpawningProcess: false))
      let failure = failure(result.terminationStatus, of: program, log)
      return failure.map { .failure($0) } ?? .success(result.standardOutput)
    } catch {
      return .failure(reason(error, program))
    }
  }

  /// Runs the program to its end, however long that is; nil when it succeeded.
  func end(of program: String, _ arguments: [String], _ log: ChildLog) async -> OpenError? {
    await end(of: program, arguments, log, .discarded)
  }

  private func end(
    of program: String, _ arguments: [String], _ log: ChildLog, _ output: some OutputProtocol
  ) async -> OpenError? {
    do {
      let result = try await Subprocess.run(
        executable(program), arguments: Arguments(arguments), environment: environment,
        platformOptions: options, input: .none, output: output,
        error: .fileDescriptor(log.descriptor, closeAfterSpawningProcess: false))
      return failure(result.terminationStatus, of: program, log)
    } catch {
      return reason(error, program)
    }
  }

  private func executable(_ program: String) -> Executable {
    program.hasPrefix("/") ? .path(FilePath(program)) : .name(program)
  }

  private var options: PlatformOptions {
    var options = PlatformOptions()
    options.createSession = true
    options.teardownSequence = [
      .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: Self.farewell)
    ]
    return options
  }

  private func failure(
    _ status: TerminationStatus, of program: String, _ log: ChildLog
  ) -> OpenError? {
    switch status {
    case .exited(0): nil
    case .exited(let status): .failed(program: program, status: status, message: log.lastLine())
    case .signaled(let signal): .killed(program: program, signal: signal, message: log.lastLine())
    }
  }

  private func reason(_ error: any Error, _ program: String) -> OpenError {
    guard let error = error as? SubprocessError else {
      return .notStarted(program: program, reason: "\(error)")
    }
    return switch (error.code, error.underlyingError) {
    case (.executableNotFound, _), (_, .noSuchFileOrDirectory?), (_, .permissionDenied?):
      .notFound(program: program)
    case (_, let cause?):
      .notStarted(program: program, reason: cause.description)
    case (_, nil):
      .notStarted(program: program, reason: error.description)
    }
  }
}

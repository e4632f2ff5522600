import Subprocess
import SystemPackage

/// Opens a record outside the window: a URL through the desktop, or a command (R13).
///
/// The child gets a session of its own, so that neither a key typed in the window nor the window's end
/// reaches it, no descriptor of the window's, and signals as a fresh program expects them. Its standard
/// input and output are `/dev/null`; the end of its standard error is quoted when it fails.
public struct RecordOpener: Sendable {
  private let environment: Environment
  private let grace: Duration

  /// An opener.
  ///
  /// - Parameters:
  ///   - environment: the child's environment, in whose PATH programs are looked for; nil: the
  ///     window's own.
  ///   - grace: how long a child may take to fail; one that runs longer has opened the record.
  public init(environment: [String: String]? = nil, grace: Duration = .seconds(5)) {
    self.environment =
      environment.map { variables in
        .custom(
          Dictionary(
            uniqueKeysWithValues: variables.map {
              (Environment.Key(stringLiteral: $0.key), $0.value)
            }))
      } ?? .inherit
    self.grace = grace
  }

  /// Opens the record and says what came of it, after ``init(environment:grace:)``'s grace at most.
  ///
  /// The card is drawn by the window: nothing is left to do for it.
  public func open(_ target: OpenTarget, _ values: RecordValues) async -> OpenResult {
    switch target {
    case .card:
      return .opened
    case .url(let template):
      let url = template.url(for: values)
      let result = await run("xdg-open", [url])
      guard result == .failed(.notFound(program: "xdg-open")) else { return result }
      let second = await run("gio", ["open", url])
      return second == .failed(.notFound(program: "gio")) ? .failed(.noOpener) : second
    case .command(let command):
      do {
        return await run(command.program, try command.arguments(for: values))
      } catch {
        return .failed(error)
      }
    }
  }

  /// Starts the program; the first of its end and the grace's end is the result.
  private func run(_ program: String, _ arguments: [String]) async -> OpenResult {
    let log: ChildLog
    do {
      log = try ChildLog()
    } catch {
      return .failed(.notStarted(program: program, reason: error.description))
    }
    let (results, first) = AsyncStream.makeStream(of: OpenResult.self)
    let patience = Task {
      try await Task.sleep(for: grace)
      first.yield(.running)
      // Nobody will read the log of a child that lives on: keep it short.
      while true {
        try await Task.sleep(for: .seconds(60))
        log.trim()
      }
    }
    // Unstructured, because cancelling a structured run would end the child.
    Task {
      first.yield(await outcome(of: program, arguments, log))
      patience.cancel()
    }
    for await result in results { return result }
    // Only a cancelled caller gets here; the child goes on and is waited for all the same.
    return .running
  }

  /// Runs the program to its end.
  private func outcome(
    of program: String, _ arguments: [String], _ log: ChildLog
  ) async -> OpenResult {
    var options = PlatformOptions()
    options.createSession = true
    do {
      let result = try await Subprocess.run(
        program.hasPrefix("/") ? .path(FilePath(program)) : .name(program),
        arguments: Arguments(arguments), environment: environment, platformOptions: options,
        input: .none, output: .discarded,
        error: .fileDescriptor(log.descriptor, closeAfterSpawningProcess: false))
      return switch result.terminationStatus {
      case .exited(0):
        .opened
      case .exited(let status):
        .failed(.failed(program: program, status: status, message: log.lastLine()))
      case .signaled(let signal):
        .failed(.killed(program: program, signal: signal, message: log.lastLine()))
      }
    } catch {
      return .failed(Self.reason(error, program))
    }
  }

  private static func reason(_ error: any Error, _ program: String) -> OpenError {
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

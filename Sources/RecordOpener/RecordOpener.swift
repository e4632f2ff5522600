import SystemPackage

/// Opens a record outside the window: a URL through the desktop, or a command (R13).
///
/// The child gets a session of its own, so that neither a key typed in the window nor the window's end
/// reaches it, no descriptor of the window's, and signals as a fresh program expects them. Its standard
/// input and output are `/dev/null`; the end of its standard error is quoted when it fails.
public struct RecordOpener: Sendable {
  private let runner: ProgramRunner
  private let grace: Duration

  /// An opener.
  ///
  /// - Parameters:
  ///   - environment: the child's environment, in whose PATH programs are looked for; nil: the
  ///     window's own.
  ///   - grace: how long a child may take to fail; one that runs longer has opened the record.
  public init(environment: [String: String]? = nil, grace: Duration = .seconds(5)) {
    runner = ProgramRunner(environment: environment)
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
      let error = await runner.end(of: program, arguments, log)
      first.yield(error.map { .failed($0) } ?? .opened)
      patience.cancel()
    }
    for await result in results { return result }
    // Only a cancelled caller gets here; the child goes on and is waited for all the same.
    return .running
  }
}

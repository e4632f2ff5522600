import Glibc

/// A server on a free port of this machine, for as long as somebody holds it.
@MainActor
final class RunningServer {
  let port: UInt16
  let figures: ProcessFigures
  /// From its start to its first answer.
  let coldStart: Duration
  private let pid: pid_t

  /// Starts a program and waits until it answers `path` with 200.
  ///
  /// - Parameter arguments: What the program is told, by the port that it is to take.
  init(
    _ program: String, path: String, environment: [String: String],
    arguments: (UInt16) -> [String]
  ) throws(Failure) {
    port = try LoopbackConnection.freePort()
    let command = Command(program, arguments(port), environment: environment)
    let start = ContinuousClock.now
    pid = try command.start()
    figures = ProcessFigures(pid: pid)
    while true {
      if let connection = try? LoopbackConnection(port: port),
        (try? connection.get(path)) == 200
      {
        break
      }
      guard ContinuousClock.now - start < .seconds(20) else {
        throw Failure(because: "\(program) does not answer on port \(port)")
      }
      usleep(200)
    }
    coldStart = ContinuousClock.now - start
  }

  /// Ends it and waits for its end.
  func stop() throws(Failure) {
    kill(pid, SIGTERM)
    _ = try Ended(waitingFor: pid)
  }

  /// A URL on it.
  func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }
}

extension RunningServer {
  /// Where the relay's calls are below.
  nonisolated static let prefix = "/DhDivaltoServerCTI/api/cti"

  /// The relay.
  static func relay(_ site: Site) throws(Failure) -> RunningServer {
    try RunningServer(
      site.program("ctirelay"), path: "/health", environment: site.environment(parties: 0)
    ) { ["--port", String($0)] }
  }

  /// The relay's library with a constant answer.
  static func bare(_ site: Site) throws(Failure) -> RunningServer {
    try RunningServer(
      site.program("BareHandler"), path: "/", environment: site.environment(parties: 0)
    ) { [String($0)] }
  }
}

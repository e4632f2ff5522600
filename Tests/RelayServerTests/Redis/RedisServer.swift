import Glibc
import TestSupport

/// A Redis of a test's own on a free port, without a disk; ended with the test.
final class RedisServer: Sendable {
  let port: Int
  private let password: String?
  private let folder: TemporaryFolder
  private let server: Child

  /// Starts it and waits until it answers.
  ///
  /// - Parameters:
  ///   - port: Nil: any that is free.
  ///   - password: What clients have to say first.
  ///   - backup: What it holds at first.
  init(port: Int? = nil, password: String? = nil, backup: TemporaryFolder? = nil) async throws {
    let folder = try backup ?? TemporaryFolder()
    let port = try port ?? Int(LoopbackPort.free())
    var options = [
      "--bind", "127.0.0.1", "--port", "\(port)", "--save", "", "--appendonly", "no",
      "--dir", folder.path, "--enable-protected-configs", "local",
    ]
    if let password { options += ["--requirepass", password] }
    (self.port, self.password, self.folder) = (port, password, folder)
    server = try Child(
      "redis-server", options, environment: Self.environment, output: folder.file("log"))
    try await waitUntil("Redis to listen", instead: contents(ofFile: folder.file("log"))) {
      try await ask("PING") == "PONG"
    }
  }

  /// What a relay is told about it.
  var url: String { "redis://127.0.0.1:\(port)" }

  /// What `redis-cli` gets.
  @discardableResult
  func ask(_ words: String...) async throws -> String {
    let sign = password.map { ["--no-auth-warning", "-a", $0] } ?? []
    let answer = try await run(
      "redis-cli", ["-p", "\(port)"] + sign + words, environment: Self.environment)
    return answer.output.hasSuffix("\n") ? String(answer.output.dropLast()) : answer.output
  }

  /// Lets the server work no more, without a farewell: `SIGKILL`, or `SIGSTOP` and `SIGCONT`.
  func signal(_ number: Int32) { server.signal(number) }

  /// Kills it, and waits until it has gone.
  func crash() async throws {
    server.signal(SIGKILL)
    try await server.status()
  }

  /// What it holds now, for another server to begin with.
  func backup() async throws -> TemporaryFolder {
    let copy = try TemporaryFolder()
    try await ask("CONFIG", "SET", "dir", copy.path)
    try await ask("SAVE")
    try await waitUntil("a backup") { access(copy.file("dump.rdb"), F_OK) == 0 }
    return copy
  }

  /// Makes all calls older, which a test cannot wait for.
  func age(seconds: Int64) async throws {
    try await ask(
      "EVAL",
      """
      for _, name in ipairs(redis.call('KEYS', 'ctirelay:call:*')) do
        redis.call('HINCRBY', name, 'at', -ARGV[1])
        redis.call('ZINCRBY', 'ctirelay:calls', -ARGV[1], name)
      end
      """, "0", "\(seconds * 1000)")
  }

  private static let environment = ["PATH": "/usr/local/bin:/usr/bin:/bin"]
}

import ERPSync
import Glibc
import TestSupport
import Testing

/// A MariaDB of one's own, on a Unix socket in a folder of its own.
struct MariaDBServer: Sendable {
  private let folder: TemporaryFolder
  private let server: ServerProcess
  private var socket: String { folder.file("socket") }

  init() async throws {
    folder = try TemporaryFolder()
    let data = try folder.folder("data")
    let made = try await run(
      "mariadb-install-db",
      [
        "--no-defaults", "--user=root", "--datadir=\(data)", "--skip-test-db",
        "--auth-root-authentication-method=normal",
      ], environment: Self.environment)
    guard made.status == 0 else { throw Failed(description: made.output) }
    server = try await ServerProcess(
      [
        "mariadbd", "--no-defaults", "--user=root", "--datadir=\(data)",
        "--socket=\(folder.path)/socket", "--pid-file=\(folder.path)/pid", "--skip-networking",
        "--innodb-flush-log-at-trx-commit=2", "--innodb-buffer-pool-size=64M",
        "--default-time-zone=+01:00",
      ], environment: Self.environment, log: folder.file("log"), ready: "ready for connections")
    try await sql("CREATE USER erp_ro@localhost IDENTIFIED BY 'reader-word'")
  }

  /// Runs SQL in a database as the administrator; what it answers.
  @discardableResult
  func sql(_ text: String, in database: String = "mysql") async throws -> String {
    let finished = try await run(
      "mariadb",
      [
        "--no-defaults", "--user=root", "--socket=\(socket)", "--skip-column-names", "--batch",
        "--default-character-set=utf8mb4", database,
      ], environment: Self.environment, input: text)
    guard finished.status == 0 else { throw Failed(description: finished.output) }
    return finished.output
  }

  /// Makes a database whose tables `erp_ro` may read, and more: that it does not write is the session's.
  func database(
    _ name: String, _ tables: String, encoding: String = "utf8mb4"
  ) async throws {
    try await sql(
      """
      CREATE DATABASE \(name) CHARACTER SET \(encoding);
      GRANT ALL ON \(name).* TO erp_ro@localhost;
      """)
    try await sql(tables, in: name)
  }

  /// Kills the server, with no time for a last word.
  func kill() async throws { try await server.end(by: SIGKILL) }
  /// Starts it again.
  func start() async throws { try await server.start() }
  /// Stops it, or lets it go on: it is up, and silent.
  func hang(_ isHanging: Bool) { server.signal(isHanging ? SIGSTOP : SIGCONT) }

  /// Waits until a question of `erp_ro` is under way.
  func isAsked() async throws {
    try await waitUntil("a question to MariaDB") {
      try await sql(
        """
        SELECT COUNT(*) FROM information_schema.processlist
        WHERE user = 'erp_ro' AND command IN ('Query', 'Execute') AND info LIKE '%party%'
        """) == "1\n"
    }
  }

  /// Access as `erp_ro`.
  func access(_ database: String, password: String = "reader-word") -> ERPAccess {
    ERPAccess(connection: connection(database), password: password)
  }

  /// The connection string of `erp_ro`, without the password.
  func connection(_ database: String) -> String {
    "Driver={MariaDB Unicode};Socket=\(socket);Database=\(database);Uid=erp_ro"
  }

  private struct Failed: Error, CustomStringConvertible { let description: String }

  private static let environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"]
}

/// Runs one MariaDB for the tests of a suite.
struct MariaDBTrait: SuiteTrait, TestScoping {
  @TaskLocal static var server: MariaDBServer?

  func provideScope(
    for test: Test, testCase: Test.Case?, performing body: @Sendable () async throws -> Void
  ) async throws {
    let server = try await MariaDBServer()
    try await Self.$server.withValue(server, operation: body)
  }
}

extension Trait where Self == MariaDBTrait {
  /// One MariaDB for the suite: ``MariaDBTrait/server``.
  static var mariaDB: Self { MariaDBTrait() }
}

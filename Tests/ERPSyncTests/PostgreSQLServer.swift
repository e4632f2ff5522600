import ERPSync
import Glibc
import TestSupport
import Testing

/// A PostgreSQL of one's own, on a Unix socket in a folder of its own.
struct PostgreSQLServer: Sendable {
  private let folder: TemporaryFolder
  private let server: ServerProcess
  /// PostgreSQL refuses to run as root. `runuser` would stay beside it, see that it was stopped only after both
  /// go on again, and stop itself for good; `setpriv` becomes the server.
  private static let asServer =
    getuid() == 0 ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] : []

  init() async throws {
    folder = try TemporaryFolder()
    let data = try folder.folder("data")
    if getuid() == 0 {
      try await Self.run(["chown", "-R", "postgres", folder.path])
    }
    let password = try folder.write("server-word", to: "password")
    if getuid() == 0 { try await Self.run(["chown", "postgres", password]) }
    let bin = try Self.bin()
    try await Self.run(
      Self.asServer + [
        "\(bin)/initdb", "-D", data, "-U", "root", "-A", "scram-sha-256", "--pwfile", password,
        "-E", "UTF8", "--locale=C.UTF-8", "--no-sync",
      ])
    server = try await ServerProcess(
      Self.asServer + [
        "\(bin)/postgres", "-D", data, "-k", folder.path, "-c", "listen_addresses=", "-c",
        "fsync=off", "-c", "full_page_writes=off", "-c", "timezone=Europe/Paris",
      ], environment: Self.environment, log: folder.file("log"),
      ready: "ready to accept connections")
  }

  /// Runs SQL in a database as the administrator; what it answers.
  @discardableResult
  func sql(_ text: String, in database: String = "postgres") async throws -> String {
    let finished = try await TestSupport.run(
      "psql", ["-qAtX", "-v", "ON_ERROR_STOP=1", "-d", database],
      environment: environment, input: text)
    guard finished.status == 0 else { throw Failed(description: finished.output) }
    return finished.output
  }

  /// Makes a database whose tables one may read as `erp_ro`.
  func database(_ name: String, _ tables: String) async throws {
    try await sql("CREATE DATABASE \(name)")
    try await sql(
      """
      \(tables)
      DO $$ BEGIN CREATE ROLE erp_ro LOGIN PASSWORD 'reader-word';
      EXCEPTION WHEN duplicate_object THEN NULL; END $$;
      GRANT SELECT ON ALL TABLES IN SCHEMA public TO erp_ro;
      """, in: name)
  }

  /// What libpq finds in the environment of a program that is the administrator.
  var environment: [String: String] {
    Self.environment.merging(
      ["PGHOST": folder.path, "PGUSER": "root", "PGPASSWORD": "server-word"]
    ) { $1 }
  }

  /// Access as `erp_ro`.
  func access(_ database: String, password: String = "reader-word") -> ERPAccess {
    ERPAccess(connection: connection(database), password: password)
  }

  /// The connection string of `erp_ro`, without the password.
  func connection(_ database: String) -> String {
    "Driver={PostgreSQL Unicode};Server=\(folder.path);Port=5432;Database=\(database);Uid=erp_ro"
  }

  /// Stops the server, or lets it go on: it is up, and nobody new gets in.
  func hang(_ isHanging: Bool) { server.signal(isHanging ? SIGSTOP : SIGCONT) }

  /// The processes that serve `erp_ro`.
  func sessions() async throws -> [Int32] {
    try await sql("SELECT pid FROM pg_stat_activity WHERE usename = 'erp_ro'")
      .split(separator: "\n").compactMap { Int32($0) }
  }

  /// What the server has said.
  var log: String { contents(ofFile: folder.file("log")) }

  /// Ends the server with all its sessions, as a crash does.
  func crash() async throws {
    try await server.end(by: SIGQUIT)
    let lock = folder.file("data/postmaster.pid")
    try await waitUntil("the end of PostgreSQL") { Glibc.access(lock, F_OK) != 0 }
  }

  /// Starts it again.
  func start() async throws { try await server.start() }

  private struct Failed: Error, CustomStringConvertible { let description: String }

  private static let environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"]

  private static func run(_ words: [String]) async throws {
    let finished = try await TestSupport.run(
      words[0], Array(words.dropFirst()), environment: environment)
    guard finished.status == 0 else { throw Failed(description: finished.output) }
  }

  /// Where Debian puts the programs of the latest version.
  private static func bin() throws -> String {
    let versions = (9...30).reversed().map { "/usr/lib/postgresql/\($0)/bin" }
    return try #require(versions.first { Glibc.access("\($0)/initdb", X_OK) == 0 })
  }
}

/// Runs one PostgreSQL for the tests of a suite.
struct PostgreSQLTrait: SuiteTrait, TestScoping {
  @TaskLocal static var server: PostgreSQLServer?

  func provideScope(
    for test: Test, testCase: Test.Case?, performing body: @Sendable () async throws -> Void
  ) async throws {
    let server = try await PostgreSQLServer()
    do {
      try await Self.$server.withValue(server, operation: body)
    } catch {
      try? await server.crash()
      throw error
    }
    // Killed, it would leave its shared memory behind.
    try await server.crash()
  }
}

extension Trait where Self == PostgreSQLTrait {
  /// One PostgreSQL for the suite: ``PostgreSQLTrait/server``.
  static var postgreSQL: Self { PostgreSQLTrait() }
}

import Glibc
import TestSupport
import Testing

extension Workplace {
  /// Configures an ERP with a profile of one's own; `rest` is further lines of the table `[erp]`.
  func configure(
    erp connection: String, profile: String = SQLiteERP.profile, _ rest: String = ""
  ) throws {
    let file = try folder.write(profile, to: "own.toml")
    try configure(
      """
      [erp]
      profile = "\(file)"
      connection = "\(connection)"
      \(rest)
      """)
  }

  /// A file with the password that ``PostgreSQLServer`` and ``MariaDBServer`` give to `erp_ro`, as a line of `[erp]`.
  func passwordFile() throws -> String {
    let path = try folder.write("reader-word\n", to: "password")
    guard chmod(path, 0o600) == 0 else { throw SystemFailure("protect \(path)") }
    return "password_file = \"\(path)\""
  }

  /// Waits until the store knows the number, or no longer.
  func knows(_ number: String, _ isKnown: Bool = true) async throws {
    try await waitUntil("a store that knows \(number): \(isKnown)") {
      try await screenpop("lookup", number).output.contains("no third party") != isKnown
    }
  }

  /// Runs SQL in the store; what it answers.
  @discardableResult
  func state(_ sql: String) async throws -> String {
    let finished = try await run(
      "sqlite3", ["-cmd", ".timeout 10000", folder.file("data/screenpop/parties.sqlite"), sql])
    try #require(finished.status == 0, "\(finished.output)")
    return finished.output
  }
}

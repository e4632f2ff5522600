import ERPSync
import TestSupport
import Testing
import ThirdPartyStore

/// A MariaDB that dies, or falls silent, while it is asked. Its driver hands over no row before the last has come.
@Suite(.mariaDB, .serialized, .timeLimit(.minutes(2))) struct MariaDBTroubleTests {
  private let server: MariaDBServer
  private let fixture: SyncFixture
  private let profile: ERPProfile

  init() throws {
    server = try #require(MariaDBTrait.server)
    fixture = try SyncFixture()
    profile = try fixture.profile(SQLiteERP.profile)
  }

  /// Begins a copy of an ERP that takes an hour to answer; the store has an earlier copy.
  private func begin(_ database: String, timeLimit: Int = 600) async throws -> CopyUnderWay {
    try await server.database(database, SQLiteERP.tables)
    try fixture.copy(profile, from: server.access(database))
    try await server.sql(
      """
      RENAME TABLE party TO fast;
      CREATE VIEW party AS SELECT fast.* FROM fast WHERE SLEEP(900) = 0;
      """, in: database)
    let copy = CopyUnderWay(
      ERPCopy(
        profile, from: server.access(database), into: fixture.store, plan: fixture.plan,
        timeLimit: timeLimit))
    return copy
  }

  private func recover(_ database: String) async throws {
    #expect(try fixture.who("0353010001") == ["Dupont SA"])
    try await server.sql("DROP VIEW party; RENAME TABLE fast TO party;", in: database)
    #expect(try fixture.copy(profile, from: server.access(database), .full).report.rows == 4)
  }

  @Test func aServerThatIsKilled() async throws {
    let copy = try await begin("killed")
    try await server.isAsked()
    try await server.kill()
    let error = try await copy.failure()
    #expect(error?.kind == .failed)
    #expect(
      error?.sentence.contains("database killed failed: ") == true, "\(String(describing: error))")
    #expect(try fixture.failure(profile, from: server.access("killed")).kind == .unreachable)
    try await server.start()
    try await recover("killed")
  }

  @Test func aServerThatFreezes() async throws {
    let copy = try await begin("frozen", timeLimit: 4)
    try await server.isAsked()
    server.hang(true)
    defer { server.hang(false) }
    #expect(try await copy.failure()?.kind == .timedOut)
    server.hang(false)
    try await recover("frozen")
  }

  /// The server keeps to the limit by itself.
  @Test func aQuestionThatTakesTooLong() async throws {
    let copy = try await begin("slow", timeLimit: 1)
    let error = try await copy.failure()
    #expect(error?.kind == .timedOut, "\(String(describing: error))")
    try await recover("slow")
  }
}

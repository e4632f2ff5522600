import ERPSync
import Glibc
import Telephony
import TestSupport
import Testing
import ThirdPartyStore

/// What an administrator of a PostgreSQL does to an ERP that is copied: a sentence, the old copy whole, and the
/// next copy when all is well again.
@Suite(.postgreSQL, .serialized, .timeLimit(.minutes(2))) struct BrokenERPTests {
  private let server: PostgreSQLServer

  init() throws { server = try #require(PostgreSQLTrait.server) }

  struct Trouble: Sendable, CustomTestStringConvertible {
    var name: String
    var sql: String
    var undo: String
    var status: Int32
    var words: String
    var testDescription: String { name }
  }

  private static let troubles = [
    Trouble(
      name: "vanished", sql: "ALTER TABLE party RENAME TO persons",
      undo: "ALTER TABLE persons RENAME TO party", status: 65, words: "does not fit this database"),
    Trouble(
      name: "renamed", sql: "ALTER TABLE party RENAME phone TO telephone",
      undo: "ALTER TABLE party RENAME telephone TO phone", status: 65, words: "\"phone\""),
    Trouble(
      name: "forbidden", sql: "REVOKE SELECT ON party FROM erp_ro",
      undo: "GRANT SELECT ON party TO erp_ro", status: 77, words: "permission denied"),
    Trouble(
      name: "counted", sql: "ALTER TABLE party ALTER changed TYPE bigint USING 17",
      undo: "ALTER TABLE party ALTER changed TYPE text USING '2026-11-22 10:00:00'", status: 65,
      words: "does not fit this database"),
    Trouble(
      name: "locked", sql: "ALTER ROLE erp_ro PASSWORD 'another-word'",
      undo: "ALTER ROLE erp_ro PASSWORD 'reader-word'", status: 77,
      words: "refuses the user or the password"),
    Trouble(
      name: "crowded", sql: "ALTER ROLE erp_ro CONNECTION LIMIT 0",
      undo: "ALTER ROLE erp_ro CONNECTION LIMIT -1", status: 69, words: "too many connections"),
  ]

  @Test(arguments: troubles) func theOldCopyStays(trouble: Trouble) async throws {
    try await server.database(trouble.name, SQLiteERP.tables)
    let place = try await place(trouble.name)
    #expect(try await place.screenpop("sync").status == 0)
    try await server.sql(trouble.sql, in: trouble.name)
    let refused = try await place.screenpop("sync")
    #expect(refused.status == trouble.status, "\(refused.output)")
    #expect(refused.output.contains(trouble.words), "\(refused.output)")
    #expect(try await place.screenpop("lookup", "0353010001").output.contains("Dupont SA"))
    #expect(try await place.leftovers() == "")
    try await server.sql(trouble.undo, in: trouble.name)
    #expect(try await place.screenpop("sync", "--full").status == 0)
  }

  @Test func aDatabaseOfAnotherName() async throws {
    try await server.database("before", SQLiteERP.tables)
    let place = try await place("before")
    #expect(try await place.screenpop("sync").status == 0)
    try await server.sql("ALTER DATABASE before RENAME TO after")
    let refused = try await place.screenpop("sync")
    #expect(refused.status == 69)
    #expect(refused.output.contains("database \"before\" does not exist"), "\(refused.output)")
    #expect(try await place.screenpop("lookup", "0353010001").output.contains("Dupont SA"))
  }

  /// Numbers that were a number, keys that become a UUID's text.
  @Test func columnsThatChangeTheirType() async throws {
    try await server.database("typed", SQLiteERP.tables)
    try await server.sql(
      """
      UPDATE party SET phone = left(replace(phone, ' ', ''), 10);
      ALTER TABLE party ALTER phone TYPE numeric USING phone::numeric;
      """, in: "typed")
    let fixture = try SyncFixture()
    let profile = try fixture.profile(SQLiteERP.profile)
    try fixture.copy(profile, from: server.access("typed"))
    #expect(try fixture.who("0353010001") == ["Dupont SA"])
    try await server.sql(
      """
      ALTER TABLE party ALTER phone TYPE text USING '0' || phone::text || ' (bureau)',
        ALTER id TYPE text USING 'c0ffee00-0000-4000-8000-00000000000' || id,
        ALTER owner TYPE text USING 'c0ffee00-0000-4000-8000-00000000000' || owner,
        ALTER active TYPE boolean USING active = 1;
      """, in: "typed")
    let report = try fixture.copy(profile, from: server.access("typed"), .full).report
    #expect(report.store.added == 2)
    #expect(report.store.gone == 2)
    #expect(try fixture.who("0353010001") == ["Dupont SA"])
    #expect(try fixture.who("0639980001") == ["Dupont SA/Marie Dupont"])
    #expect(try fixture.store.record("C3")?.summary.sourceKey.hasPrefix("c0ffee00") == true)
  }

  /// The time of the change turns NULL: from then on everybody comes, rather than nobody.
  @Test func changesThatAreNoLongerDated() async throws {
    try await server.database("undated", SQLiteERP.tables)
    let fixture = try SyncFixture()
    let profile = try fixture.profile(SQLiteERP.profile)
    try fixture.copy(profile, from: server.access("undated"))
    try await server.sql("UPDATE party SET changed = NULL", in: "undated")
    try fixture.copy(profile, from: server.access("undated"), .full)
    try await server.sql(
      "INSERT INTO party (id, name, active, phone) VALUES (9, 'Weber', 1, '04 65 71 00 01')",
      in: "undated")
    try fixture.copy(profile, from: server.access("undated"))
    #expect(try fixture.who("0465710001") == ["Weber"])
  }

  /// A server that stops answering in the middle of a copy.
  @Test func aSessionThatFreezes() async throws {
    try await server.database("frozen", SQLiteERP.tables)
    let fixture = try SyncFixture()
    let profile = try fixture.profile(SQLiteERP.profile)
    try fixture.copy(profile, from: server.access("frozen"))
    try await many("frozen")
    let copy = CopyUnderWay(
      ERPCopy(
        profile, from: server.access("frozen"), into: fixture.store, plan: fixture.plan,
        timeLimit: 1))
    try await copy.hasRows()
    let sessions = try await server.sessions()
    #expect(sessions.count == 1)
    for session in sessions { kill(session, SIGSTOP) }
    defer { for session in sessions { kill(session, SIGCONT) } }
    let error = try await copy.failure()
    #expect(error?.kind == .timedOut)
    #expect(error?.sentence.hasSuffix("database frozen failed: no answer within 1 s") == true)
    #expect(try fixture.store.count() == 2)
    // Nothing of the copy is in the way of the next one.
    try fixture.copy(profile, from: server.access("frozen"), .full)
    #expect(try fixture.who("0536496000") == ["Party 24000"])
  }

  /// A server that is killed in the middle of a copy, and comes back.
  @Test func aServerThatCrashes() async throws {
    try await server.database("crashed", SQLiteERP.tables)
    let place = try await place("crashed")
    #expect(try await place.screenpop("sync").status == 0)
    try await many("crashed")
    let fixture = try SyncFixture(in: place)
    let copy = CopyUnderWay(
      ERPCopy(
        try fixture.profile(SQLiteERP.profile), from: server.access("crashed"),
        into: fixture.store, plan: fixture.plan))
    try await copy.hasRows()

    // Another copy does not wait for this one, and does not disturb it.
    let second = try await place.screenpop("sync", "--full")
    #expect(second.status == 75)
    #expect(second.output.contains("another import or copy into"), "\(second.output)")

    try await server.crash()
    #expect(try await copy.failure()?.kind == .failed)
    let refused = try await place.screenpop("sync")
    #expect(refused.status == 69)
    #expect(try await place.screenpop("lookup", "0353010001").output.contains("Dupont SA"))
    #expect(try await place.leftovers() == "")
    try await server.start()
    #expect(try await place.screenpop("sync", "--full").status == 0)
    #expect(try await place.screenpop("lookup", "0536496000").output.contains("Party 24000"))
  }

  private func place(_ database: String) async throws -> Workplace {
    let place = try await Workplace(sample: false)
    try place.configure(erp: server.connection(database), place.passwordFile())
    return place
  }

  /// More third parties than the driver has at once.
  private func many(_ database: String) async throws {
    try await server.sql(
      """
      INSERT INTO party (id, name, active, phone)
      SELECT 10 + i, 'Party ' || i, 1, CASE WHEN i > 23990 THEN '05 36 49 ' || lpad((i - 18000)::text, 4, '0') END
      FROM generate_series(1, 24000) i
      """, in: database)
  }
}

extension Workplace {
  /// What a copy has left behind in the store, a name a line.
  func leftovers() async throws -> String {
    try await state(
      "SELECT name FROM sqlite_schema WHERE name LIKE 'next%' OR name LIKE 'old%'")
  }
}

import ERPSync
import Glibc
import TestSupport
import Testing
import ThirdPartyStore

/// The window copies the ERP, a real PostgreSQL, by itself.
@Suite(.postgreSQL, .serialized, .timeLimit(.minutes(2))) struct WindowCopyTests {
  private let server: PostgreSQLServer

  init() throws { server = try #require(PostgreSQLTrait.server) }

  @Test func whatIsTypedComesAndWhatIsDeletedGoes() async throws {
    let place = try await place("typed")
    let window = try await place.openWindow()
    try await place.knows("0353010001")
    try await place.clicktocall("0353010001")
    try await window.wait(for: "Dupont SA")

    try await server.sql(
      """
      INSERT INTO party (id, name, active, phone, changed)
      VALUES (9, 'Weber', 1, '04 65 71 00 01', '2026-11-22 11:00:00')
      """, in: "typed")
    try await place.knows("0465710001")
    try await place.clicktocall("0465710001")
    try await window.wait(for: "Weber")

    // Only the day's full copy sees who was deleted.
    try await server.sql("DELETE FROM party WHERE id = 3", in: "typed")
    try await place.state("UPDATE copy SET full_at = full_at - 86400000")
    try await place.knows("0199000003", false)
    #expect(try await place.screenpop("lookup", "0353010001").output.contains("Dupont SA"))
    #expect(
      try await place.state("SELECT count(*) FROM copy WHERE full_at > changed_at - 3600000")
        == "1\n")
  }

  @Test func anERPThatIsDownIsShownUntilItIsBack() async throws {
    let place = try await place("down")
    let window = try await place.openWindow(width: 160)
    try await place.knows("0353010001")
    try await server.crash()
    let shown = try await window.wait(for: "connecting to PostgreSQL Unicode")
    #expect(shown.contains("next try in"))
    try await place.clicktocall("0353010001")
    try await window.wait(for: "Dupont SA")
    try await server.start()
    try await server.sql(
      """
      INSERT INTO party (id, name, active, phone, changed)
      VALUES (9, 'Weber', 1, '04 65 71 00 01', '2026-11-22 11:00:00')
      """, in: "down")
    try await window.wait(until: "the ERP without a fault") { !$0.contains("next try in") }
    try await place.knows("0465710001")
  }

  /// Of two windows that need everybody, one asks.
  @Test func twoWindowsDoNotAskTwice() async throws {
    let place = try await place("twice")
    try await slow("twice", seconds: 2)
    try await server.sql("ALTER ROLE erp_ro IN DATABASE twice SET log_statement = 'all'")
    let first = try await place.openWindow()
    let second = try await place.openWindow(station: "1025")
    try await place.knows("0353010001")
    try await place.clicktocall("0353010001")
    for window in [first, second] {
      let shown = try await window.wait(for: "Dupont SA")
      #expect(!shown.contains("next try in"))
    }
    #expect(server.log.matches(of: #/WHERE 1 = 1/#).count == 1, "\(server.log)")
  }

  @Test func quittingDuringACopyLeavesTheOldOne() async throws {
    let place = try await place("quit")
    #expect(try await place.screenpop("sync").status == 0)
    try await slow("quit", seconds: 60)
    try await place.state("UPDATE copy SET full_at = full_at - 86400000")
    let window = try await place.openWindow()
    try await waitUntil("a question to PostgreSQL") { try await !server.sessions().isEmpty }
    try await window.press("q")
    #expect(try await window.exitStatus() == 0)
    #expect(try await place.screenpop("lookup", "0353010001").output.contains("Dupont SA"))
    #expect(try await place.leftovers() == "")
  }

  /// A window's place whose ERP is this database, asked every second.
  private func place(_ database: String) async throws -> Workplace {
    try await server.database(database, SQLiteERP.tables)
    let place = try await Workplace(sample: false)
    try place.configure(
      erp: server.connection(database), "\(place.passwordFile())\ninterval = 1\nlive = false")
    return place
  }

  /// Makes each question for third parties take so long.
  private func slow(_ database: String, seconds: Int) async throws {
    try await server.sql(
      """
      ALTER TABLE party RENAME TO fast;
      CREATE VIEW party AS SELECT fast.* FROM fast, pg_sleep(\(seconds));
      GRANT SELECT ON party TO erp_ro;
      """, in: database)
  }
}

import ERPSync
import Glibc
import PhoneNumbers
import Telephony
import TestSupport
import Testing
import ThirdPartyStore

/// The tables of ERPs on a real PostgreSQL: Odoo's, in the shapes that its versions have, and others'.
@Suite(.postgreSQL, .serialized) struct PostgreSQLProfileTests {
  private let server: PostgreSQLServer
  private let fixture: SyncFixture
  private let profile: ERPProfile

  init() throws {
    server = try #require(PostgreSQLTrait.server)
    fixture = try SyncFixture()
    profile = try ERPProfile.named("odoo")
  }

  /// The columns of a version besides those that all have.
  private static let versions: [(name: String, columns: String)] = [
    (
      "odoo16", "display_name varchar, mobile varchar, customer_rank integer, supplier_rank integer"
    ),
    (
      "odoo17",
      "complete_name varchar, mobile varchar, customer_rank integer, supplier_rank integer"
    ),
    (
      "odoo18",
      """
      complete_name varchar, mobile varchar, phone_sanitized varchar, barcode jsonb,
      customer_rank integer, supplier_rank integer
      """
    ),
    // Without the module account.
    ("odoo18bare", "complete_name varchar, mobile varchar, phone_sanitized varchar"),
    ("odoo19", "complete_name varchar, customer_rank integer, supplier_rank integer"),
    // With the add-on that brings mobile numbers back.
    ("odoo19bare", "complete_name varchar, mobile varchar"),
  ]

  private static func tables(_ columns: String) -> String {
    """
    CREATE TABLE res_country (id integer PRIMARY KEY, code varchar(2), name jsonb);
    INSERT INTO res_country VALUES (1, 'FR', '{"en_US": "France"}'), (2, 'DE', '{"en_US": "Germany"}');
    CREATE TABLE res_partner (id integer PRIMARY KEY, name varchar, ref varchar, phone varchar,
      email varchar, street varchar, street2 varchar, zip varchar, city varchar, country_id integer,
      parent_id integer, commercial_partner_id integer, company_id integer, type varchar, active boolean,
      is_company boolean, partner_share boolean, create_date timestamp, write_date timestamp,
      \(columns));
    INSERT INTO res_partner (id, name, ref, phone, city, country_id, commercial_partner_id, type,
      active, is_company, partner_share, create_date, write_date) VALUES
      (1, 'My Company', NULL, '01 99 00 00 00', NULL, 1, 1, 'contact', true, true, false, now(), now()),
      (10, 'Dupont SA', 'C00123', '03 53 01 00 01', 'Strasbourg', 1, 10, 'contact', true, true, true,
        '2026-11-22 09:00', '2026-11-22 09:00'),
      (11, 'Marie Dupont', NULL, '06 39 98 00 01', NULL, NULL, 10, 'contact', true, false, true,
        '2026-11-22 09:00', '2026-11-22 09:00'),
      (12, 'Jean Privé', NULL, '06 39 98 00 02', NULL, 1, 12, 'private', true, false, true,
        '2026-11-22 09:00', '2026-11-22 09:00'),
      (13, 'Archived', NULL, '06 39 98 00 03', NULL, 1, 13, 'contact', false, true, true,
        '2026-11-22 09:00', '2026-11-22 09:00'),
      (14, 'Of the archived', NULL, '06 39 98 00 04', NULL, 1, 13, 'contact', true, false, true,
        '2026-11-22 09:00', '2026-11-22 09:00'),
      (15, 'Schmidt GmbH', 'C00123', '030 1234567', 'Berlin', 2, 15, 'contact', true, true, true,
        '2026-11-22 09:00', '2026-11-22 09:00');
    """
  }

  @Test(arguments: SampleERP.onPostgreSQL.map(\.profile))
  func anERPIsCopiedAndAskedForOneNumber(name: String) async throws {
    let erp = try #require(SampleERP.onPostgreSQL.first { $0.profile == name })
    try await server.database(name, erp.forPostgreSQL)
    try fixture.expect(erp, server.access(name))
  }

  @Test(arguments: versions) func aVersionIsCopied(name: String, columns: String) async throws {
    try await server.database(name, Self.tables(columns))
    let (hasRanks, hasMobile) = (columns.contains("customer_rank"), columns.contains("mobile"))
    if hasRanks {
      try await server.sql(
        """
        UPDATE res_partner SET customer_rank = 2 WHERE id = 10;
        UPDATE res_partner SET supplier_rank = 1 WHERE id = 15;
        """, in: name)
    }
    if hasMobile {
      try await server.sql(
        "UPDATE res_partner SET mobile = '06 39 98 00 10' WHERE id = 10", in: name)
    }
    try await server.sql("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM erp_ro", in: name)
    // Those of other versions fail.
    for right in rights(of: "odoo") { _ = try? await server.sql(right, in: name) }
    let (report, notices) = try fixture.copy(profile, from: server.access(name))
    #expect(report.store.added == 3)
    #expect(report.store.contacts == 1)
    #expect(notices == [])
    #expect(try fixture.who("0353010001") == ["Dupont SA"])
    #expect(try fixture.who("0639980001") == ["Dupont SA/Marie Dupont"])
    #expect(try fixture.who("0639980004") == ["Of the archived"])
    for number in ["0199000000", "0639980002", "0639980003"] {
      #expect(try fixture.who(number) == [])
    }
    #expect(try fixture.who("+49301234567") == ["Schmidt GmbH"])
    #expect(try fixture.who("0639980010") == (hasMobile ? ["Dupont SA"] : []))
    let kinds = try ["C00123", "C00123#15"].map { try fixture.store.record($0)?.summary.kind }
    #expect(kinds == (hasRanks ? [.customer, .supplier] : [.other, .other]))
    // Two have one code: the first has it, the key completes the other's.
    #expect(try fixture.store.record("C00123")?.summary.name == "Dupont SA")
    #expect(try fixture.store.record("C00123#15")?.summary.sourceKey == "15")
  }

  @Test func whatTheUserMayNotReadIsTold() async throws {
    try await server.database("denied", Self.tables(Self.versions[1].columns))
    try await server.sql("REVOKE ALL ON res_partner FROM erp_ro", in: "denied")
    let error = try fixture.failure(profile, from: server.access("denied"))
    #expect(error.kind == .denied)
    #expect(error.sentence.contains("permission denied for table res_partner"))
    #expect(error.sentence.contains("Resources/profiles"))
    let looked = #expect(throws: ERPError.self) {
      try server.access("denied").check(profile, mark: nil)
    }
    #expect(looked?.sentence.contains("permission denied for table res_partner") == true)
    #expect(looked?.sentence.hasSuffix("as it is, no third party is copied") == true)

    // All but one column: what needs it is done without, and that is said.
    for right in rights(of: "odoo") where !right.contains("mobile") {
      _ = try? await server.sql(right, in: "denied")
    }
    let notices = try fixture.copy(profile, from: server.access("denied")).notices
    #expect(notices.contains { $0.hasPrefix("{mobile}: ") && $0.contains("permission denied") })
    #expect(!notices.contains { $0.hasPrefix("{customer}") })
    #expect(try server.access("denied").check(profile, mark: nil) == notices)
  }

  @Test func aChangeMovesItsContactsToo() async throws {
    try await server.database("changes", Self.tables(Self.versions[1].columns))
    try fixture.copy(profile, from: server.access("changes"))
    try await server.sql(
      """
      UPDATE res_partner SET active = false, write_date = '2026-11-22 10:00' WHERE id = 10;
      UPDATE res_partner SET mobile = '+33 6 39 98 00 09', write_date = '2026-11-22 10:00' WHERE id = 15;
      """, in: "changes")
    let report = try fixture.copy(profile, from: server.access("changes")).report
    #expect(report.extent == .changes)
    // Those of the last ten minutes come again, too.
    #expect(report.rows == 5)
    #expect(try fixture.who("0353010001") == [])
    #expect(try fixture.who("0639980001") == ["Marie Dupont"])
    #expect(try fixture.who("0639980009") == ["Schmidt GmbH"])
  }

  @Test func aConnectionThatIsCutLeavesTheOldCopy() async throws {
    try await server.database("cut", Self.tables(Self.versions[1].columns))
    try fixture.copy(profile, from: server.access("cut"))
    try await server.sql(
      """
      INSERT INTO res_partner (id, name, phone, commercial_partner_id, active, partner_share, write_date)
      SELECT 1000 + i, 'Party ' || i, '', 1000 + i, true, true, now() FROM generate_series(1, 60000) i
      """, in: "cut")
    let copy = CopyUnderWay(
      ERPCopy(profile, from: server.access("cut"), into: fixture.store, plan: fixture.plan))
    try await copy.hasRows()
    try await server.sql(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'erp_ro'")
    let error = try await copy.failure()
    #expect(error?.kind == .failed, "\(String(describing: error))")
    #expect(try fixture.who("0353010001") == ["Dupont SA"])
    #expect(try fixture.store.count() == 3)
  }

  /// Text in a column of bytes, a number of which only seven digits are kept, and a flag that is a number.
  @Test func typesThatAreNotWhatTheyHold() async throws {
    let own = try fixture.profile(
      #"""
      select = '''
      SELECT * FROM (SELECT 1 AS id, convert_to('Zoé', 'UTF8') AS name, '0199001001' AS phone, 1.00 AS active
        UNION ALL SELECT 2, convert_to('Léo', 'LATIN1'), '0199001002', 1.00
        UNION ALL SELECT 3, 'Max', '0199001003', 0.00) x WHERE {where}
      '''
      all = "TRUE"
      """#)
    try await server.database("types", "")
    try fixture.copy(own, from: server.access("types"))
    #expect(try fixture.who("0199001001") == ["Zoé"])
    #expect(try fixture.who("0199001002") == ["Léo"])
    #expect(try fixture.who("0199001003") == [])
  }

  @Test func aPasswordThatIsRefusedIsNotTold() async throws {
    try await server.database("refused", Self.tables(Self.versions[1].columns))
    let error = try fixture.failure(
      profile, from: server.access("refused", password: "not-the-word"))
    #expect(error.kind == .refused)
    #expect(error.sentence.contains("refuses the user or the password"))
    #expect(!error.sentence.contains("not-the-word"))
  }

  @Test func aWindowThatIsRefusedWaitsLong() async throws {
    try await server.database("guarded", Self.tables(Self.versions[2].columns))
    let place = try await Workplace(sample: false)
    let password = try place.folder.write("not-the-word\n", to: "password")
    try #require(chmod(password, 0o600) == 0)
    try place.configure(
      """
      [erp]
      profile = "odoo"
      connection = "\(server.connection("guarded"))"
      password_file = "\(password)"
      """)
    let window = try await place.openWindow()
    try await window.wait(until: "the ERP's refusal") {
      $0.contains(#/next try in (900|8\d\d) s/#)
    }
  }

  @Test func theSessionCannotWrite() async throws {
    try await server.database("readonly", Self.tables(Self.versions[1].columns))
    try await server.sql("GRANT ALL ON ALL TABLES IN SCHEMA public TO erp_ro", in: "readonly")
    let own = try fixture.profile(
      """
      select = '''
      WITH gone AS (DELETE FROM res_partner RETURNING id, name, phone) SELECT * FROM gone WHERE {where}
      '''
      all = "TRUE"
      """)
    _ = try fixture.failure(own, from: server.access("readonly"))
    #expect(try await server.sql("SELECT count(*) FROM res_partner", in: "readonly") == "7\n")
  }

  /// What an administrator has in the connection string for other programs does not change what is read: with ReadOnly
  /// (A0) psqlodbc refuses SET, too.
  @Test(arguments: ["ReadOnly=1", "A0=1", "ConnSettings={SET client_encoding TO LATIN1}"])
  func optionsForOtherProgramsDoNoHarm(option: String) async throws {
    let database = "options_\(option.prefix(2).lowercased())"
    try await server.database(database, Self.tables(Self.versions[1].columns))
    let access = ERPAccess(
      connection: server.connection(database) + ";" + option, password: "reader-word")
    try await server.sql("UPDATE res_partner SET name = 'Zoé Ķ' WHERE id = 11", in: database)
    try fixture.copy(profile, from: access)
    #expect(try fixture.who("0639980001") == ["Dupont SA/Zoé Ķ"])
  }

  @Test func aNumberThatTheCopyDoesNotKnowIsAskedFor() async throws {
    try await server.database("live", Self.tables(Self.versions[1].columns))
    let question = try #require(
      ERPQuestion(
        profile, to: server.access("live"), for: fixture.store, plan: fixture.plan))
    let number = try #require(fixture.plan.number("06 39 98 00 01"))
    #expect(try question.ask(number) == .copied)
    #expect(try fixture.who("0639980001") == ["Dupont SA/Marie Dupont"])
    #expect(try question.ask(#require(fixture.plan.number("01 99 00 99 99"))) == .nobody)
  }
}

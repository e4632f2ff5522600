import ERPSync
import PhoneNumbers
import Telephony
import Testing
import ThirdPartyStore

/// The tables of ERPs on a real MariaDB: Dolibarr's, in the shapes that its versions have, and others'.
@Suite(.mariaDB, .serialized) struct MariaDBProfileTests {
  private let server: MariaDBServer
  private let fixture: SyncFixture
  private let profile: ERPProfile

  init() throws {
    server = try #require(MariaDBTrait.server)
    fixture = try SyncFixture()
    profile = try ERPProfile.named("dolibarr")
  }

  /// The column of a version besides those that all have.
  private static func tables(_ mobile: String) -> String {
    """
    CREATE TABLE llx_c_country (rowid integer PRIMARY KEY, code varchar(2));
    INSERT INTO llx_c_country VALUES (1, 'FR'), (5, 'DE');
    CREATE TABLE llx_societe (rowid integer AUTO_INCREMENT PRIMARY KEY, nom varchar(128),
      entity integer DEFAULT 1, code_client varchar(24), code_fournisseur varchar(24),
      status tinyint DEFAULT 1, client tinyint DEFAULT 0, fournisseur tinyint DEFAULT 0,
      address varchar(255), zip varchar(25), town varchar(50), fk_pays integer DEFAULT 0,
      phone varchar(20), \(mobile) fax varchar(20), email varchar(128),
      tms timestamp DEFAULT current_timestamp ON UPDATE current_timestamp);
    CREATE TABLE llx_socpeople (rowid integer AUTO_INCREMENT PRIMARY KEY, fk_soc integer,
      entity integer DEFAULT 1, lastname varchar(50), firstname varchar(50), address varchar(255),
      zip varchar(25), town varchar(255), fk_pays integer DEFAULT 0, phone varchar(30),
      phone_perso varchar(30), phone_mobile varchar(30), fax varchar(30), email varchar(255),
      priv smallint DEFAULT 0, statut tinyint DEFAULT 1,
      tms timestamp DEFAULT current_timestamp ON UPDATE current_timestamp);
    INSERT INTO llx_societe (rowid, nom, entity, code_client, code_fournisseur, status, client,
      fournisseur, town, fk_pays, phone) VALUES
      (1, 'Café Müller 🍞', 1, 'CU-1', NULL, 1, 1, 0, 'Colmar', 1, '0353010001'),
      (2, 'Fournitures Weber', 1, NULL, 'SU-2', 1, 0, 1, 'Berlin', 5, '030 1234567'),
      (3, 'Closed', 1, 'CU-3', NULL, 0, 1, 0, NULL, 1, '0199000003'),
      (4, 'Other company', 2, 'CU-4', NULL, 1, 1, 0, NULL, 1, '0199000004');
    INSERT INTO llx_socpeople (rowid, fk_soc, lastname, firstname, phone_perso, phone_mobile, priv)
      VALUES (1, 1, 'Muller', 'Anne', '0199000011', '0639980011', 0),
        (2, 1, 'Secret', 'Paul', '0199000012', NULL, 1), (3, 3, 'Gone', 'Luc', '0199000013', NULL, 0),
        (4, NULL, 'Alone', 'Eve', '0199000014', NULL, 0);
    """
  }

  private static let versions: [(name: String, column: String)] = [
    ("dolibarr19", ""), ("dolibarr20", "phone_mobile varchar(20),"),
  ]

  @Test(arguments: versions) func aVersionIsCopied(name: String, column: String) async throws {
    try await server.database(name, Self.tables(column))
    try await server.sql("REVOKE ALL ON \(name).* FROM erp_ro@localhost")
    for right in rights(of: "dolibarr", for: "erp_ro@localhost") {
      try await server.sql(right, in: name)
    }
    let (report, notices) = try fixture.copy(profile, from: server.access(name))
    #expect(report.store.added == 4)
    #expect(report.store.contacts == 1)
    #expect(notices == [])
    #expect(try fixture.who("0353010001") == ["Café Müller 🍞"])
    #expect(
      try fixture.who("0639980011") == ["Café Müller 🍞/Anne Muller"])
    #expect(try fixture.who("0199000011") == ["Café Müller 🍞/Anne Muller"])
    #expect(try fixture.who("+49301234567") == ["Fournitures Weber"])
    #expect(try fixture.who("0199000014") == ["Eve Alone"])
    #expect(try fixture.who("0199000013") == ["Luc Gone"])
    for number in ["0199000003", "0199000004", "0199000012"] {
      #expect(try fixture.who(number) == [])
    }
    #expect(try fixture.store.record("CU-1")?.summary.kind == .customer)
    #expect(try fixture.store.record("SU-2")?.summary.kind == .supplier)
  }

  @Test(arguments: (SampleERP.onMariaDB + SampleERP.onSQLServer).map(\.profile))
  func anERPIsCopiedAndAskedForOneNumber(name: String) async throws {
    let all = SampleERP.onMariaDB + SampleERP.onSQLServer
    let erp = try #require(all.first { $0.profile == name })
    try await server.database(name, erp.tables, encoding: erp.encoding)
    // Here the dictionary renamed the tables that the rights are given for.
    let isRenamed = name == "divalto"
    if !isRenamed { try await server.sql("REVOKE ALL ON \(name).* FROM erp_ro@localhost") }
    for right in rights(of: name, for: "erp_ro@localhost") where !isRenamed {
      // A table that is not there has no right.
      _ = try? await server.sql(right, in: name)
    }
    try fixture.expect(erp, server.access(name))
  }

  /// What an administrator has in the connection string for other programs does not change what is read.
  @Test(arguments: [
    "InitStmt={SET time_zone='+00:00', max_statement_time=30, tx_read_only=1}",
    "InitStmt={SET NAMES latin1}", "Charset=latin1", "Charset=utf8", "SQL_MODE=ANSI_QUOTES",
    "FORWARDONLY=1;NO_CACHE=1", "NO_SSPS=1",
  ])
  func optionsForOtherProgramsDoNoHarm(option: String) async throws {
    let name = "options_\(option.prefix { $0 != "=" }.lowercased())_\(option.utf8.count)"
    try await server.database(name, Self.tables(Self.versions[1].column))
    let access = ERPAccess(
      connection: server.connection(name) + ";" + option, password: "reader-word")
    let report = try fixture.copy(profile, from: access).report
    #expect(report.store.added == 4)
    #expect(try fixture.who("0353010001") == ["Café Müller 🍞"])
    #expect(try fixture.who("0639980011") == ["Café Müller 🍞/Anne Muller"])
    #expect(try fixture.who("+49301234567") == ["Fournitures Weber"])
  }

  @Test func aChangeIsCopiedAndTheSessionCannotWrite() async throws {
    try await server.database("changes", Self.tables(Self.versions[1].column))
    try fixture.copy(profile, from: server.access("changes"))
    try await server.sql(
      """
      UPDATE llx_societe SET phone_mobile = '0639980009', tms = '2030-01-01 00:00:00' WHERE rowid = 1
      """, in: "changes")
    let report = try fixture.copy(profile, from: server.access("changes")).report
    #expect(report.extent == .changes)
    #expect(try fixture.who("0639980009") == ["Café Müller 🍞"])
    #expect(try fixture.who("0639980011") == ["Café Müller 🍞/Anne Muller"])

    let own = try fixture.profile(
      "select = \"DELETE FROM llx_societe WHERE {where}\"\nall = \"1 = 1\"")
    let error = try fixture.failure(own, from: server.access("changes"))
    #expect(error.sentence.contains("READ ONLY"), "\(error.sentence)")
  }

  @Test func aNumberThatTheCopyDoesNotKnowIsAskedFor() async throws {
    try await server.database("live", Self.tables(Self.versions[1].column))
    let question = try #require(
      ERPQuestion(profile, to: server.access("live"), for: fixture.store, plan: fixture.plan))
    #expect(try question.ask(#require(fixture.plan.number("03 53 01 00 01"))) == .copied)
    #expect(try fixture.who("0353010001") == ["Café Müller 🍞"])
  }

  /// A flag that is a bit, text in a column of bytes, and a number of which only seven digits are kept.
  @Test func typesThatAreNotWhatTheyHold() async throws {
    let own = try fixture.profile(
      #"""
      select = '''
      SELECT * FROM (SELECT 1 AS id, CAST('Zoé' AS BINARY) AS name, CAST(199001001 AS FLOAT) AS phone,
          '0199001001' AS mobile, b'1' AS active
        UNION ALL SELECT 2, 'Max', NULL, '0199001002', b'0') x WHERE {where}
      '''
      all = "1 = 1"
      """#)
    try await server.database("types", "")
    let notices = try fixture.copy(own, from: server.access("types")).notices
    #expect(notices == ["1: phone \"1.99001E+8\" is no telephone number: left out"])
    #expect(try fixture.who("0199001001") == ["Zoé"])
    #expect(try fixture.who("0199001002") == [])
  }

  @Test func aPasswordThatIsRefusedIsNotTold() throws {
    let error = try fixture.failure(profile, from: server.access("mysql", password: "not-the-word"))
    #expect(error.kind == .refused, "\(error.sentence)")
    #expect(!error.sentence.contains("not-the-word"))
  }
}

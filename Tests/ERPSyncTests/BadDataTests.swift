import ERPSync
import PhoneNumbers
import Telephony
import TestSupport
import Testing
import ThirdPartyStore

/// What an ERP, a profile or a connection that is not right leads to: a sentence, and the old copy whole.
struct BadDataTests {
  private let fixture: SyncFixture
  private let erp: SQLiteERP
  private let profile: ERPProfile

  init() async throws {
    fixture = try SyncFixture()
    erp = try await SQLiteERP(in: fixture.folder)
    profile = try fixture.profile(SQLiteERP.profile)
  }

  @Test func columnsThatAreMissingAreNamed() throws {
    let own = try fixture.profile(
      """
      select = "SELECT id AS nummer, name AS nom FROM party WHERE {where}"
      all = "1 = 1"
      changes = "changed >= ?"
      """)
    let error = try fixture.failure(own, from: erp.access)
    #expect(error.kind == .badProfile)
    for word in ["columns: id, name, one for numbers", "changed; name them", "nummer, nom"] {
      #expect(error.sentence.contains(word))
    }
  }

  @Test func aSchemaThatChangedLeavesTheOldCopy() async throws {
    try fixture.copy(profile, from: erp.access)
    try await erp.run("ALTER TABLE party RENAME COLUMN phone TO telephone")
    let error = try fixture.failure(profile, from: erp.access, .changes)
    #expect(error.sentence.contains("no such column: phone"))
    #expect(try fixture.who("0353010001") == ["Dupont SA"])
  }

  @Test func textThatIsNotUTF8IsReadAllTheSame() async throws {
    try await erp.run("UPDATE party SET name = CAST(x'4d61c7f36e' AS TEXT) WHERE id = 3")
    let report = try fixture.copy(profile, from: erp.access).report
    #expect(report.foreignTexts == 1)
    #expect(try fixture.who("0199000003") == ["MaÇón"])
  }

  @Test func longTextsComeInPieces() async throws {
    // The pieces are cut in the middle of a character of three bytes.
    try await erp.run(
      "UPDATE party SET name = replace(printf('%.5000c', '*'), '*', '€') || '.' WHERE id = 3")
    try fixture.copy(profile, from: erp.access)
    let name = try #require(try fixture.who("0199000003").first)
    #expect(name == String(repeating: "€", count: 5000) + ".")
  }

  @Test func whatIsNotUnderstoodIsToldWithItsKey() async throws {
    try await erp.run(
      """
      UPDATE party SET country = 'Atlantis', phone = 'voir fiche' WHERE id = 3;
      INSERT INTO party (id, name, active, phone, changed) VALUES (9, NULL, NULL, NULL, 'gestern');
      """)
    let (report, notices) = try fixture.copy(profile, from: erp.access)
    #expect(
      notices == [
        "3: phone \"voir fiche\" is no telephone number: left out",
        "3: the country \"Atlantis\" is not known: its national numbers match weakly only",
      ])
    #expect(report.store.added == 3)
  }

  @Test func aRowWithoutKeyIsNotTaken() throws {
    let own = try fixture.profile(
      """
      select = "SELECT CASE id WHEN 3 THEN NULL ELSE id END AS id, name, phone FROM party WHERE {where}"
      all = "1 = 1"
      """)
    let (report, notices) = try fixture.copy(own, from: erp.access)
    #expect(report.refused == 1)
    #expect(notices == ["a row without id: not taken"])
  }

  /// Whose company is missing, none, closed or of another entity; keys and numbers of REAL columns; words
  /// for nothing; one key of two names; names in several languages.
  @Test func contactsAndKeysAsERPsHaveThem() async throws {
    try await erp.run(
      """
      CREATE TABLE p (id, code, name, phone, active, company_id, country);
      INSERT INTO p VALUES (1, 'A1', 'Alpha', '0199001001', 1, NULL, 'Allemagne'),
        (2, NULL, 'Zoe Zero', '0639980011', 1, 0, 'FR'), (3, NULL, 'Orphe Lin', '0639980012', 1, 99, 'FR'),
        (4, NULL, 'Moins Un', '0639980013', 1, -1, 'FR'), (5, NULL, 'Flo Tant', 33639980014.0, 1, 1.0, 'FR'),
        (6, 'C6', 'Close SA', '0199001006', 0, NULL, 'FR'), (7, NULL, 'Clo Ture', '0639980015', 1, 6, 'FR'),
        ('NULL', 'NULL', 'Nul Un', '0199001008', 1, NULL, 'FR'),
        ('NULL', 'NULL', 'Nul Deux', '0199001009', 1, NULL, 'FR'),
        (20, 'D', 'Delta', '0199001020', 1, NULL, 'FR'), (20, 'D', 'Epsilon', '0199001021', 1, NULL, 'FR'),
        (30, 'J', '{"en_US": "Wood", "zz_ZZ": "Holz"}', '0199001030', 1, NULL, '{"en_US": "France"}'),
        (31, 'K', '{"en": {"value": "Stone"}, "zz": {"value": "Stein"}}', '0199001031', 1, NULL, 'FR'),
        (32, 'L', '[{"lang": "zz", "value": "Eisen"}, {"lang": "en", "value": "Iron"}]', '0199001032', 1,
         NULL, 'FR'),
        (33, 'M', CAST('Zoé' AS BLOB), CAST('0199001033' AS BLOB), 1.0, NULL, 'FR'),
        (34, 'N', 'Fermé', '0199001034', '0.00', NULL, 'FR');
      """)
    let own = try fixture.profile(
      """
      select = "SELECT id, code, name, phone, active, company_id, country FROM p WHERE {where}"
      all = "1 = 1"
      """)
    let (report, notices) = try fixture.copy(own, from: erp.access)
    #expect(report.store.strayContacts == 2)
    #expect(notices.contains { $0.hasPrefix("20: another name than an earlier row") })
    for (number, name) in [
      ("0639980011", "Zoe Zero"), ("0639980012", "Orphe Lin"), ("0639980013", "Moins Un"),
      ("0639980014", "Alpha/Flo Tant"), ("0639980015", "Clo Ture"), ("0199001008", "Nul Un"),
      ("0199001009", "Nul Deux"), ("0199001020", "Delta"), ("0199001021", "Epsilon"),
      ("0199001030", "Wood"), ("0199001031", "Stone"), ("0199001032", "Iron"),
      ("0199001033", "Zoé"),
    ] {
      #expect(try fixture.who(number) == [name], "\(number)")
    }
    #expect(try fixture.who("0199001006") == [])
    #expect(try fixture.who("0199001034") == [])
  }

  @Test func controlCharactersDoNotReachASentence() async throws {
    try await erp.run("UPDATE party SET phone = 'x' || char(27) || '[31m' WHERE id = 3")
    let notices = try fixture.copy(profile, from: erp.access).notices
    #expect(notices == ["3: phone \"x[31m\" is no telephone number: left out"])
  }

  @Test(arguments: [
    ("Driver=Nowhere", "the driver is not installed"),
    ("DSN=nowhere", "no such driver or data source"),
    ("Driver=FreeTDS;Server=127.0.0.1;Port=1;Uid=u", "connecting to FreeTDS, 127.0.0.1 failed"),
    ("Driver=/nowhere/driver.so", "the driver is not installed"),
    ("Driver=PostgreSQL Unicode;Server=/nowhere;Database=erp;Uid=u", "connecting to"),
  ])
  func whoCannotBeReachedIsNamed(connection: String, words: String) throws {
    let access = ERPAccess(connection: connection, password: "hidden-word")
    let error = try fixture.failure(profile, from: access)
    #expect(error.kind == .unreachable)
    #expect(error.sentence.contains(words), "\(error.sentence)")
    #expect(!error.sentence.contains("hidden-word"))
  }

  @Test(arguments: [
    ("select = 1", "\"select\" is unknown or of another type"), ("weather = \"\"", "weather"),
    ("all = \"1\"", "select is missing"), ("all = ", "this is not TOML"),
    ("[.odata]", "this is not TOML"),
    ("select = \"SELECT 1\"\nall = \"1\"", "select has no {where}"),
    ("select = \"\"\nall = \"\"\n[[piece.a]]\nprobe = \"\"", "[[piece.a]]: sql is missing"),
  ])
  func aProfileThatIsNotRightSaysSo(toml: String, words: String) throws {
    let error = try #require(throws: ERPError.self) { try fixture.profile(toml) }
    #expect(error.kind == .badProfile)
    #expect(error.sentence.contains(words), "\(error.sentence)")
  }

  @Test func aNameWithoutMeaningIsTold() throws {
    let own = try fixture.profile(
      "select = \"SELECT {street} FROM party WHERE {where}\"\nall = \"1\"")
    #expect(try fixture.failure(own, from: erp.access).sentence.contains("{street}"))
  }

  @Test(arguments: ["tryton", "odoo", "dolibarr"])
  func aReadyProfileMeetsAnotherDatabaseWithASentence(name: String) throws {
    let error = try fixture.failure(try ERPProfile.named(name), from: erp.access)
    #expect(error.kind == .badAnswer)
    #expect(error.sentence.contains("does not fit this database"))
  }

  @Test func thereIsNoProfileOfThisName() throws {
    let error = try #require(throws: ERPError.self) { try ERPProfile.named("nowhere") }
    #expect(error.sentence.contains("tryton, odoo, dolibarr, "))
  }
}

import ERPSync
import PhoneNumbers
import Telephony
import TestSupport
import Testing
import ThirdPartyStore

/// Copies from an ERP of one's own, over SQLite's driver.
struct CopyTests {
  private let fixture: SyncFixture
  private let erp: SQLiteERP
  private let profile: ERPProfile

  init() async throws {
    fixture = try SyncFixture()
    erp = try await SQLiteERP(in: fixture.folder)
    profile = try fixture.profile(SQLiteERP.profile)
  }

  @Test func theFirstCopyBringsEverybodyWhoIsActive() throws {
    let (report, notices) = try fixture.copy(profile, from: erp.access)
    #expect(report.extent == .full)
    #expect(report.rows == 4)
    #expect(report.store.added == 2)
    #expect(report.store.contacts == 1)
    #expect(notices == [])
    #expect(try fixture.who("0353010002") == ["Dupont SA"])
    #expect(try fixture.who("+33639980001") == ["Dupont SA/Marie Dupont"])
    #expect(try fixture.who("0199000003") == ["Muller"])
    #expect(try fixture.who("0199000004") == [])
  }

  @Test func aSecondCopyBringsWhatHasChanged() async throws {
    try fixture.copy(profile, from: erp.access)
    try await erp.run(
      """
      UPDATE party SET phone = '04 65 71 00 01', changed = '2026-11-22 11:00:00' WHERE id = 1;
      INSERT INTO party VALUES (5, 'C5', 'Weber', NULL, 1, 'FR', '01 99 00 00 05', NULL,
        '2026-11-22 11:00:00');
      """)
    let report = try fixture.copy(profile, from: erp.access).report
    #expect(report.extent == .changes)
    // Those of the last ten minutes come again.
    #expect(report.rows == 3)
    #expect(try fixture.who("0465710001") == ["Dupont SA"])
    #expect(try fixture.who("0353010001") == [])
    #expect(try fixture.who("0199000005") == ["Weber"])
    #expect(try fixture.who("0639980001") == ["Dupont SA/Marie Dupont"])
  }

  @Test func theSameCopyTwiceChangesNothing() throws {
    try fixture.copy(profile, from: erp.access)
    let before = try fixture.store.matches(for: PhoneNumber(.complete, "+33353010001"))
    let report = try fixture.copy(profile, from: erp.access).report
    #expect(report.store.added == 0)
    #expect(report.store.gone == 0)
    #expect(try fixture.store.matches(for: PhoneNumber(.complete, "+33353010001")) == before)
  }

  @Test func whoIsNoLongerActiveGoesWithTheNextChanges() async throws {
    try fixture.copy(profile, from: erp.access)
    try await erp.run(
      "UPDATE party SET active = 0, changed = '2026-11-22 12:00:00' WHERE id IN (2, 3)")
    let report = try fixture.copy(profile, from: erp.access).report
    #expect(report.store.gone == 1)
    #expect(try fixture.who("0199000003") == [])
    #expect(try fixture.who("0639980001") == [])
    #expect(try fixture.who("0353010001") == ["Dupont SA"])
  }

  /// A date that somebody mistyped: what changes from now on comes all the same.
  @Test func aChangeInTheFutureHidesNone() async throws {
    let time = WallTime(milliseconds: 1_795_305_600_000)
    try await erp.run("UPDATE party SET changed = '2099-01-01 00:00:00' WHERE id = 1")
    try fixture.copy(profile, from: erp.access, at: time)
    try await erp.run(
      "UPDATE party SET phone = '01 99 00 00 05', changed = '2026-11-22 11:00:00' WHERE id = 3")
    #expect(try fixture.copy(profile, from: erp.access, at: time).report.extent == .changes)
    #expect(try fixture.who("0199000005") == ["Muller"])
  }

  /// A word that means neither yes nor no takes nobody's name away.
  @Test func anUnknownWordForActiveIsTold() async throws {
    try await erp.run(
      "UPDATE party SET active = CASE id WHEN 1 THEN 'aktiv' WHEN 3 THEN 'nein' ELSE 'ja' END")
    let (report, notices) = try fixture.copy(profile, from: erp.access)
    #expect(report.store.added == 2)
    #expect(notices.contains("1: active \"aktiv\" is neither yes nor no: taken for yes"))
    #expect(try fixture.who("0353010001") == ["Dupont SA"])
    #expect(try fixture.who("0199000003") == [])
  }

  @Test func whoWasDeletedGoesWithAFullCopy() async throws {
    try fixture.copy(profile, from: erp.access)
    try await erp.run("DELETE FROM party WHERE id = 3")
    try fixture.copy(profile, from: erp.access)
    #expect(try fixture.who("0199000003") == ["Muller"])
    #expect(try fixture.copy(profile, from: erp.access, .full).report.store.gone == 1)
    #expect(try fixture.who("0199000003") == [])
  }

  @Test func aFullCopyThatBringsNothingIsRefused() async throws {
    try fixture.copy(profile, from: erp.access)
    try await erp.run("DELETE FROM party")
    let error = try fixture.failure(profile, from: erp.access)
    #expect(error.kind == .store(.badInput))
    #expect(error.sentence.contains("no third party at all"))
    #expect(try fixture.who("0353010001") == ["Dupont SA"])
    let accepted = try fixture.copy(profile, from: erp.access, .full, acceptingFewer: true)
    #expect(accepted.notices == [])
    #expect(try fixture.who("0353010001") == [])
  }

  @Test func anERPWithoutDatesIsCopiedWhole() async throws {
    let plain = try fixture.profile(
      """
      select = "SELECT id, name, phone FROM party WHERE {where} AND active"
      all = "1 = 1"
      """)
    try fixture.copy(plain, from: erp.access)
    #expect(try fixture.copy(plain, from: erp.access).report.extent == .full)
    #expect(try fixture.who("0353010001") == ["Dupont SA"])
  }

  @Test func aPartyMayHaveThousandsOfNumbers() async throws {
    try await erp.run(
      """
      CREATE TABLE number (party INTEGER, number TEXT);
      WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 4999)
      INSERT INTO number SELECT 1, printf('+336399%05d', 80000 + i) FROM n;
      """)
    let numbers = try fixture.profile(
      """
      select = '''
      SELECT p.id, p.name, n.number, 'mobile' AS number_type FROM party p
      LEFT JOIN number n ON n.party = p.id WHERE {where} ORDER BY p.id
      '''
      all = "1 = 1"
      """)
    let report = try fixture.copy(numbers, from: erp.access, .full).report
    #expect(report.store.added == 4)
    #expect(try fixture.store.record("#1")?.numbers.count == 5000)
  }

  @Test func theERPsExceptionNumbersComeAlong() async throws {
    try await erp.run(
      """
      CREATE TABLE quiet (n TEXT, who TEXT);
      INSERT INTO quiet VALUES ('0800*', NULL), ('01 99 00 00 09', 'MD'), ('nobody', NULL);
      """)
    let quiet = try fixture.profile(
      SQLiteERP.profile
        + "\nexceptions = \"SELECT n AS number, who AS collaborator FROM quiet\"")
    let (report, notices) = try fixture.copy(quiet, from: erp.access)
    #expect(report.exceptions == 2)
    #expect(try fixture.store.exceptions().map(\.pattern) == ["+33199000009", "+33800*"])
    #expect(try fixture.store.exceptions().map(\.collaborator) == ["MD", nil])
    #expect(notices == ["exception \"nobody\" is neither a number nor a pattern"])
    // Of a profile that asks for none, none stay.
    try fixture.copy(profile, from: erp.access)
    #expect(try fixture.store.exceptions().isEmpty)
  }

  @Test func ofTheERPsExceptionNumbersNoneIsDropped() async throws {
    try await erp.run(
      """
      CREATE TABLE quiet AS WITH RECURSIVE
        i(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM i WHERE i < 9999),
        start(start) AS (VALUES ('019900'), ('026191'), ('035301'))
      SELECT printf('%s%04d', start, i) AS n FROM i, start
      """)
    let quiet = try fixture.profile(
      SQLiteERP.profile + "\nexceptions = \"SELECT n AS number FROM quiet\"")
    #expect(try fixture.copy(quiet, from: erp.access).report.exceptions == 30_000)
    #expect(try fixture.store.exceptions().count == 30_000)
    try await erp.run("DELETE FROM quiet WHERE n <> '0199000007'")
    // So many are not given up by themselves.
    #expect(try fixture.failure(quiet, from: erp.access, .changes).kind == .store(.badInput))
    let fewer = try fixture.copy(quiet, from: erp.access, .full, acceptingFewer: true)
    #expect(fewer.report.exceptions == 1)
    #expect(try fixture.store.exceptions().map(\.pattern) == ["+33199000007"])
  }

  /// A copy that is refused, or that cannot read them to the end, changes neither list.
  @Test func theERPsExceptionNumbersComeWithTheCopyOrNotAtAll() async throws {
    try await erp.run("CREATE TABLE quiet AS SELECT '0199000001' AS n")
    let quiet = try fixture.profile(
      SQLiteERP.profile + "\nexceptions = \"SELECT n AS number FROM quiet\"")
    try fixture.copy(quiet, from: erp.access)
    try await erp.run("UPDATE quiet SET n = '0199000002'; DELETE FROM party;")
    #expect(try fixture.failure(quiet, from: erp.access).kind == .store(.badInput))
    #expect(try fixture.store.exceptions().map(\.pattern) == ["+33199000001"])
  }

  @Test func aPreviewShowsAndChangesNothing() throws {
    let preview = try ERPCopy.preview(
      profile, from: erp.access, plan: fixture.plan, count: 1)
    #expect(preview.parties.map(\.name) == ["Dupont SA"])
    #expect(preview.parties[0].numbers.map { $0.number?.key } == ["+33353010001", "+33353010002"])
    #expect(preview.parties[0].numbers[0].text == "03 53 01 00 01 / 03 53 01 00 02")
    #expect(try fixture.store.count() == 0)
  }
}

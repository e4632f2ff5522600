import ERPSync
import PhoneNumbers
import Telephony
import TestSupport
import Testing
import ThirdPartyStore

/// Numbers that the copy does not know, asked for at the ERP.
struct LiveQuestionTests {
  private let fixture: SyncFixture
  private let erp: SQLiteERP
  private let profile: ERPProfile
  private let question: ERPQuestion

  init() async throws {
    fixture = try SyncFixture()
    erp = try await SQLiteERP(in: fixture.folder)
    profile = try fixture.profile(
      SQLiteERP.profile.replacing(
        "lookup = \"replace(phone, ' ', '')",
        with: "lookup = \"replace(coalesce(phone, mobile), ' ', '')"))
    question = try #require(
      ERPQuestion(profile, to: erp.access, for: fixture.store, plan: fixture.plan))
    try fixture.copy(profile, from: erp.access)
  }

  private func ask(_ number: String) throws -> ERPAnswer {
    try question.ask(#require(fixture.plan.caller(number).number))
  }

  /// A company and its contact person, whom only a later copy brings.
  private func enterWeber() async throws {
    try await erp.run(
      """
      INSERT INTO party VALUES
        (5, 'C5', 'Weber SA', NULL, 1, 'FR', '03 53 01 00 05', NULL, '2026-11-22 11:00:00'),
        (6, NULL, 'Jean Weber', 5, 1, 'FR', NULL, '06 39 98 00 06', '2026-11-22 11:00:00');
      """)
  }

  @Test func whoIsFoundJoinsTheCopy() async throws {
    try await enterWeber()
    #expect(try ask("0353010005") == .copied)
    #expect(try fixture.who("0353010005") == ["Weber SA"])
    #expect(try ask("0353010099") == .nobody)
  }

  @Test func aContactPersonStandsAloneUntilTheCompanyComes() async throws {
    try await enterWeber()
    #expect(try ask("0639980006") == .copied)
    #expect(try fixture.who("0639980006") == ["Jean Weber"])
    try fixture.copy(profile, from: erp.access)
    #expect(try fixture.who("0639980006") == ["Weber SA/Jean Weber"])
    #expect(try fixture.store.party(sourceKey: "6") == nil)
    #expect(try fixture.store.count() == 3)
  }

  @Test func aContactPersonJoinsACompanyThatTheCopyKnows() async throws {
    try await erp.run(
      """
      INSERT INTO party VALUES
        (7, NULL, 'Paul Dupont', 1, 1, 'FR', NULL, '06 39 98 00 07', '2026-11-22 11:00:00');
      """)
    #expect(try ask("0639980007") == .copied)
    #expect(try fixture.who("0639980007") == ["Dupont SA/Paul Dupont"])
  }

  @Test func theAnswerIsThereWhileACopyRuns() async throws {
    try await enterWeber()
    try await erp.run(
      """
      INSERT INTO party VALUES
        (7, NULL, 'Paul Dupont', 1, 1, 'FR', NULL, '06 39 98 00 07', '2026-11-22 11:00:00');
      """)
    let copy = try PartyCopy(into: fixture.store, from: ERPCopy.source, .full)
    defer { withExtendedLifetime(copy) {} }
    for (number, name, code, contact) in [
      ("0353010005", "Weber SA", "C5", nil), ("0639980006", "Jean Weber", "#6", nil),
      ("0639980007", "Dupont SA", "C1", "Paul Dupont"),
    ] {
      guard case .told(let matches) = try ask(number) else {
        Issue.record("\(number) was not told of")
        continue
      }
      #expect(matches.map(\.party.name) == [name])
      #expect(matches.map(\.party.code) == [code])
      #expect(matches.map(\.contact) == [contact])
      #expect(matches.map(\.strength) == [.exact])
      #expect(try fixture.who(number) == [])
    }
  }
}

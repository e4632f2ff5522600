import Telephony
import Testing
import ThirdPartyStore

/// What stands first of several matches, and what `lookup --explain` says of it.
@Suite struct RankingTests {
  private static let parties = """
    code;name;phone;contact
    A;Alpha;0199004567;
    B;Beta;0199004567;Marie
    C;Gamma;199004567;
    D;Delta;99004567;
    E;Epsilon;+49 199004567;
    F;Zeta;0261910000;
    """

  private func call(_ code: String, at time: Int64) -> JournalEntry {
    JournalEntry(
      key: "\(code)-\(time)", at: WallTime(milliseconds: time), number: "+33261910001", text: "",
      name: code, code: code, outcome: .answered)
  }

  @Test func `strength, then the choice, then the latest call, then the name`() async throws {
    let fixture = try StoreFixture()
    try await fixture.importing(Self.parties)
    let directory = try fixture.directory()
    let number = try fixture.number("0199004567")
    func order() throws -> String { try directory.matches(for: number).map(\.party.code).joined() }
    #expect(try order() == "ABCD")
    try directory.operatorData.record([call("A", at: 1), call("B", at: 2), call("D", at: 9)])
    #expect(try order() == "BACD")
    try directory.operatorData.record(call("A", at: 3))
    #expect(try order() == "ABCD")
    try directory.operatorData.setChoice(PartyReference(code: "B"), for: number)
    #expect(try order() == "BACD")
    // An earlier choice never lifts a weaker match above a stronger one.
    try directory.operatorData.setChoice(PartyReference(code: "D"), for: number)
    #expect(try order() == "ABCD")
  }

  @Test func `the reasons of matches and of near misses`() async throws {
    let fixture = try StoreFixture()
    try await fixture.importing(Self.parties)
    let directory = try fixture.directory()
    let number = try fixture.number("0199004567")
    try directory.operatorData.attach(number, to: PartyReference(code: "F"))
    try directory.operatorData.setChoice(PartyReference(code: "B"), for: number)
    try directory.operatorData.record(call("A", at: 7))
    let explanations = try directory.explain(number)
    let shown = explanations.map { explanation in
      let relations = explanation.numbers.map { "\($0.relation)" }.joined(separator: "+")
      return "\(explanation.party.code) \(explanation.match?.strength.rawValue ?? "-") \(relations)"
    }
    #expect(
      shown == [
        "B exact same", "A exact same", "F exact attached", "C national sameWithoutCountry",
        "D weak sameEnd", "E - other",
      ])
    #expect(explanations.map { $0.match?.isRemembered } == [true, false, false, false, false, nil])
    #expect(explanations.map(\.lastCall?.milliseconds) == [nil, 7, nil, nil, nil, nil])
    #expect(explanations[0].numbers.map(\.listed.contact) == ["Marie"])
  }

  /// Who calls, and what an ERP's field holds.
  @Test(arguments: [
    ("0388202122", "+33 (0)3 88 20 21 22", MatchStrength.exact),
    ("+33388202122", "0388202122", .exact),
    ("0033388202122", "Tél 03/88/20/21/22", .exact), ("33388202122", "03.88.20.21.22", .exact),
    ("0388202122", "388202122", .national), ("388202122", "0388202122", .national),
    ("0388202122", "88202122", .weak), ("88202122", "0388202122", .weak),
    ("0388202122", "+49388202122", nil), ("+49199001024", "0199001024", nil),
    ("0262123456", "+33262123456", .exact), ("+262262123456", "0262 12 34 56", .exact),
    ("+33262123456", "+262 262 12 34 56", .exact), ("1024", "poste 1024", .exact),
    ("1024", "0199001024", nil), ("0199001024", "1024", nil), ("3639", "36 39", .exact),
    ("118712", "118 712", .exact), ("0388202122", "0388202122 / 0639980011", .exact),
    ("0639980011", "0388202122 / 0639980011", .exact), ("0388202122", "n/c", nil),
  ])
  func `a caller and a field`(caller: String, field: String, strength: MatchStrength?) async throws
  {
    let fixture = try StoreFixture()
    try await fixture.importing("code;name;phone\nA;Alpha;\(field)\n")
    let matches = try fixture.directory().matches(for: try fixture.number(caller))
    #expect(matches.map(\.strength) == (strength.map { [$0] } ?? []))
  }
}

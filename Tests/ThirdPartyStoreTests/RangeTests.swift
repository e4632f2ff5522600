import GRDB
import PhoneNumbers
import Telephony
import Testing

@testable import ThirdPartyStore

/// Numbers that are known by their beginning (13.12).
@Suite struct RangeTests {
  /// What a field holds: ranges, and what else.
  static let fields: [(String, [String], String)] = [
    ("+3319900*", ["+3319900"], ""), ("0033 1 99 00*", ["+3319900"], ""),
    ("01 99 00 *", ["+3319900"], ""), ("01.99.00.45**", ["+331990045"], ""),
    ("Standard : 01 99 00 *", ["+3319900"], ""), ("Tél. (01) 99-00-*", ["+3319900"], ""),
    ("01 99 00 45 67 ; 01 99 00 46 *", ["+331990046"], "01 99 00 45 67 "),
    ("01 99 00 45 * / 01 99 00 46 *", ["+331990045", "+331990046"], ""),
    ("+3319900*, +3319900*", ["+3319900"], ""),
    // Codes, numbers of everybody, and what only has a star in it.
    ("*21*0199004567#", [], "*21*0199004567#"), ("01 9*", [], "01 9*"), ("+33*", [], "+33*"),
    ("*", [], "*"), ("0199*00", [], "0199*00"), ("1*", [], "1*"), ("***", [], "***"),
    ("poste *", [], "poste *"), ("01 99 00 45 67 *", [], "01 99 00 45 67 *"),
    ("C19900* voir", [], "C19900* voir"), ("+331990045671234*", [], "+331990045671234*"),
    ("01 99 00 45 67 (* sauf samedi)", [], "01 99 00 45 67 (* sauf samedi)"),
  ]

  @Test(arguments: fields) func whatAFieldNames(_ text: String, _ ranges: [String], _ rest: String)
  {
    let read = NumberPlan().ranges(inField: text)
    #expect(read.ranges.map(\.prefix) == ranges)
    #expect(read.rest == rest)
  }

  /// A caller whom nobody knows costs as little as one who is known, however many parties there are.
  @Test func whatALookupReadsIsFoundInAnIndex() async throws {
    let store = try StoreFixture()
    try await store.importing(Self.table)
    let plans: [(String, [String])] = [
      (
        LookupStatement.sql,
        [
          "number_by_key (key=?)", "number_incomplete (tail=?)", "number_complete (tail=?)",
          "number_by_range (kind=? AND key<?)",
        ]
      ), (LookupStatement.relatedSQL, ["number_by_key (key=?)"]),
      (LookupStatement.rangeSQL, ["number_by_range (kind=? AND key<?)"]),
    ]
    for (sql, wanted) in plans {
      let details = try await DatabaseQueue(path: store.path("parties.sqlite")).read { db in
        let statement = try db.makeStatement(sql: "EXPLAIN QUERY PLAN \(sql)")
        // Any values do.
        statement.setUncheckedArguments([])
        return try Row.fetchAll(statement).map { $0["detail"] as String }
      }
      let reads = details.filter {
        $0.contains("INDEX number") || ($0.contains("SCAN") && $0 != "SCAN CONSTANT ROW")
      }
      // Without how SQLite says it, and without the generation of the index.
      #expect(
        reads.map { $0.replacing(#/^.*INDEX /#, with: "").replacing(#/_\d+/#, with: "") } == wanted)
    }
  }

  private static let table = """
    code;name;phone
    A;Groupe Alpha;+3319900*
    B;Filiale Beta;01 99 00 45 *
    C;Garage Muller;01 99 00 45 67
    D;Delta;01 99 00 46 00 / 03 53 01 00 *
    E;Epsilon;0353010*
    F;Weak;99004799
    G;Gamma;+33198*
    """

  static let callers: [(String, [String])] = [
    ("0199001234", ["A range"]), ("0199004512", ["B range"]), ("0199004567", ["C exact"]),
    ("0199004600", ["D exact"]), ("0199004612", ["A range"]), ("0353010001", ["D range"]),
    ("0353010101", ["E range"]), ("0353011101", []), ("0199004799", ["A range", "F weak"]),
    ("+33199001234", ["A range"]), ("1990", []), ("0261910000", []),
  ]

  @Test(arguments: callers) func whoCalls(_ caller: String, _ parties: [String]) async throws {
    let store = try StoreFixture()
    try await store.importing(Self.table)
    let number = try store.number(caller)
    let found = try store.parties().matches(for: number)
    #expect(found.map { "\($0.party.code) \($0.strength.rawValue)" } == parties)
    #expect(found.allSatisfy { $0.contact == nil })
    let explained = try store.directory().explain(number).filter { $0.match != nil }
    #expect(explained.map(\.party.code) == found.map(\.party.code))
    #expect(
      explained.filter { $0.match?.strength == .range }.allSatisfy {
        $0.numbers.contains { $0.relation == .inRange }
      })
  }

  @Test func itIsListedExportedAndAttachedNumbersGoBefore() async throws {
    let store = try StoreFixture()
    try await store.importing(Self.table)
    try await store.importing(Self.table)
    let record = try #require(try store.parties().record("D"))
    #expect(record.numbers.map(\.text) == ["+333530100*", "01 99 00 46 00"])
    var csv = ""
    try store.parties().export { csv += $0 }
    let copy = try StoreFixture()
    try await copy.importing(csv)
    #expect(try copy.parties().record("D")?.numbers.count == 2)
    #expect(
      try copy.parties().matches(for: store.number("0199001234")).map(\.party.name)
        == ["Groupe Alpha"])
    let directory = try store.directory()
    try directory.operatorData.attach(store.number("0199001234"), to: PartyReference(code: "G"))
    #expect(
      try directory.matches(for: store.number("0199001234")).map(\.party.code) == ["G"])
  }

  @Test func whatIsAttachedIsThePartysUntilSomebodyHasTheNumber() async throws {
    let store = try StoreFixture()
    try await store.importing("code;name;phone\nG;Garage;0353010001\nB;Beta;0199001299\n")
    let directory = try store.directory()
    let data = directory.operatorData
    for (prefix, code) in [("+3319900", "G"), ("+331990012", "B"), ("+331990012", "B")] {
      try data.attach(NumberRange(prefix: prefix), to: PartyReference(code: code))
    }
    for (number, expected) in [
      ("0199004567", "G range"), ("0199001234", "B range"), ("0199001299", "B exact"),
      ("0465719900", ""),
    ] {
      #expect(
        try directory.matches(for: store.number(number)).map { "\($0.party.code) \($0.strength)" }
          .joined(separator: ", ") == expected, "\(number)")
    }
    #expect(
      try directory.record(PartyReference(code: "B"))?.numbers.map(\.text)
        == ["01 99 00 12 99", "+331990012*"])
    #expect(
      try directory.explain(store.number("0199001234")).first?.numbers.map(\.relation) == [.inRange]
    )
    // Neither ranges nor callers who are no numbers are attached numbers.
    try data.attach(text: "alice", to: PartyReference(code: "G"))
    #expect(try data.attachments().isEmpty)
    #expect(try data.attachedRanges().map(\.range.text) == ["+331990012*", "+3319900*"])
  }

  @Test func theERPSaysSoToo() throws {
    let numbers = NumberField("01 99 00 *", use: .phone, plan: NumberPlan())
    guard case .numbers(let listed) = numbers else { throw StoreError(.failed, "\(numbers)") }
    let row = CopiedRow(key: "1", code: "A", name: "Alpha", numbers: listed)
    let store = try StoreFixture()
    let number = try store.number("0199001234")
    #expect([row].matches(for: number).map(\.strength) == [.range])
    let copy = try PartyCopy(into: store.parties(), from: "erp", .full)
    try copy.add([row])
    _ = try copy.finish(mark: nil, at: WallTime(milliseconds: 1))
    #expect(try store.parties().matches(for: number).map(\.strength) == [.range])
  }
}

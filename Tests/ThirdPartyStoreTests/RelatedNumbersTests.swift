import PhoneNumbers
import Telephony
import Testing
import ThirdPartyStore

/// What is typed × what is sent × the match, where both are numbers and differ.
@Suite struct RelatedNumbersTests {
  /// How one field answers callers; a caller who is not named here finds nobody.
  struct Field: Sendable, CustomTestStringConvertible {
    var country = ""
    var typed: String
    var exact: [String] = []
    var national: [String] = []
    var weak: [(String, Match.Weakness)] = []
    var nobody: [String] = []

    var testDescription: String { "\(country) \(typed)" }
  }

  private static let fields: [Field] = [
    // A switchboard, and whoever calls from behind it.
    Field(
      country: "DE", typed: "069/90009-0", exact: ["+4969900090", "004969900090"],
      weak: [
        ("+496990009123", .switchboard), ("+49699000912", .switchboard),
        ("+496990009", .switchboard),
        ("+4969900091", .switchboard), ("+49699000912345", .switchboard),
        ("004969 90009 123", .switchboard),
      ],
      nobody: [
        "+496990008", "+4969900", "+496990019123", "+4930900090", "+496990009123456",
        "+43699000912",
      ]),
    Field(
      typed: "+49 89 99998-0", exact: ["+4989999980"], weak: [("+498999998123", .switchboard)],
      nobody: ["+498999997123"]),
    Field(
      country: "AT", typed: "01/90009-0", exact: ["+431900090"],
      weak: [("+43190009123", .switchboard)], nobody: ["+4319000", "+43190019123"]),
    // A direct number, the switchboard and the colleagues behind it, whose numbers have as many digits.
    Field(
      country: "DE", typed: "069/90009-123", exact: ["+496990009123"],
      weak: [
        ("+4969900090", .switchboard), ("+496990009", .switchboard),
        ("+496990009124", .switchboard),
      ],
      nobody: ["+496990008123", "+496990009123456", "+49699000912", "+43699000912"]),
    Field(
      country: "DE", typed: "069/90009-10/11", exact: ["+49699000910", "+49699000911"],
      weak: [("+4969900090", .switchboard), ("+49699000912", .switchboard)],
      nobody: ["+49699000810", "+4969900091011"]),
    Field(
      country: "AT", typed: "01/90009-0, DW 12, 13", exact: ["+431900090", "+4319000912"],
      weak: [("+4319000914", .switchboard)], nobody: ["+4319000812"]),
    // What stands before the hyphen may be ten companies' beginning.
    Field(
      country: "DE", typed: "030 123-4567", exact: ["+49301234567"],
      weak: [("+49301230", .switchboard), ("+4930123", .switchboard)],
      nobody: ["+49301234568", "+493012345"]),
    Field(
      country: "DE", typed: "089 99998-0 / -47", exact: ["+4989999980", "+49899999847"],
      weak: [("+498999998047", .switchboard), ("+49899999812", .switchboard)]),
    Field(country: "DE", typed: "069/90009123", exact: ["+496990009123"], nobody: ["+4969900090"]),
    Field(
      country: "DE", typed: "0171 12345-67", exact: ["+491711234567"], nobody: ["+491711234568"]),
    Field(
      country: "DE", typed: "030-123456", exact: ["+4930123456"], nobody: ["+4930", "+493012"]),
    // Where lengths are fixed there is nothing behind a number.
    Field(typed: "03 88 20 21-00", exact: ["0388202100"], nobody: ["0388202122", "0388202101"]),
    // What plans add and drop.
    Field(
      typed: "+55 11 98555-0124", exact: ["+5511985550124"], national: ["+551185550124"],
      nobody: ["+551198550124", "+5521985550124", "+5511985550125"]),
    Field(
      typed: "+55 11 8555-0124", exact: ["+551185550124"], national: ["+5511985550124"],
      nobody: ["+551155500124"]),
    Field(
      typed: "+55 11 5550-0123", exact: ["+551155500123"], weak: [("+5511955500123", .reading)],
      nobody: ["+5521955500123"]),
    Field(
      typed: "+55 11 95550-0124", exact: ["+5511955500124"], weak: [("+551155500124", .reading)]),
    Field(
      typed: "+54 9 11 5550-0125", exact: ["+5491155500125"], national: ["+541155500125"],
      nobody: ["+5491155500126", "+5491255500125"]),
    Field(
      typed: "+54 11 5550-0126", exact: ["+541155500126"], national: ["+5491155500126"]),
    Field(
      country: "AR", typed: "011 15-5550-0127", exact: ["+5491155500127"],
      national: ["+541155500127"]),
    Field(
      country: "IT", typed: "06 5550 0127", exact: ["+390655500127"], national: ["+39655500127"],
      weak: [("0655500127", .reading)], nobody: ["+390555500127"]),
    Field(typed: "+39 6 5550 0128", exact: ["+39655500128"], national: ["+390655500128"]),
    Field(
      typed: "+39 349 555 0127", exact: ["+393495550127"], national: ["+3903495550127"],
      nobody: ["+393495550128"]),
    Field(
      typed: "+52 1 55 5550 0127", exact: ["+525555500127", "+5215555500127"],
      nobody: ["+525555500128"]),
    // At home in the plan's region, on a foreign party.
    Field(
      country: "DE", typed: "01 99 00 10 01",
      weak: [("0199001001", .reading), ("+49199001001", .reading)], nobody: ["+41199001001"]),
    Field(country: "PT", typed: "01 99 00 10 03", national: ["0199001003", "+33199001003"]),
    Field(
      country: "CH", typed: "044 668 18 00", exact: ["+41446681800"],
      weak: [("0446681800", .reading)]),
    Field(country: "LU", typed: "26 12 34 56", exact: ["+35226123456"]),
    // An outside-line prefix that nobody configured.
    Field(
      typed: "01 99 00 30 15",
      exact: ["0199003015", "0199003015*206", "0199003015,,206#", "+33199003015#12"],
      national: ["00199003015", "90199003015", "90033199003015"],
      weak: [("80199003015", .end)], nobody: ["00199003016"]),
    Field(
      country: "DE", typed: "069 900 09 123 0176 040 69 012",
      exact: ["+496990009123", "+4917604069012"],
      nobody: ["+4969900", "+4991230176", "+494069012"]),
    Field(
      country: "DE", typed: "030 1234/567",
      weak: [("+49301234567", .reading), ("+49301234", .reading)], nobody: ["+4930123456"]),
    Field(
      typed: "01 99 00 20 22 - 24", exact: ["0199002022"], weak: [("0199002024", .reading)],
      nobody: ["0199002023"]),
    Field(typed: "01.99.00.30.22 à 25", exact: ["0199003022", "0199003023", "0199003025"]),
    Field(typed: "069/90009125", weak: [("+496990009125", .end)]),
  ]

  @Test(arguments: fields)
  func `a field and its callers`(field: Field) async throws {
    let fixture = try StoreFixture()
    let outcome = try await fixture.importing(
      CSVWriter.row(["code", "name", "country", "phone"])
        + CSVWriter.row(["A", "Alpha", field.country, field.typed]))
    #expect(outcome.refused == [])
    let directory = try fixture.directory()
    func found(_ caller: String) throws -> Match? {
      let number = try #require(fixture.plan.caller(caller).number)
      let matches = try directory.matches(for: number)
      let explained = try directory.explain(number).filter { $0.match != nil }
      #expect(explained.map(\.match) == matches.map { $0 })
      #expect(explained.allSatisfy { !$0.numbers.isEmpty }, "\(caller)")
      return matches.first
    }
    for caller in field.exact { #expect(try found(caller)?.strength == .exact, "\(caller)") }
    for caller in field.national { #expect(try found(caller)?.strength == .national, "\(caller)") }
    for (caller, weakness) in field.weak {
      let match = try found(caller)
      #expect(match?.strength == .weak, "\(caller)")
      #expect(match?.weakness == weakness, "\(caller)")
    }
    for caller in field.nobody { #expect(try found(caller) == nil, "\(caller)") }
  }

  @Test func `of all fields none answers to another's callers as sure`() async throws {
    let fixture = try StoreFixture()
    var text = CSVWriter.row(["code", "name", "country", "phone"])
    for (index, field) in Self.fields.enumerated() {
      text += CSVWriter.row(["C\(index)", "N\(index)", field.country, field.typed])
    }
    try await fixture.importing(text)
    let directory = try fixture.directory()
    for (index, field) in Self.fields.enumerated() {
      for caller in field.exact + field.national + field.weak.map(\.0) + field.nobody {
        let number = try #require(fixture.plan.caller(caller).number)
        for match in try directory.matches(for: number) where match.strength != .weak {
          let other = Self.fields[try #require(Int(match.party.code.dropFirst()))]
          let sure = other.exact + other.national
          let keys = sure.compactMap { fixture.plan.caller($0).number?.key }
          #expect(keys.contains(number.key), "\(index) \(caller) found \(other.typed)")
        }
      }
    }
  }

  @Test func `what is exported comes back the same`() async throws {
    let fixture = try StoreFixture()
    var text = CSVWriter.row(["code", "name", "country", "phone"])
    for (index, field) in Self.fields.enumerated() {
      text += CSVWriter.row(["C\(index)", "N\(index)", field.country, field.typed])
    }
    try await fixture.importing(text)
    let exported = try fixture.exported()
    let copy = try StoreFixture()
    let outcome = try await copy.importing(exported)
    #expect(outcome.refused == [])
    #expect(try copy.exported() == exported)
    for field in Self.fields {
      for caller in field.exact + field.national + field.weak.map(\.0) {
        let number = try fixture.number(caller)
        #expect(
          try copy.directory().matches(for: number).map(\.strength)
            == fixture.directory().matches(for: number).map(\.strength), "\(caller)")
      }
    }
  }

  @Test func `the report names a field that can be read in several ways`() async throws {
    let fixture = try StoreFixture()
    let outcome = try await fixture.importing(
      "code;name;country;phone\nA;Alpha;DE;030 1234/567\nB;Beta;DE;069/90009-0\nC;Gamma;CH;044 668 18 00\n"
    )
    #expect(
      outcome.notices
        == ["2: phone \"030 1234/567\" is not certain: each of its numbers matches weakly"])
    let record = try #require(try fixture.parties().record("A"))
    #expect(record.numbers.map(\.text) == ["030 1234/567"])
    #expect(record.numbers.map(\.number) == [nil])
    #expect(try fixture.parties().record("B")?.numbers.map(\.text) == ["+49 69 900090"])
  }

  @Test func `an ERP that answers at once is matched alike`() throws {
    let plan = NumberPlan()
    for field in Self.fields {
      guard
        case .numbers(let numbers) = NumberField(
          field.typed, use: .phone, plan: plan, home: .init(country: field.country))
      else {
        Issue.record("\(field.typed)")
        continue
      }
      let rows = [CopiedRow(key: "1", code: "A", name: "Alpha", numbers: numbers)]
      let strength = { (caller: String) in
        plan.caller(caller).number.flatMap { rows.matches(for: $0).first?.strength }
      }
      for caller in field.exact { #expect(strength(caller) == .exact, "\(caller)") }
      for caller in field.national { #expect(strength(caller) == .national, "\(caller)") }
      for (caller, _) in field.weak { #expect(strength(caller) == .weak, "\(caller)") }
      for caller in field.nobody { #expect(strength(caller) == nil, "\(caller)") }
    }
  }
}

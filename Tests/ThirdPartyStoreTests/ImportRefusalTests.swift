import Telephony
import Testing
import ThirdPartyStore

@Suite struct ImportRefusalTests {
  @Test(arguments: [
    ("C9;;;;", "2: no name, and no earlier row has the code C9"),
    (";;;client;", "2: neither a code nor a name"),
    ("C9;Nom;1,99E+08;;", "2: phone \"1,99E+08\" is no telephone number"),
    ("C9;Nom;;;;trop", "2: 6 fields under 5 headers; is a field unquoted?"),
  ])
  func `a row that is not taken is named with its line`(row: String, why: String) async throws {
    let store = try StoreFixture()
    let outcome = try await store.importing("code;name;phone;kind;country\n\(row)\n")
    #expect(outcome.refused == [why])
    #expect(outcome.report.taken == 0)
    #expect(outcome.report.isApplied == false)
    // Whether what was left out has a name and a number.
    #expect(outcome.report.lost == (row.contains("Nom") ? 1 : 0))
    #expect(try store.parties().count() == 0)
  }

  @Test(arguments: [
    ("C9;Nom;abc;;", "2: phone \"abc\" is no telephone number: left out"),
    (
      "C9;Nom;;patron;",
      "2: kind \"patron\" is none of customer, prospect, supplier, representative, other, contact: left out"
    ),
    (
      "C9;Nom;;;XX",
      "2: the country \"XX\" is not known: its national numbers match weakly only"
    ),
    ("C9;Nom;0199000001;;;trop", "2: 6 fields under 5 headers; is a field unquoted?"),
    ("C9;\"Nom;;;", "2: a quotation mark is never closed: read as a character"),
  ])
  func `what cannot be taken of a row costs itself only`(row: String, why: String) async throws {
    let store = try StoreFixture()
    let outcome = try await store.importing(
      "code;name;phone;kind;country\n\(row)\nC10;Autre;0199000001;;\n")
    #expect(outcome.notices == [why])
    #expect(outcome.report == ImportReport(taken: 2, refused: 0, isApplied: true))
    #expect(try store.parties().party("C9")?.name == "Nom")
  }

  @Test(arguments: [false, true])
  func `what can be taken, or the whole file or nothing where it is wanted so`(isWhole: Bool)
    async throws
  {
    let store = try StoreFixture()
    try await store.importing("code;name;phone\nC0;Avant;0199000000\n")
    let outcome = try await store.importing(
      "code;name;phone\nC1;Un;0199000001\nC2;;0199000002\nC3;Trois;0199000003\n",
      allOrNothing: isWhole)
    #expect(outcome.report == ImportReport(taken: 2, refused: 1, isApplied: !isWhole))
    #expect(try store.parties().count() == (isWhole ? 1 : 3))
    #expect(try store.parties().party("C0") != nil)
  }

  @Test func `an unreadable number beside a readable one is left out and told`() async throws {
    let store = try StoreFixture()
    let outcome = try await store.importing(
      "code;name;phone;mobile;x\nC1;Un;0199000001;voir Paul;\nC2;Deux;n/c;-;\n")
    #expect(outcome.notices == ["2: mobile \"voir Paul\" is no telephone number: left out"])
    #expect(outcome.unused == ["x"])
    #expect(outcome.report.isApplied)
    #expect(try store.parties().record("C1")?.numbers.count == 1)
    #expect(try store.parties().record("C2")?.numbers.isEmpty == true)
  }

  @Test(arguments: [
    "", "\n\n", "0388202122;Dupont;Metz\n",
    "colour;size\nred;1\n", "\u{FFFE}",
    "phone\n0388202122\n",
  ])
  func `a file without a usable header line`(text: String) async throws {
    let store = try StoreFixture()
    await #expect(throws: StoreError.self) { try await store.importing(text) }
    #expect(try store.parties().count() == 0)
  }

  @Test func `a folder is no file`() {
    let error = #expect(throws: StoreError.self) { try InputFile(path: "/tmp") }
    #expect(error?.sentence == "/tmp is a folder; name a file in it")
    #expect(error?.kind == .noInput)
  }

  @Test func `a file that is not there`() {
    let error = #expect(throws: StoreError.self) { try InputFile(path: "/nowhere/file.csv") }
    #expect(error?.kind == .noInput)
  }

  @Test func `a row of megabytes costs itself only`() async throws {
    let store = try StoreFixture()
    let outcome = try await store.importing(
      "code;name;phone\nC1;Un\nC2;\"" + String(repeating: "x", count: 3 << 20) + "\nC3;Trois\n")
    #expect(outcome.refused.count == 1)
    #expect(outcome.refused.first?.hasPrefix("3: longer than 1 MiB") == true)
    #expect(outcome.report.taken == 2)
  }

  @Test func `hostile text is kept as data`() async throws {
    let store = try StoreFixture()
    let name = "'); DROP TABLE party;-- \u{1B}[2J\u{202E}" + String(repeating: "é", count: 10_000)
    try await store.importing("code;name;phone\n\"C';--\";\"\(name)\u{0}\";0388202122\n")
    let matches = try store.parties().matches(for: try store.number("0388202122"))
    #expect(matches.map(\.party.name) == [name])
    #expect(matches.map(\.party.code) == ["C';--"])
    #expect(try store.parties().search("\" OR * NEAR(drop", limit: 5).isEmpty)
  }
}

import Telephony
import Testing
import ThirdPartyStore

@Suite struct ImportTests {
  @Test(arguments: [
    "code;name;phone\nC1;Dupont;0388202122\n",
    "CODE,Raison sociale,TÉLÉPHONE\nC1,Dupont,0388202122\n",
    "tel\tnom\tCode\n0388202122\tDupont\tC1",
    "\u{FEFF}code;NOM;Tél\r\nC1;Dupont;0388202122\r\n",
    "code;name;phone\rC1;Dupont;0388202122\r",
    "\"code\";\"raison-sociale\";\"tel\"\n\n\"C1\";\"Dupont\";\"03 88 20 21 22\"\n\n",
  ])
  func `headers, separators and line ends do not matter`(text: String) async throws {
    let store = try StoreFixture()
    let outcome = try await store.importing(text)
    #expect(outcome.report == ImportReport(taken: 1, refused: 0, isApplied: true))
    let matches = try store.parties().matches(for: try store.number("+33388202122"))
    #expect(matches.map(\.party.code) == ["C1"])
    #expect(matches.map(\.party.name) == ["Dupont"])
  }

  @Test(arguments: [
    ("customer", ThirdPartyKind.customer), ("Client", .customer), ("SUPPLIER", .supplier),
    ("fournisseur", .supplier), ("prospect", .prospect), ("representative", .representative),
    ("Commercial", .representative), ("autre", .other), ("other", .other), ("contact", .contact),
    ("", .other),
  ])
  func `kinds in both languages`(word: String, kind: ThirdPartyKind) async throws {
    let store = try StoreFixture()
    try await store.importing("code;name;type;phone\nC1;Dupont;\(word)\n")
    #expect(try store.parties().party("C1")?.kind == kind)
  }

  @Test func `Windows-1252 is recognised`() async throws {
    let store = try StoreFixture()
    // Tél; Café Müller, an apostrophe and a euro sign of the code page.
    let text: [UInt8] =
      Array("code;name;T".utf8) + [0xE9] + Array("l\nC1;Caf".utf8) + [0xE9]
      + Array(" M".utf8) + [0xFC] + Array("ller d".utf8) + [0x92] + Array("Ill ".utf8) + [0x80]
      + Array(";0388202122\n".utf8)
    try await store.importing(bytes: text)
    #expect(try store.parties().party("C1")?.name == "Café Müller d\u{2019}Ill €")
    #expect(try store.parties().matches(for: try store.number("0388202122")).count == 1)
  }

  /// Excel's "Unicode text" is UTF-16 with tabs; some write it with the high byte first.
  @Test(arguments: [false, true])
  func `UTF-16 is recognised`(isBigEndian: Bool) async throws {
    let store = try StoreFixture()
    var text = "\u{FEFF}code\tname\tTél\r\n"
    for index in 0..<6_000 {
      text += "C\(index)\tCafé \u{1F600} \(index)\t019900\(1_000 + index)\r\n"
    }
    let bytes = text.utf16.flatMap { unit in
      let pair = [UInt8(truncatingIfNeeded: unit), UInt8(unit >> 8)]
      return isBigEndian ? pair.reversed() : pair
    }
    let outcome = try await store.importing(bytes: bytes)
    #expect(outcome.report == ImportReport(taken: 6_000, refused: 0, isApplied: true))
    for index in [0, 2_500, 5_999] {
      let match = try store.parties().matches(for: try store.number("019900\(1_000 + index)")).first
      #expect(match?.party.name == "Café \u{1F600} \(index)")
    }
    // Half a unit at the end, and half a pair.
    let broken = try await StoreFixture().importing(bytes: Array(bytes.prefix(301)))
    #expect(broken.report.refused == 0)
  }

  @Test func `quotes, doubled quotes and line breaks inside quotes`() async throws {
    let store = try StoreFixture()
    let outcome = try await store.importing(
      "code,name,notes,phone\r\nC1,\"A \"\"B\"\", C\",\"one\r\ntwo\"\r\nC2,un \"deux\",x\r\n,,\r\n")
    // A row without a word says nothing.
    #expect(outcome.report == ImportReport(taken: 2, refused: 0, isApplied: true))
    #expect(try store.parties().record("C1")?.summary.name == "A \"B\", C")
    #expect(try store.parties().record("C1")?.remarks == "one\ntwo")
    #expect(try store.parties().party("C2")?.name == "un \"deux\"")
  }

  @Test func `rows with one code are one party`() async throws {
    let store = try StoreFixture()
    try await store.importing(
      """
      code;name;kind;phone;mobile;contact;city
      C1;Dupont SA;client;0388202122;0639980011;;
      C2;Autre;client;0199000001;;;
      C1;;contact;0639980012;;Marie Dupont, achats;Strasbourg
      C1;Dupont SA;;0388202122;;;
      C1;Dupont SA;;;;Sans Numéro;
      """)
    let record = try #require(try store.parties().record("C1"))
    #expect(record.summary.kind == .customer)
    #expect(record.summary.city == "Strasbourg")
    #expect(
      record.numbers.map { [$0.number?.key, $0.use.rawValue, $0.contact] } == [
        ["+33388202122", "phone", nil], ["+33639980011", "mobile", nil],
        ["+33639980012", "phone", "Marie Dupont, achats"], [nil, "phone", "Sans Numéro"],
      ])
    let match = try store.parties().matches(for: try store.number("0639980012"))
    #expect(match.map(\.contact) == ["Marie Dupont, achats"])
  }

  @Test func `a row without a code is keyed by name and first number`() async throws {
    let store = try StoreFixture()
    let text = """
      name;phone;mobile
      Dupont;0388202122;
      Dupont;03.88.20.21.22;0639980011
      Dupont;0199000001;
      """
    try await store.importing(text)
    #expect(try store.parties().count() == 2)
    let first = try store.exported()
    try await store.importing(text)
    #expect(try store.exported() == first)
    let codes = try store.parties().matches(for: try store.number("0388202122")).map(\.party.code)
    #expect(
      codes == (try store.parties().matches(for: try store.number("0639980011"))).map(\.party.code))
  }

  @Test func `the country is the region of the party's numbers`() async throws {
    let store = try StoreFixture()
    try await store.importing(
      "code;name;phone;pays\nC1;Berlin;030 123456;de\nC2;Paris;0199000001;FR\n")
    let record = try #require(try store.parties().record("C1"))
    #expect(record.country == "DE")
    #expect(record.numbers.map(\.number) == [PhoneNumber(.complete, "+4930123456")])
  }

  @Test func `an extension is matched as one`() async throws {
    let store = try StoreFixture()
    try await store.importing("code;nom;poste\nC1;Comptabilité;1025\n")
    let matches = try store.parties().matches(for: PhoneNumber(.extension, "1025"))
    #expect(matches.map(\.strength) == [.exact])
  }

  @Test(
    "Behind a telephone it may be one of the other side's exchange",
    arguments: ["Poste", "Ext", "Nebenstelle"])
  func behindTelephone(header: String) async throws {
    let store = try StoreFixture()
    try await store.importing(
      "Nom;Tél;\(header)\nAlpha;0199001001;1025\nComptabilité;;1026\n")
    let matches = try ["1025", "1026"].map {
      try store.parties().matches(for: PhoneNumber(.extension, $0)).map(\.strength)
    }
    #expect(matches == [[.weak], [.exact]])
  }
}

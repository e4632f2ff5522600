import Telephony
import Testing
import ThirdPartyStore

@Suite struct ReimportTests {
  private static let sample = #"""
    code;name;kind;phone;mobile;fax;poste;contact;email;address;zip;city;country;notes
    C1;"Dupont; ""SA""";customer;0388202122;0639980011;;;;a@b.example;"1 rue
    des Tanneurs";67000;Strasbourg;FR;note
    C1;;;0639980012;;;;Marie Dupont;;;;;;
    C1;;;0199000009 / 0199000008;;;;Marie Dupont;;;;;;
    C2;Müller;fournisseur;388202122;;0261910001;1025;;;;;;;
    C3;张伟;prospect;88202122;;;;;;;;;;
    C4;Sans numéro;autre;;;;;;;;;;;
    ;Sans code;contact;0465710001;;;;;;;;;;
    """#

  @Test func `importing twice changes nothing`() async throws {
    let store = try StoreFixture()
    try await store.importing(Self.sample)
    let parties = try store.parties()
    let text = try store.exported()
    let ids = try ["C1", "C2", "C3", "C4"].map { try parties.party($0)?.id }
    for _ in 1...2 {
      // The same open store sees each new generation.
      try await store.importing(Self.sample)
      #expect(try store.exported() == text)
      #expect(try ["C1", "C2", "C3", "C4"].map { try parties.party($0)?.id } == ids)
      #expect(try parties.count() == 5)
      #expect(try parties.search("mull", limit: 5).map(\.code) == ["C2"])
    }
  }

  @Test func `an export makes the same store again`() async throws {
    let (store, copy) = (try StoreFixture(), try StoreFixture())
    try await store.importing(Self.sample)
    let text = try store.exported()
    let outcome = try await copy.importing(text)
    #expect(outcome.refused == [])
    #expect(try copy.exported() == text)
    let (before, after) = (try store.parties(), try copy.parties())
    for code in ["C1", "C2", "C3", "C4"] {
      var (old, new) = (
        try #require(try before.record(code)), try #require(try after.record(code))
      )
      (old.summary.id, new.summary.id) = (0, 0)
      #expect(old == new)
    }
  }

  @Test func `parties of the file are updated, others stay`() async throws {
    let store = try StoreFixture()
    try await store.importing("code;name;phone\nC1;Un;0199000001\nC2;Deux;0199000002\n")
    let parties = try store.parties()
    let created = try parties.create(NewThirdParty(name: "Fait main", city: "Lyon"))
    try await store.importing("code;name;phone\nC2;Deux bis;0199000003\nC4;Quatre;0199000004\n")
    #expect(try parties.count() == 4)
    #expect(try parties.party("C1")?.name == "Un")
    #expect(try parties.party("C2")?.name == "Deux bis")
    #expect(try parties.party(created.code) == created)
    #expect(try parties.matches(for: try store.number("0199000001")).map(\.party.code) == ["C1"])
    #expect(try parties.matches(for: try store.number("0199000002")).isEmpty)
    #expect(try parties.matches(for: try store.number("0199000003")).map(\.party.code) == ["C2"])
    #expect(try parties.search("fait ly", limit: 3) == [created])
  }

  @Test func `a private person may be named as a contact only`() async throws {
    let store = try StoreFixture()
    let text =
      "code;société;contact;tel;email\n"
      + "C1;;Eva Blot;0199000001;e@example.org\nC2;;Luc Noir;0199000002;\nC2;Alfa;;0199000003;\n"
      + "C3;;Zoé Roy;0199000004;\nC3;;Max Neri;0199000005;\nC4;Beta;;;\nC4;;Zoé Roy;0199000006;\n"
    for pass in 1...2 {
      let outcome = try await store.importing(text)
      #expect(
        outcome.notices == ["6: another name than line 5, which has its code: a party of its own"])
      let owners = try (1...6).map { number in
        try store.parties().matches(for: try store.number("019900000\(number)")).map { match in
          "\(match.party.name)\(match.contact.map { " (\($0))" } ?? "")"
        }.joined(separator: ", ")
      }
      // Who came before his company is its contact once that is known.
      let early = pass == 1 ? "Alfa" : "Alfa (Luc Noir)"
      #expect(owners == ["Eva Blot", early, "Alfa", "Zoé Roy", "Max Neri", "Beta (Zoé Roy)"])
    }
  }

  @Test func `columns that the file does not have say nothing`() async throws {
    let store = try StoreFixture()
    try await store.importing(
      "code;name;kind;phone;mobile;city\nC1;Un;client;0199000001;0639980001;Lyon\n")
    try await store.importing("code;mobile\nC1;0639980002\n")
    let record = try #require(try store.parties().record("C1"))
    #expect(record.summary.name == "Un")
    #expect(record.summary.kind == .customer)
    #expect(record.summary.city == "Lyon")
    #expect(record.numbers.map { $0.number?.key } == ["+33639980002", "+33199000001"])
  }

  @Test func `lookups go on while an import runs, and see all or nothing of it`() async throws {
    let store = try StoreFixture()
    try await store.importing("code;name;phone\nC0;Avant;0388202122\n")
    let parties = try store.parties()
    let number = try store.number("0388202122")
    var text = "code;name;phone\n"
    for index in 0..<9_000 { text += "D\(index);Nom \(index);019900\(1_000 + index)\n" }
    text += "C0;Après;0388202122\n"
    let input = text
    let running = Task { try await store.importing(input) }
    var seen: Set<String> = []
    let deadline = ContinuousClock.now + .seconds(60)
    while !seen.contains("Après/9001"), ContinuousClock.now < deadline {
      let record = try #require(try parties.matches(for: number).first)
      seen.insert("\(record.party.name)/\(try parties.count())")
      await Task.yield()
    }
    _ = try await running.value
    // The count is read after the name: the swap may fall between the two, never within one.
    #expect(seen.contains("Après/9001"))
    #expect(seen.isSubset(of: ["Avant/1", "Avant/9001", "Après/9001"]))
  }

  @Test func `a party with five thousand numbers`() async throws {
    let store = try StoreFixture()
    var text = "code;name;phone\n"
    for index in 0..<5_000 { text += "C1;Standard;019900\(1_000 + index)\n" }
    try await store.importing(text)
    let record = try #require(try store.parties().record("C1"))
    #expect(record.numbers.count == 5_000)
    #expect(try store.parties().matches(for: try store.number("0199005999")).count == 1)
    let copy = try StoreFixture()
    try await copy.importing(try store.exported())
    #expect(try copy.parties().record("C1")?.numbers.count == 5_000)
  }

  @Test func `an apostrophe before a key is a spreadsheet's`() async throws {
    let store = try StoreFixture()
    try await store.importing("Customer ID,Name,Phone\n'5897398649016,Alfa,0199001001\n")
    try await store.importing("Customer ID,Name,Phone\n5897398649016,Alfa,0199001002\n")
    let number = try store.number("0199001001")
    #expect(try store.parties().matches(for: number).isEmpty)
  }
}

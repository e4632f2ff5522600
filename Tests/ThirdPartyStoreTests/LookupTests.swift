import Telephony
import Testing
import ThirdPartyStore

@Suite struct LookupTests {
  private static let parties = """
    code;name;phone;mobile;poste
    EXACT;Exact;0388202122;;
    LOST;Perdu;388202122;;
    TAIL;Bout;88202122;;
    FAR;Loin;+49 388202122;;
    EXT;Interne;;;1024
    NONE;Sans;;;
    """

  /// Caller, then code and strength of the matches, best first.
  @Test(arguments: [
    ("0388202122", ["EXACT exact", "LOST national", "TAIL weak"]),
    ("+33 3 88 20 21 22", ["EXACT exact", "LOST national", "TAIL weak"]),
    ("388202122", ["EXACT national", "LOST national", "TAIL weak", "FAR weak"]),
    ("88202122", ["TAIL weak", "EXACT weak", "FAR weak", "LOST weak"]),
    ("+49388202122", ["FAR exact", "LOST weak", "TAIL weak"]),
    ("0188202122", ["LOST weak", "TAIL weak"]),
    ("1024", ["EXT exact"]), ("1025", []), ("0199000000", []), ("8202122", []),
  ])
  func `every match, ranked by strength`(caller: String, expected: [String]) async throws {
    let store = try StoreFixture()
    try await store.importing(Self.parties)
    let matches = try store.parties().matches(for: try store.number(caller))
    #expect(Set(matches.map { "\($0.party.code) \($0.strength.rawValue)" }) == Set(expected))
    #expect(matches.map(\.strength) == matches.map(\.strength).sorted())
    for (a, b) in zip(matches, matches.dropFirst()) where a.strength == b.strength {
      #expect(a.party.name.lowercased() <= b.party.name.lowercased())
    }
  }

  @Test func `one party with the number twice is one match`() async throws {
    let store = try StoreFixture()
    try await store.importing(
      """
      code;name;phone;mobile;contact
      C1;Un;0388202122;03 88 20 21 22;
      C1;Un;388202122;;Perdu
      C2;Deux;0388202122;;Anne
      C2;Deux;0388202122;;Bruno
      C3;Trois;0388202122;;Claire
      C3;Trois;0388202122;;
      """)
    let matches = try store.parties().matches(for: try store.number("0388202122"))
    #expect(matches.map(\.party.code) == ["C2", "C3", "C1"])
    // A contact is named where no other one shares the number.
    #expect(matches.map(\.contact) == [nil, "Claire", nil])
    #expect(matches.allSatisfy { $0.strength == .exact })
  }

  @Test(arguments: [
    ("C0", ["C001", "C002", "C003"]), ("c001", ["C001"]), ("caf", ["C002"]), ("CAFÉ", ["C002"]),
    ("ecl stras", ["C002"]), ("strasbourg", ["C003", "C002"]), ("dup", ["C001"]), ("zz", []),
    ("", []), ("-- *", []), ("张", ["C003"]), ("e", ["C002"]),
  ])
  func `search by name, city or code`(text: String, codes: [String]) async throws {
    let store = try StoreFixture()
    try await store.importing(
      """
      code;name;city;phone
      C001;Ateliers Dupont;Lyon
      C002;Café de l'Éclair;Strasbourg
      C003;张伟 Strasbourg;Nantes
      """)
    let found = try store.parties().search(text, limit: 10).map(\.code)
    #expect(Set(found) == Set(codes))
    #expect(try store.parties().search("C0", limit: 2).count == 2)
  }

  @Test(arguments: [
    ("word", 30), ("WORDS", 1), ("word1", 11), ("wordside", 1), ("wörd9", 1), ("word strasb", 30),
    ("word lyon", 1), ("wordless", 0), ("wordless word", 0), ("œuvre", 1), ("œuv", 1),
    ("oeuvre", 1), ("łódź", 1), ("ecla", 1), ("éclairs", 1), ("eclairsz", 0),
  ])
  func `words that few and many others begin with`(text: String, count: Int) async throws {
    let store = try StoreFixture()
    let rows = (0..<29).map { "C\($0);Word\($0);Strasbourg\n" }
    try await store.importing(
      "code;name;city;phone\n\(rows.joined())D1;Wordside;Lyon Strasbourg\nD2;Œuvres Łódź;Éclairs\n")
    let parties = try store.parties()
    #expect(try parties.search(text, limit: 50).count == count)
    // What the window creates is among them.
    _ = try parties.create(NewThirdParty(name: "\(text)new"))
    #expect(try parties.search(text, limit: 50).count == count + 1)
  }

  @Test func `a created party is found at once`() throws {
    let store = try StoreFixture()
    let parties = try store.parties()
    let number = try store.number("0639981234")
    let party = try parties.create(
      NewThirdParty(
        name: " Nouvelle SARL ", kind: .prospect, zip: "67000", city: "Strasbourg",
        numbers: [ListedNumber(use: .phone, number: number, text: "06 39 98 12 34")]))
    #expect(party.code == "NEW-\(party.id)")
    #expect(try parties.matches(for: number) == [Match(party: party, strength: .exact)])
    #expect(try parties.record(party.code)?.numbers.map(\.text) == ["06 39 98 12 34"])
    #expect(try parties.search("nouv", limit: 5) == [party])
  }

  @Test(arguments: [("C1", "Autre"), (nil, " "), ("C1", "")])
  func `a party that cannot be created`(code: String?, name: String) throws {
    let store = try StoreFixture()
    let parties = try store.parties()
    _ = try parties.create(NewThirdParty(code: "C1", name: "Un"))
    let error = #expect(throws: StoreError.self) {
      try parties.create(NewThirdParty(code: code, name: name))
    }
    #expect(error?.kind == .badInput)
    #expect(try parties.count() == 1)
  }
}

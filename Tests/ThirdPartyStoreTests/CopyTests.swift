import GRDB
import PhoneNumbers
import Telephony
import Testing
import ThirdPartyStore

@Suite struct CopyTests {
  private static let noon = WallTime(milliseconds: 1_795_000_000_000)

  private func listed(_ text: String, _ use: ListedNumber.Use = .phone) -> [ListedNumber] {
    switch NumberField(text, use: use, plan: NumberPlan()) {
    case .numbers(let numbers): numbers
    case .empty, .unreadable: []
    }
  }

  /// A company with the key K, the code CK, and one number.
  private func company(_ key: Int, name: String? = nil, number: String? = nil) -> CopiedRow {
    CopiedRow(
      key: "\(key)", code: "C\(key)", kind: .customer, name: name ?? "Nom \(key)", city: "Lyon",
      numbers: listed(number ?? "019900\(1_000 + key)"))
  }

  private func person(_ key: String, of owner: Int, _ name: String, _ number: String) -> CopiedRow {
    CopiedRow(key: key, owner: "\(owner)", name: name, numbers: listed(number, .mobile))
  }

  @discardableResult
  private func copy(
    _ rows: [CopiedRow], into store: PartyStore, _ extent: PartyCopy.Extent = .full,
    from source: String = "erp", removing keys: [String] = [], mark: String? = nil,
    acceptingFewer: Bool = false
  ) throws -> CopyReport {
    let run = try PartyCopy(into: store, from: source, extent)
    try run.remove(keys)
    // Two batches: what belongs together may come apart.
    try run.add(Array(rows.prefix(rows.count / 2)))
    try run.add(Array(rows.dropFirst(rows.count / 2)))
    return try run.finish(mark: mark, at: Self.noon, acceptingFewer: acceptingFewer)
  }

  /// `code name: number(contact) …` of every party that the store finds by these codes.
  private func picture(_ store: PartyStore, _ codes: [String]) throws -> [String] {
    try codes.compactMap { code in
      try store.record(code).map { record in
        let numbers = record.numbers.map { "\($0.number?.key ?? "-")(\($0.contact ?? ""))" }
        return "\(code) \(record.summary.name): \(numbers.joined(separator: " "))"
      }
    }
  }

  @Test func `a full copy replaces its source's parties and leaves the others`() async throws {
    let fixture = try StoreFixture()
    try await fixture.importing("code;name;phone\nL1;Local;0261910001\nC2;Importé;0261910002\n")
    let store = try fixture.parties()
    let adopted = try #require(try store.party("C2")?.id)
    let first = try copy([company(1), company(2), company(3)], into: store, mark: "m1")
    #expect([first.added, first.updated, first.gone] == [3, 0, 0])
    // The imported party with the code of a copied one became that party.
    #expect(try store.party("C2")?.id == adopted)
    #expect(try store.party("C2")?.sourceKey == "2")
    #expect(try store.count() == 4)

    let second = try copy([company(2, name: "Deux"), company(4)], into: store, mark: "m2")
    #expect([second.added, second.updated, second.gone] == [1, 1, 2])
    #expect(
      try picture(store, ["L1", "C1", "C2", "C3", "C4"]) == [
        "L1 Local: +33261910001()", "C2 Deux: +33199001002()", "C4 Nom 4: +33199001004()",
      ])
    #expect(try store.party("C2")?.id == adopted)
    #expect(try store.matches(for: try fixture.number("0199001001")).isEmpty)
    #expect(try store.matches(for: try fixture.number("0199001004")).map(\.party.code) == ["C4"])
    #expect(try store.search("deu", limit: 5).map(\.code) == ["C2"])
    #expect(try store.search("impor", limit: 5).isEmpty)
    #expect(
      try store.copies() == [
        CopyState(source: "erp", mark: "m2", parties: 2, fullAt: Self.noon, changedAt: nil)
      ])
  }

  @Test func `contact persons belong to their party, whichever comes first`() throws {
    let fixture = try StoreFixture()
    let store = try fixture.parties()
    let report = try copy(
      [
        person("p1", of: 1, "Marie", "0639980001"), company(1),
        person("p2", of: 1, "Paul", "0639980002"), person("p3", of: 9, "Seul", "0639980003"),
        CopiedRow(key: "p1", owner: "1", name: "Marie", numbers: listed("0199009999")),
        CopiedRow(key: "p4", owner: "1", name: "Sans"), company(1, number: "0199008888"),
      ], into: store)
    #expect([report.added, report.contacts, report.strayContacts] == [2, 3, 1])
    #expect(
      try picture(store, ["C1"]) == [
        """
        C1 Nom 1: +33639980001(Marie) +33199001001() +33639980002(Paul) +33199009999(Marie) \
        -(Sans) +33199008888()
        """
      ])
    // Whose company has not come stands alone.
    #expect(try picture(store, ["#p3"]) == ["#p3 Seul: +33639980003()"])
  }

  @Test func `who has no name is shown by the company, or by the key without one`() throws {
    let fixture = try StoreFixture()
    let store = try fixture.parties()
    let rows = [
      company(1), person("p1", of: 1, "", "0639980001"), person("p2", of: 9, "", "0639980002"),
    ]
    try copy(rows, into: store)
    #expect(try picture(store, ["C1"]) == ["C1 Nom 1: +33199001001() +33639980001()"])
    #expect(try picture(store, ["#p2"]) == ["#p2 #p2: +33639980002()"])
    let caller = try fixture.number("0639980001")
    for matches in [try store.matches(for: caller), rows.matches(for: caller)] {
      #expect(matches.map(\.party.code) == ["C1"])
      #expect(matches.allSatisfy { $0.contact == nil })
    }
    // It goes with its key, and gets the name that it is given.
    try copy([person("p1", of: 1, "Marie", "0639980001")], into: store, .changes)
    #expect(try store.matches(for: caller).map(\.contact) == ["Marie"])
    try copy([], into: store, .changes, removing: ["p1"])
    #expect(try picture(store, ["C1"]) == ["C1 Nom 1: +33199001001()"])
  }

  @Test func `changes touch what they name and nothing else`() throws {
    let fixture = try StoreFixture()
    let store = try fixture.parties()
    try copy(
      (1...60).map { company($0) } + [
        person("p1", of: 1, "Marie", "0639980001"), person("p2", of: 1, "Paul", "0639980002"),
        person("p3", of: 2, "Zoé", "0639980003"),
      ], into: store, mark: "m1")
    let ids = try ["C1", "C2", "C3"].map { try store.party($0)?.id }
    let report = try copy(
      [
        company(1, name: "Un", number: "0199005555"),  // its contact persons stay
        person("p3", of: 3, "Zoé Muller", "0639980033"),  // has changed companies
        company(61), person("p4", of: 61, "Neuf", "0639980004"),
      ], into: store, .changes, removing: ["p2", "4", "absent"], mark: "m2")
    #expect([report.added, report.updated, report.gone] == [1, 1, 1])
    #expect(
      try picture(store, ["C1", "C2", "C3", "C4", "C61"]) == [
        "C1 Un: +33199005555() +33639980001(Marie)", "C2 Nom 2: +33199001002()",
        "C3 Nom 3: +33639980033(Zoé Muller) +33199001003()",
        "C61 Nom 61: +33199001061() +33639980004(Neuf)",
      ])
    #expect(try ["C1", "C2", "C3"].map { try store.party($0)?.id } == ids)
    #expect(try store.search("un", limit: 5).map(\.code) == ["C1"])
    #expect(try store.search("C4", limit: 50).map(\.code).contains("C4") == false)
    #expect(try store.matches(for: try fixture.number("0639980002")).isEmpty)
    #expect(try store.copies(of: "erp")?.parties == 60)
    #expect(try store.copies(of: "erp")?.mark == "m2")
    #expect(try store.copies(of: "erp")?.changedAt == Self.noon)
    #expect(try store.count() == 60)
  }

  @Test func `the same changes again change nothing`() throws {
    let fixture = try StoreFixture()
    let store = try fixture.parties()
    let rows =
      (1...40).map { company($0) } + [person("p1", of: 1, "Marie", "0639980001")]
    try copy(rows, into: store)
    let before = try fixture.exported()
    for extent in [PartyCopy.Extent.changes, .full, .changes] {
      let report = try copy(rows, into: store, extent)
      #expect([report.added, report.updated, report.gone] == [0, 40, 0])
      #expect(try fixture.exported() == before)
    }
  }

  @Test func `one code for two keys, codes that are empty, names that are empty`() throws {
    let fixture = try StoreFixture()
    let store = try fixture.parties()
    _ = try store.create(NewThirdParty(code: "D", name: "Fait main"))
    let rows = [
      CopiedRow(key: "7", code: "D", name: "Sept"), CopiedRow(key: "8", code: "D", name: "Huit"),
      CopiedRow(key: "9", name: "Neuf"), CopiedRow(key: "10", code: "E", name: " "),
      CopiedRow(key: "11", code: "#9", name: "Onze"),
    ]
    for extent in [PartyCopy.Extent.full, .changes, .full] {
      try copy(rows, into: store, extent)
      #expect(
        try ["D", "D#8", "#9", "E", "#9#11"].map { try store.party($0)?.name } == [
          "Sept", "Huit", "Neuf", "E", "Onze",
        ])
      #expect(try store.count() == 5)
    }
    // A party that was deleted and made again has another key and may have its code at once.
    try copy(
      [CopiedRow(key: "12", code: "E", name: "Nouveau")], into: store, .changes, removing: ["10"])
    #expect(try store.party("E")?.name == "Nouveau")
  }

  @Test func `two sources do not touch each other`() throws {
    let fixture = try StoreFixture()
    let store = try fixture.parties()
    try copy([company(1), company(2)], into: store, from: "a")
    try copy(
      [company(1, name: "Autre"), person("2", of: 1, "Marie", "0639980001")], into: store, from: "b"
    )
    #expect(
      try ["C1", "C1#1", "C2"].map { try store.party($0)?.name } == ["Nom 1", "Autre", "Nom 2"])
    try copy([], into: store, .changes, from: "a", removing: ["2"])
    #expect(try store.party("C2") == nil)
    #expect(try store.matches(for: try fixture.number("0639980001")).count == 1)
  }

  @Test func `a copy that brings nothing or far fewer is refused`() throws {
    let fixture = try StoreFixture()
    let store = try fixture.parties()
    let all = (1...50).map { company($0) }
    try copy(all, into: store, mark: "m1")
    for rows in [[], Array(all.prefix(39))] {
      let error = #expect(throws: StoreError.self) { try copy(rows, into: store, mark: "m2") }
      #expect(error?.kind == .badInput)
      #expect(error?.sentence.contains("nothing was changed") == true)
    }
    #expect(try store.count() == 50)
    #expect(try store.copies(of: "erp")?.mark == "m1")
    try copy(Array(all.prefix(40)), into: store)
    try copy(Array(all.prefix(2)), into: store, acceptingFewer: true)
    #expect(try store.count() == 2)
  }

  /// All parties are there, and what a caller is known by is not: a column that moved, or that may no longer be read.
  @Test func `a copy without numbers or exceptions is refused`() throws {
    let fixture = try StoreFixture()
    let store = try fixture.parties()
    let all = (1...20).map { company($0) }
    let quiet = (0..<15).map { ExceptionNumber(pattern: "080\($0)*", list: .erp) }
    func copy(
      _ rows: [CopiedRow], _ quiet: [ExceptionNumber], _ extent: PartyCopy.Extent = .full
    ) throws {
      let run = try PartyCopy(into: store, from: "erp", extent)
      try run.add(rows)
      try run.add(exceptions: quiet)
      _ = try run.finish(mark: nil, at: Self.noon)
    }
    try copy(all, quiet)
    let mute = all.map { row in
      var row = row
      row.numbers = []
      return row
    }
    func expectRefusal(
      _ word: String, _ rows: [CopiedRow], _ quiet: [ExceptionNumber], _ extent: PartyCopy.Extent
    ) throws {
      let error = #expect(throws: StoreError.self) { try copy(rows, quiet, extent) }
      #expect(error?.kind == .badInput)
      #expect(error?.sentence.contains(word) == true, "\(error?.sentence ?? "")")
    }
    try expectRefusal("telephone numbers", mute, quiet, .full)
    try expectRefusal("exception numbers", all, [], .full)
    try expectRefusal("exception numbers", [], [], .changes)
    #expect(try store.exceptions().count == 15)
    #expect(try store.matches(for: try fixture.number("0199001007")).map(\.party.code) == ["C7"])
    // A party more and one number less are daily business.
    try copy(all.dropLast() + [company(21)], quiet)
    #expect(try store.copies(of: "erp")?.refusal == nil)
  }

  /// Everybody is marked as not active while the ERP is moved.
  @Test func `changes that take most away are refused`() throws {
    let fixture = try StoreFixture()
    let store = try fixture.parties()
    try copy((1...50).map { company($0) }, into: store, mark: "m1")
    let error = #expect(throws: StoreError.self) {
      try copy([], into: store, .changes, removing: (1...11).map { "\($0)" }, mark: "m2")
    }
    #expect(error?.sentence == "the changes take away 11 of 50 third parties; nothing was changed")
    #expect(try store.count() == 50)
    #expect(try store.copies(of: "erp")?.mark == "m1")
    try copy([], into: store, .changes, removing: (1...10).map { "\($0)" }, mark: "m2")
    #expect(try store.count() == 40)
  }

  @Test func `a copy that is let go of leaves the old picture whole`() throws {
    let fixture = try StoreFixture()
    let store = try fixture.parties()
    try copy([company(1), company(2)], into: store, mark: "m1")
    let before = try fixture.exported()
    for extent in [PartyCopy.Extent.full, .changes] {
      let run = try PartyCopy(into: store, from: "erp", extent)
      try run.add([company(1, name: "Autre"), company(3)])
      let error = #expect(throws: StoreError.self) {
        try PartyCopy(into: store, from: "erp", .changes)
      }
      #expect(error?.kind == .busy)
    }
    #expect(try fixture.exported() == before)
    try copy([company(1), company(3)], into: store, acceptingFewer: true)
    #expect(try store.party("C3") != nil)
  }

  @Test func `one party that was asked for joins the copy`() throws {
    let fixture = try StoreFixture()
    let store = try fixture.parties()
    try copy([company(1), company(2)], into: store, mark: "m1")
    let run = try PartyCopy(into: store, from: "erp", .changes)
    try run.add([company(7)])
    #expect(try run.finish(mark: nil, at: nil).added == 1)
    #expect(try store.matches(for: try fixture.number("0199001007")).map(\.party.code) == ["C7"])
    let state = try #require(try store.copies(of: "erp"))
    #expect(state.mark == "m1")
    #expect(state.parties == 3)
    #expect(state.changedAt == nil)
  }

  @Test func `an import keeps whose parties they are`() async throws {
    let fixture = try StoreFixture()
    let store = try fixture.parties()
    try copy((1...50).map { company($0) }, into: store)
    // Few among many, and then all: the two ways in which an import takes effect.
    let all = (1...50).map { "C\($0);Un;01990010\($0 < 10 ? "0" : "")\($0)\n" }.joined()
    for text in ["C1;Un;0199001001\n", all] {
      try await fixture.importing("code;name;phone\n" + text)
      #expect(try store.party("C1")?.sourceKey == "1")
      #expect(try store.matches(for: try fixture.number("0199001001")).map(\.party.name) == ["Un"])
    }
    try copy((1...50).map { company($0) }, into: store, .changes)
    #expect(try store.count() == 50)
    #expect(try store.party("C1")?.name == "Nom 1")
  }

  @Test func `hostile texts are data`() throws {
    let fixture = try StoreFixture()
    let store = try fixture.parties()
    let text = "x'; DROP TABLE party; --\u{0}\u{202E}\""
    try copy(
      [
        CopiedRow(key: text, code: text, name: text, numbers: listed("0199001001")),
        CopiedRow(key: "k", owner: text, name: text, numbers: listed("0199001002")),
      ], into: store, from: text)
    try copy([], into: store, .changes, from: text, removing: ["k"])
    #expect(try store.count() == 1)
    #expect(try store.matches(for: try fixture.number("0199001001")).count == 1)
    #expect(try store.matches(for: try fixture.number("0199001002")).isEmpty)
  }
}

import GRDB
import PhoneNumbers
import Telephony
import Testing
import ThirdPartyStore

/// A cell that holds what ScreenPop never writes is a sentence, and never a name that may be another's.
@Suite struct WrongCellTests {
  private let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  /// A store with a row in every table.
  private func fill() async throws {
    try await fixture.importing(
      "code;name;phone;contact;city;notes\nC1;Dupont SA;0388202122;Marie;Lyon;Bon payeur\n"
        + "C2;Muller;0199004567;;Metz;\n")
    let number = try fixture.number("0388202122")
    let copy = try PartyCopy(into: try fixture.parties(), from: "erp", .full)
    try copy.add([CopiedRow(key: "7", code: "C7", name: "Copie", numbers: [])])
    try copy.add(exceptions: [ExceptionNumber(pattern: "+33800*", list: .erp)])
    _ = try copy.finish(mark: "2026-11-22 10:00:00", at: WallTime(milliseconds: 1_000))
    let data = try fixture.operatorData()
    let party = PartyReference(code: "C2")
    try data.record(entry)
    try data.add(ExceptionNumber(pattern: "+33199*", collaborator: "MD", list: .own))
    try data.setChoice(party, for: number)
    try data.attach(try fixture.number("0199009999"), to: party)
    try data.setOption("popup", "true")
    try data.add(Note(at: WallTime(milliseconds: 5), text: "rappeler"), on: .party(party))
  }

  private var entry: JournalEntry {
    JournalEntry(
      key: "k", at: WallTime(milliseconds: 1_700_000_000_000, offset: 3600), number: "+33388202122",
      text: "03 88 20 21 22", name: "Dupont SA", code: "C1", outcome: .answered, reason: .busy,
      duration: 12)
  }

  /// Everything that is read, and then written; a failure is a ``StoreError``, which the signatures say.
  private func useAll(copying: Bool, importing: Bool) async throws -> Used {
    var used = Used()
    let told = Told()
    let notices = told.notices()
    do {
      let parties = try PartyStore(
        path: fixture.path("parties.sqlite"), plan: fixture.plan, notices: notices)
      used.read { used in
        for text in ["0388202122", "0199004567", "0199009999", "1024"] {
          used.matches += try parties.matches(for: try fixture.number(text))
        }
      }
      used.read { used in used.found += try parties.search("dup", limit: 9).map(\.name) }
      used.read { _ in _ = try parties.search("c", limit: 9) }
      used.read { _ in for code in ["C1", "C2", "C7", ""] { _ = try parties.record(code) } }
      used.read { _ in _ = try parties.party(sourceKey: "7") }
      used.read { _ in
        for format in [ExportFormat.csv, .vCard(.four)] { try parties.export(as: format) { _ in } }
      }
      used.read { _ in _ = try (parties.copies(), parties.count(), parties.exceptions()) }
      let data = try OperatorStore(path: fixture.path("operator.sqlite"), notices: notices)
      let directory = StoreDirectory(parties: parties, operatorData: data)
      let number = try fixture.number("0388202122")
      used.read { used in used.matches += try directory.matches(for: number) }
      used.read { _ in _ = try directory.explain(number) }
      used.read { _ in
        for code in ["C1", "C2"] { _ = try directory.record(PartyReference(code: code)) }
      }
      used.read { used in used.calls = try data.journal().count }
      used.read { _ in
        for call in try data.journal() { _ = (call.at.iso8601, call.at.localDay, call.at.time) }
      }
      used.read { _ in _ = try (data.exceptions(), data.options(), data.attachments()) }
      used.read { _ in _ = try data.notes(on: .party(PartyReference(code: "C2"))) }
      used.read { _ in try data.record([entry]) }
      guard copying else {
        used.notices = told.all
        return used
      }
      used.read { _ in _ = try parties.create(NewThirdParty(name: "Neu")) }
      used.read { _ in
        let copy = try PartyCopy(into: parties, from: "erp", .changes)
        try copy.add([
          CopiedRow(key: "7", name: "Copie"), CopiedRow(key: "8", owner: "7", name: "P"),
        ])
        try copy.add(exceptions: [])
        _ = try copy.finish(mark: nil, at: WallTime(milliseconds: 9))
      }
    } catch {
      used.failures.append("\(error)")
    }
    if importing {
      do {
        try await fixture.importing("code;name;phone\nC3;Trois;0353010003\n")
      } catch {
        used.failures.append("\(error)")
      }
    }
    used.notices = told.all
    return used
  }

  @Test(arguments: ["parties.sqlite", "operator.sqlite"])
  func `every value in every cell`(name: String) async throws {
    try await fill()
    let whole = try Whole(fixture)
    let file = SpoiledFile(path: fixture.path(name))
    let before = try await useAll(copying: true, importing: true)
    #expect(before.failures.isEmpty && before.notices.isEmpty, "\(before)")
    var spoiled = 0
    for cell in try file.cells() {
      for value in SpoiledFile.values {
        try whole.restore(fixture)
        guard try file.put(value, into: cell) else { continue }
        spoiled += 1
        let used = try await useAll(
          copying: name == "parties.sqlite",
          importing: name == "parties.sqlite" && value.hasPrefix("x"))
        let comment = "\(value) in \(cell.table).\(cell.column): \(used)"
        // A name that is sure is one of those that were, or what somebody wrote in its place.
        for match in used.matches where match.strength != .weak {
          let isKnown = ["Dupont SA", "Muller", "Copie"].contains(match.party.name)
          #expect(isKnown || cell.column == "name", "\(comment)")
        }
        #expect(!used.failures.contains { $0.isEmpty }, "\(comment)")
        if used.calls == 0, cell.table == "journal" {
          #expect(!used.notices.isEmpty || !used.failures.isEmpty, "\(comment)")
        }
      }
    }
    #expect(spoiled > 200)
  }

  @Test func `a row that cannot be read makes the others no surer than they are`() async throws {
    try await fixture.importing("code;name;phone\nC1;Un;0388202122\nC2;Deux;0388202122\n")
    let file = fixture.path("parties.sqlite")
    #expect(
      try SpoiledFile(path: file).put(
        "CASE code WHEN 'C1' THEN x'00' ELSE name END",
        into: SpoiledFile.Cell(table: "party", column: "name")))
    let told = Told()
    let notices = told.notices()
    let store = try PartyStore(path: file, plan: fixture.plan, notices: notices)
    let matches = try store.matches(for: try fixture.number("0388202122"))
    #expect(matches.map(\.party.name) == ["Deux"])
    #expect(matches.map(\.strength) == [.weak])
    #expect(told.all.count == 1)
    #expect(told.all.first?.contains("third parties in \(file): 1 cannot be read") == true)
    #expect(try store.faults().count == 1)
  }

  @Test(arguments: [Int64.min, -1, 0, 9_214_646_400_000_000, .max], [Int.min, 0, .max])
  func `a call of an absurd time is still a call`(milliseconds: Int64, zone: Int) throws {
    let data = try fixture.operatorData()
    var call = entry
    call.at = WallTime(milliseconds: milliseconds, offset: zone)
    try data.record(call)
    try DatabaseQueue(path: fixture.path("operator.sqlite")).write {
      try $0.execute(
        sql: "UPDATE journal SET at = ?, zone = ?", arguments: [milliseconds, zone])
    }
    let read = try #require(try data.journal().first)
    #expect(read.key == "k")
    #expect(read.at == call.at)
    #expect((0...9999).contains(read.at.date.year))
    #expect(read.at.iso8601.count == 25)
  }
}

/// What came of using a store.
private struct Used {
  var matches: [Match] = []
  var found: [String] = []
  var calls = 0
  var failures: [String] = []
  var notices: [String] = []

  mutating func read(_ body: (inout Used) throws -> Void) {
    do { try body(&self) } catch { failures.append("\(error)") }
  }
}

/// The files of a store as they were.
private struct Whole {
  private let files: [(name: String, bytes: [UInt8])]

  init(_ fixture: StoreFixture) throws {
    files = try ["parties.sqlite", "operator.sqlite"].map { name in
      try DatabaseQueue(path: fixture.path(name)).writeWithoutTransaction {
        try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      }
      return (name, try StoreFixture.bytes(of: fixture.path(name)))
    }
  }

  func restore(_ fixture: StoreFixture) throws {
    for (name, bytes) in files {
      for suffix in ["", "-wal", "-shm"] { fixture.remove(name + suffix) }
      _ = try fixture.write(bytes, to: name)
    }
  }
}

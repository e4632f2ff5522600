import Telephony
import Testing
import ThirdPartyStore

/// What the operator keeps of a third party stays its own when the ERP gives it another code.
@Suite struct RenumberingTests {
  private let store: StoreFixture
  private let directory: StoreDirectory
  private let number: PhoneNumber
  private static let note = Note(at: WallTime(milliseconds: 7), text: "rappeler")

  init() throws {
    store = try StoreFixture()
    directory = try store.directory()
    number = try store.number("0639980001")
    try copy(.full, ["1": "C1", "2": "C2"])
  }

  /// Copies parties by key and code, all with one number of one name.
  private func copy(_ extent: PartyCopy.Extent, _ codes: [String: String]) throws {
    let copy = try PartyCopy(into: directory.parties.own, from: "erp", extent)
    let shared = try store.number("0199000001")
    try copy.add(
      codes.sorted { $0.key < $1.key }.map { key, code in
        CopiedRow(
          key: key, code: code, name: "Dupont",
          numbers: [ListedNumber(use: .phone, number: shared, text: "0199000001")])
      })
    _ = try copy.finish(mark: nil, at: WallTime(milliseconds: 1), acceptingFewer: true)
  }

  /// Keeps something of everything on the party with this code.
  private func keep(on code: String) throws {
    let party = try #require(try directory.parties.party(code))
    let data = directory.operatorData
    try data.attach(number, to: PartyReference(party))
    try data.add(Self.note, on: .party(PartyReference(party)))
    try data.setChoice(PartyReference(party), for: store.number("0199000001"))
    try data.record(
      JournalEntry(
        key: "call", at: WallTime(milliseconds: 9), number: nil, text: "", name: party.name,
        code: code, outcome: .missed, sourceKey: party.sourceKey))
  }

  /// What is kept on the party with this code: `attached`, `note`, `chosen`, `called`.
  private func kept(on code: String) throws -> [String] {
    let record = try #require(try directory.record(PartyReference(code: code)))
    let shared = try directory.matches(for: store.number("0199000001"))
    let calls = try directory.operatorData.lastCalls(with: [record.summary])
    return [
      record.numbers.contains { $0.use == .attached } ? "attached" : nil,
      record.notes == [Self.note] ? "note" : nil,
      shared.contains { $0.party.code == code && $0.isRemembered } ? "chosen" : nil,
      record.calls.map(\.key) == ["call"] && calls[code] != nil ? "called" : nil,
    ].compactMap(\.self)
  }

  private static let everything = ["attached", "note", "chosen", "called"]

  @Test(arguments: [PartyCopy.Extent.full, .changes])
  func `everything follows the key, and nothing the code`(_ extent: PartyCopy.Extent) throws {
    try keep(on: "C1")
    #expect(try kept(on: "C1") == Self.everything)
    // The code goes to somebody else.
    try copy(extent, ["1": "D1", "2": "C2", "3": "C1"])
    #expect(try kept(on: "D1") == Self.everything)
    #expect(try kept(on: "C1") == [])
    #expect(try directory.matches(for: number).map(\.party.code) == ["D1"])
  }

  @Test func `whose key is gone has no heir with another key`() throws {
    try keep(on: "C1")
    try copy(.full, ["3": "C1", "2": "C2"])
    #expect(try kept(on: "C1") == [])
    #expect(try directory.matches(for: number).isEmpty)
  }

  @Test func `without a key the code counts, in both directions`() async throws {
    let data = directory.operatorData
    try data.add(Self.note, on: .party(PartyReference(code: "C1")))
    try data.attach(number, to: PartyReference(code: "C1"))
    #expect(try directory.record(PartyReference(code: "C1"))?.notes == [Self.note])
    #expect(try directory.matches(for: number).map(\.party.code) == ["C1"])
    // Attached again, now with the key, it is the same attachment.
    try data.attach(number, to: PartyReference(code: "C1", sourceKey: "1"))
    #expect(
      try data.attachments() == [
        Attachment(number: number, party: PartyReference(code: "C1", sourceKey: "1"))
      ])
    // An import of the same party, where there is no ERP any more.
    let other = try StoreFixture()
    try await other.importing("code;name;phone\nC1;Dupont;0199000001\n")
    let imported = StoreDirectory(parties: try other.parties(), operatorData: data)
    #expect(try imported.record(PartyReference(code: "C1"))?.notes == [Self.note])
    #expect(try imported.matches(for: number).map(\.party.code) == ["C1"])
    // Attached again under its later code, it is the same attachment.
    try data.attach(number, to: PartyReference(code: "C1"))
    #expect(try data.attachments().count == 1)
  }
}

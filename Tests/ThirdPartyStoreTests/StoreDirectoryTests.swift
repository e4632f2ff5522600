import Telephony
import Testing
import ThirdPartyStore

@Suite struct StoreDirectoryTests {
  private static let parties = """
    code;name;phone
    A;Garage Muller;0199004567
    B;Muller Location;0199004567
    C;Transports;99004567
    """

  @Test func `the remembered choice goes before the name, not before the strength`() async throws {
    let store = try StoreFixture()
    try await store.importing(Self.parties)
    let directory = try store.directory()
    let number = try store.number("0199004567")
    #expect(try directory.matches(for: number).map(\.party.code) == ["A", "B", "C"])
    for (choice, order) in [("B", ["B", "A", "C"]), ("C", ["A", "B", "C"])] {
      try directory.operatorData.setChoice(PartyReference(code: choice), for: number)
      let matches = try directory.matches(for: number)
      #expect(matches.map(\.party.code) == order)
      #expect(matches.filter(\.isRemembered).map(\.party.code) == [choice])
    }
    try directory.operatorData.setChoice(nil, for: number)
    #expect(try directory.matches(for: number).allSatisfy { !$0.isRemembered })
  }

  @Test func `an attached number matches exactly and survives an import`() async throws {
    let store = try StoreFixture()
    try await store.importing(Self.parties)
    let directory = try store.directory()
    let number = try store.number("0639980000")
    try directory.operatorData.attach(number, to: PartyReference(code: "B"))
    try directory.operatorData.attach(number, to: PartyReference(code: "B"))
    try directory.operatorData.attach(number, to: PartyReference(code: "GONE"))
    try await store.importing(Self.parties)
    #expect(try directory.matches(for: number).map(\.party.code) == ["B"])
    #expect(try directory.matches(for: number).map(\.strength) == [.exact])
    let listed = try #require(try directory.record(PartyReference(code: "B"))).numbers
    #expect(listed.map(\.use) == [.phone, .attached])
    #expect(listed.map(\.text) == ["01 99 00 45 67", "06 39 98 00 00"])
    #expect(
      try directory.operatorData.attachments(to: PartyReference(code: "B")).map(\.number) == [
        number
      ])
  }

  @Test func `a note on a number joins the record of who gets the number`() async throws {
    let store = try StoreFixture()
    try await store.importing(Self.parties)
    let directory = try store.directory()
    let number = PhoneNumber(.complete, "+33639981234")
    let note = { (at: Int64, text: String) in Note(at: WallTime(milliseconds: at), text: text) }
    try directory.operatorData.add(note(2, "on the number"), on: .number(number))
    try directory.operatorData.add(note(1, "before"), on: .party(PartyReference(code: "A")))
    try directory.operatorData.add(note(3, "after"), on: .party(PartyReference(code: "A")))
    #expect(
      try directory.record(PartyReference(code: "A"))?.notes.map(\.text) == ["after", "before"])
    try directory.operatorData.attach(number, to: PartyReference(code: "A"))
    #expect(
      try directory.record(PartyReference(code: "A"))?.notes.map(\.text) == [
        "after", "on the number", "before",
      ])
    #expect(try directory.record(PartyReference(code: "B"))?.notes.isEmpty == true)
  }

  @Test func `a record has the operator's notes and the latest calls`() async throws {
    let store = try StoreFixture()
    try await store.importing(Self.parties)
    let directory = try store.directory()
    for index in 1...12 {
      try directory.operatorData.record(
        JournalEntry(
          key: "k\(index)", at: WallTime(milliseconds: Int64(index)), number: "+33199004567",
          text: "", name: "Garage Muller", code: "A", outcome: .answered, duration: index))
    }
    let notes = [
      Note(at: WallTime(milliseconds: 2), text: "b"), Note(at: .init(milliseconds: 1), text: "a"),
    ]
    for note in notes.reversed() {
      try directory.operatorData.add(note, on: .party(PartyReference(code: "A")))
    }
    let record = try #require(try directory.record(PartyReference(code: "A"), calls: 10))
    #expect(record.notes == notes)
    #expect(record.calls.map(\.duration) == Array((3...12).reversed()))
    #expect(try directory.record(PartyReference(code: "B"))?.calls.isEmpty == true)
    #expect(try directory.record(PartyReference(code: "none")) == nil)
  }
}

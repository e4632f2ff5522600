import Telephony
import Testing
import ThirdPartyStore

@Suite struct OperatorStoreTests {
  private func entry(
    _ key: String, at: Int64 = 0, outcome: Outcome = .ringing, reason: Reason? = nil,
    duration: Int? = nil
  ) -> JournalEntry {
    JournalEntry(
      key: key, at: WallTime(milliseconds: at, offset: 3600), number: "+33388202122",
      text: "03 88 20 21 22", name: "Dupont", code: "C1", outcome: outcome, reason: reason,
      duration: duration)
  }

  @Test func `the same key replaces the line`() throws {
    let data = try StoreFixture().operatorData()
    try data.record(entry("a", at: 1))
    try data.record(entry("b", at: 2))
    try data.record(entry("a", at: 1, outcome: .answered, duration: 60))
    #expect(
      try data.journal() == [
        entry("b", at: 2), entry("a", at: 1, outcome: .answered, duration: 60),
      ]
    )
    #expect(try data.journal(limit: 1) == [entry("b", at: 2)])
  }

  @Test(arguments: [
    Reason.exception(pattern: "+33800*"), .shortNumber(digits: 4, minimum: 6), .busy, .internal,
    .noMatch, .tooOld, .outgoing, .failed, .called("Support"), nil,
  ])
  func `an entry comes back as it was`(reason: Reason?) throws {
    let store = try StoreFixture()
    let toSales = JournalEntry(
      key: "sales", at: WallTime(milliseconds: 1_600_000_000_000, offset: 0), number: "1025",
      text: "1025", outcome: .missed, own: OwnNumber(called: "+33199004500", line: "2"))
    let withheld = JournalEntry(
      key: "w", at: WallTime(milliseconds: -5, offset: -3600), number: nil, text: "",
      isWithheld: true, outcome: .inhibited, reason: reason)
    try store.operatorData().record([withheld, toSales, entry("x", at: 1, reason: reason)])
    #expect(
      try store.operatorData().journal()
        == [entry("x", at: 1, reason: reason), toSales, withheld].sorted { $0.at > $1.at })
    #expect(
      try store.operatorData().journal(of: PartyReference(code: "C1"), limit: 9).map(\.key) == ["x"]
    )
    let number = PhoneNumber(.complete, "+33388202122")
    #expect(try store.operatorData().journal(number: number, limit: 9).map(\.key) == ["x"])
  }

  @Test func `the story of a line comes back, and the caller's calls before it`() throws {
    let store = try StoreFixture()
    var told = entry("told", at: 5, outcome: .missed)
    (told.rang, told.certainty, told.sources, told.isDone) = (
      12, .switchboard, "launcher, sip", true
    )
    var other = entry("other", at: 3)
    (other.code, other.number) = ("C2", "+33199004500")
    var (account, withheld) = (entry("account", at: 4), entry("withheld", at: 4))
    (account.number, account.text, account.code) = (nil, "alice", nil)
    (withheld.number, withheld.text, withheld.code, withheld.isWithheld) = (nil, "", nil, true)
    var stranger = entry("stranger", at: 2)
    stranger.code = nil
    let lines = [told, account, withheld, other, stranger, entry("a", at: 1), entry("late", at: 9)]
    try store.operatorData().record(lines)
    let data = try store.operatorData()
    #expect(try data.journal().first { $0.key == "told" } == told)
    #expect(try data.journal(before: told, limit: 20).map(\.key) == ["a"])
    #expect(try data.journal(before: stranger, limit: 20).map(\.key) == ["a"])
    for line in [account, withheld] { #expect(try data.journal(before: line, limit: 20) == []) }
    #expect(try data.journal(before: entry("late", at: 9), limit: 1) == [told])
    told.isDone = false
    try data.record(told)
    #expect(try data.journal().first { $0.key == "told" }?.isDone == false)
  }

  @Test func `hostile text in the journal`() throws {
    let data = try StoreFixture().operatorData()
    var hostile = entry("'\"; --")
    hostile.name = "a\u{0}b\u{1B}]0;x\u{7}" + String(repeating: "\u{0301}", count: 10_000)
    try data.record(hostile)
    hostile.name = hostile.name?.filter { $0 != "\u{0}" }
    #expect(try data.journal() == [hostile])
  }

  @Test func `options, choices and notes`() throws {
    let store = try StoreFixture()
    let data = try store.operatorData()
    try data.setOption("trigger", "ring")
    try data.setOption("popup", "true")
    try data.setOption("trigger", "answer")
    try data.setOption("popup", nil)
    #expect(try store.operatorData().options() == ["trigger": "answer"])
    let number = try store.number("0388202122")
    try data.add(Note(at: WallTime(milliseconds: 1), text: "x"), on: .number(number))
    #expect(try data.notes(on: .number(number)).map(\.text) == ["x"])
    #expect(try data.notes(on: .party(PartyReference(code: number.key))).isEmpty)
  }

  @Test func `own exceptions`() throws {
    let data = try StoreFixture().operatorData()
    let entries = [
      ExceptionNumber(pattern: "+33388202122", collaborator: nil, comment: "", list: .own),
      ExceptionNumber(pattern: "+33388202122", collaborator: "ML", comment: "x", list: .own),
      ExceptionNumber(pattern: "+33800*", collaborator: "ML", comment: "", list: .own),
    ]
    for entry in entries.reversed() { try data.add(entry) }
    for entry in entries { try data.add(entry) }
    #expect(try data.exceptions() == entries)
    #expect(try data.removeException("+33388202122", collaborator: nil))
    #expect(try !data.removeException("+33388202122", collaborator: nil))
    #expect(try data.exceptions() == Array(entries.dropFirst()))
  }
}

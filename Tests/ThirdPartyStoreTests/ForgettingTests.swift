import Telephony
import Testing
import ThirdPartyStore

/// What is forgotten by wish, and what is not (R61).
struct ForgettingTests {
  private let fixture: StoreFixture
  private let now = WallTime(milliseconds: 1_800_000_000_000)
  private let dupont = PhoneNumber(.complete, "+33388202122")
  private let muller = PhoneNumber(.complete, "+33199004567")
  private let party = PartyReference(code: "C00123", sourceKey: "17")

  init() throws { fixture = try StoreFixture() }

  private func line(
    _ key: String, _ number: PhoneNumber?, days: Int64 = 0, text: String = "", code: String? = nil
  ) -> JournalEntry {
    JournalEntry(
      key: key, at: now + -days * WallTime.day, number: number?.key, text: number?.key ?? text,
      code: code, outcome: .missed)
  }

  /// A place where something of everything is kept of both numbers.
  private func filled() throws -> OperatorStore {
    let data = try fixture.operatorData()
    try data.record([
      line("1", dupont), line("2", dupont, days: 100, code: "C00123"), line("3", muller),
      line("4", nil, text: "alice"),
    ])
    for number in [dupont, muller] {
      try data.add(Note(at: now, text: "note"), on: .number(number))
      try data.attach(number, to: party)
      try data.setChoice(party, for: number)
      try data.add(ExceptionNumber(pattern: number.key, list: .own))
    }
    try data.attach(text: "alice", to: party)
    try data.add(Note(at: now + -100 * WallTime.day, text: "old"), on: .party(party))
    return data
  }

  private func left(_ data: OperatorStore) throws -> [Int] { try data.count().map(\.count) }

  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var subject: Forgetting
    var exceptions = false
    /// What is left: lines, notes, attached numbers, choices, exceptions.
    var left: [Int]
  }

  static let cases: [Case] = [
    Case(
      testDescription: "number", subject: .number(PhoneNumber(.complete, "+33388202122")),
      left: [2, 2, 2, 1, 2]),
    Case(
      testDescription: "its exceptions", subject: .number(PhoneNumber(.complete, "+33388202122")),
      exceptions: true, left: [2, 2, 2, 1, 1]),
    Case(testDescription: "text", subject: .text("alice"), left: [3, 3, 2, 2, 2]),
    Case(
      testDescription: "party by another code",
      subject: .party(PartyReference(code: "C9", sourceKey: "17")), left: [4, 2, 0, 0, 2]),
    Case(
      testDescription: "party", subject: .party(PartyReference(code: "C00123")),
      left: [3, 2, 0, 0, 2]),
    Case(testDescription: "nobody", subject: .text("bob"), left: [4, 3, 3, 2, 2]),
  ]

  @Test(arguments: cases)
  func whatIsMeantGoesAndTheRestStays(item: Case) throws {
    let data = try filled()
    let things = Set(KeptThing.allCases).subtracting(item.exceptions ? [] : [.exceptions])
    let found = try data.count(item.subject).filter { things.contains($0.thing) && $0.count > 0 }
    let removed = try data.forget(item.subject, things, now: now)
    #expect(try left(data) == item.left)
    #expect(removed == Dictionary(uniqueKeysWithValues: found.map { ($0.thing, $0.count) }))
    #expect(try data.forget(item.subject, things, now: now).isEmpty)
  }

  /// All of it, in steps; how many each removed.
  private func forget(before days: Int64, _ data: OperatorStore) throws -> [Int] {
    var steps: [Int] = []
    while true {
      let subject = Forgetting.older(now + -days * WallTime.day, now: now)
      let step = try data.forget(subject, [.journal, .notes], now: now)
      guard !step.isEmpty else { return steps }
      steps.append(step.values.reduce(0, +))
    }
  }

  @Test func whatIsTooOldGoesInShortSteps() throws {
    let data = try fixture.operatorData()
    try data.record((0..<1_200).map { line("old \($0)", muller, days: 91) })
    for subject in [NoteSubject.number(muller), .party(party)] {
      try data.add(Note(at: now + -91 * WallTime.day, text: "old"), on: subject)
    }
    try data.record([line("1", dupont, days: 89), line("2", muller)])
    #expect(try data.count(.older(now + -90 * WallTime.day, now: now)).map(\.count) == [1_200, 1])
    #expect(try forget(before: 90, data) == [500, 500, 201])
    // The old note on a third party stays.
    #expect(try left(data) == [2, 1, 0, 0, 0])
    #expect(try data.count().first?.since == now + -89 * WallTime.day)
  }

  /// A clock that was years back, or ahead, while calls came in: they go with those that came before them.
  @Test(arguments: [730, -3650] as [Int64]) func aClockThatWasWrong(days: Int64) throws {
    let data = try fixture.operatorData()
    try data.record([line("old", muller, days: 91)])
    try data.record([line("1", dupont, days: 60), line("odd", muller, days: days)])
    try data.add(Note(at: now + -60 * WallTime.day, text: "1"), on: .number(dupont))
    try data.add(Note(at: now + -days * WallTime.day, text: "odd"), on: .number(muller))
    try data.record([line("2", dupont, days: 30)])
    #expect(try forget(before: 90, data) == [1])
    #expect(try left(data)[...1] == [3, 2])
    #expect(try forget(before: 45, data) == [days > 0 ? 4 : 2])
    #expect(try data.journal().map(\.key) == (days > 0 ? ["2"] : ["odd", "2"]))
  }

  /// Nobody knows how old the first lines are that a clock dates before there was this program: they wait for later
  /// ones to grow old.
  @Test func aJournalThatBeganUnderAWrongClock() throws {
    let data = try fixture.operatorData()
    try data.record([line("1", dupont, days: 9_000), line("2", muller, days: 900)])
    #expect(try forget(before: 90, data) == [])
    try data.record([line("3", dupont)])
    #expect(try forget(before: 90, data) == [])
    let later = now + 100 * WallTime.day
    let subject = Forgetting.older(later + -90 * WallTime.day, now: later)
    #expect(try data.forget(subject, [.journal], now: later) == [.journal: 3])
  }

  /// What a clock that was ahead took for old is not gone by wish once it is right.
  @Test func whatAClockAheadForgotIsToldAgain() throws {
    let data = try fixture.operatorData()
    let ahead = now + 3_650 * WallTime.day
    _ = try data.forget(.older(ahead, now: ahead), [.journal], now: ahead)
    let inbox = inbox()
    try keep(dupont, "a", in: inbox)
    _ = try inbox.keep([], settling: [Receipt("a", line: "1")])
    #expect(try inbox.leftovers(besides: data).count == 1)
  }

  /// While the clock is years back, nothing is too old.
  @Test func aClockThatIsWrong() throws {
    let data = try fixture.operatorData()
    try data.record([line("1", dupont, days: -730), line("2", muller)])
    #expect(try forget(before: 90, data) == [])
  }

  /// Nothing of the number is in the file afterwards, nor in its log.
  @Test func whatIsGoneIsOverwritten() throws {
    let data = try filled()
    _ = try data.forget(.number(dupont), Set(KeptThing.allCases), now: now)
    try data.emptyLog()
    for name in StoreFixture.names(in: fixture.folder) where name.hasPrefix("operator") {
      let bytes = try StoreFixture.bytes(of: fixture.path(name))
      #expect(String(decoding: bytes, as: UTF8.self).contains("33388202122") == false, "\(name)")
      #expect(
        name != "operator.sqlite" || String(decoding: bytes, as: UTF8.self).contains("33199004567"))
    }
  }

  private func inbox(after later: Int64 = 0) -> InboxFile {
    let wall = now + later
    return InboxFile(path: fixture.path("inbox-1024.sqlite")) {
      (Moment(milliseconds: 5_000_000 + later), wall)
    }
  }

  private func keep(_ number: PhoneNumber, _ name: String, in inbox: InboxFile) throws {
    var event = CallEvent(
      source: .launcher, kind: .ring, at: Moment(milliseconds: 5_000_000),
      caller: Caller(identity: .number(number)))
    event.keptAs = name
    _ = try inbox.keep([event])
  }

  /// An inbox that knows of the call does not bring it back, as it does after a power cut.
  @Test(arguments: [true, false]) func noInboxBringsItBack(isByAge: Bool) throws {
    let data = try fixture.operatorData()
    let file = inbox()
    for (number, name) in [(dupont, "1"), (muller, "2")] {
      try keep(number, name, in: file)
      let receipts = [Receipt(name, line: name)]
      try data.record([line(name, number)], receipts: receipts)
      _ = try file.keep([], settling: receipts)
    }
    file.close()
    let subject: Forgetting = isByAge ? .older(now + 1, now: now + 1) : .number(dupont)
    _ = try data.forget(subject, [.journal], now: now)
    let next = inbox(after: 60_000)
    let kept = try next.leftovers(besides: data)
    #expect(kept.map(\.line) == (isByAge ? [] : ["2"]))
    #expect(try data.journal().count == (isByAge ? 0 : 1))
  }

  @Test func anInboxLetsGoOfACaller() throws {
    let file = inbox()
    try keep(dupont, "1", in: file)
    try keep(muller, "2", in: file)
    let other = InboxFile(shared: fixture.path("inbox-1024.sqlite")) {
      (Moment(milliseconds: 0), WallTime(milliseconds: 0))
    }
    #expect(throws: StoreError.self) { try other.forget(.number(dupont)) }
    file.close()
    #expect(InboxFile.names(in: fixture.folder) == ["inbox-1024.sqlite"])
    #expect(try other.events(of: nil).count == 2)
    #expect(try other.forget(.number(dupont)) == 1)
    #expect(try other.events(of: nil) == [now])
    other.close()
    // The message is known all the same.
    let next = inbox(after: 9)
    var again = CallEvent(
      source: .launcher, kind: .ring, at: Moment(milliseconds: 5_000_009),
      caller: Caller(identity: .number(dupont)))
    again.keptAs = "1"
    #expect(try next.keep([again]) == [false])
  }
}

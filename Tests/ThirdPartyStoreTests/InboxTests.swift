import GRDB
import Telephony
import Testing
import ThirdPartyStore

/// What a window has acknowledged, and what the next one finds of it.
@Suite struct InboxTests {
  private let fixture: StoreFixture
  private let time: Int64 = 1_800_000_000_000
  private static let moment = Moment(milliseconds: 5_000_000)

  init() throws { fixture = try StoreFixture() }

  private func inbox(_ name: String = "inbox-1024.sqlite", after later: Int64 = 0) -> InboxFile {
    let wall = WallTime(milliseconds: time + later)
    return InboxFile(path: fixture.path(name)) {
      (moment: Self.moment + later, wall: wall)
    }
  }

  private func event(_ name: String) -> CallEvent {
    var event = CallEvent(
      source: .launcher, kind: .ring, at: Self.moment, caller: Caller(identity: .untold, text: "n"))
    event.keptAs = name
    return event
  }

  private func line(_ key: String) -> JournalEntry {
    JournalEntry(
      key: key, at: WallTime(milliseconds: time), number: nil, text: key, outcome: .missed)
  }

  /// Keeps the events and writes their lines, of which the inbox is told.
  private func settle(_ names: [String], _ inbox: InboxFile, _ data: OperatorStore) throws {
    let receipts = names.map { Receipt($0, line: $0) }
    #expect(try inbox.keep(names.map { event($0) }) == names.map { _ in true })
    try data.record(names.map { line($0) }, receipts: receipts)
    _ = try inbox.keep([], settling: receipts)
    try inbox.flush()
  }

  /// The operator's files as they were before, as after a power cut.
  private func forgetting(_ body: (OperatorStore) throws -> Void) throws {
    let names = ["operator.sqlite", "operator.sqlite-wal"]
    var before: [(String, [UInt8])] = []
    do {
      let data = try fixture.operatorData()
      before = try names.map { ($0, try StoreFixture.bytes(of: fixture.path($0))) }
      try body(data)
    }
    for name in StoreFixture.names(in: fixture.folder) where name.hasPrefix("operator") {
      fixture.remove(name)
    }
    for (name, bytes) in before { _ = try fixture.write(bytes, to: name) }
  }

  /// Every kind of news and of caller, with all that may be told and with nothing, and marks that JSON escapes.
  @Test func `an event comes back as it was kept`() throws {
    let odd = "\u{202E}\"a\\b\u{0}\n\u{7F}é\u{1F600}"
    let kinds: [CallEvent.Kind] =
      [.ring, .answer, .request, .other(word: odd), .vanish] + EndReason.allCases.map { .end($0) }
    let identities: [Caller.Identity] =
      [.withheld, .unreplaced(keyword: "$remote"), .text(odd), .untold]
      + [PhoneNumber.Kind.complete, .national, .extension, .fragment].map {
        .number(PhoneNumber($0, "+33199001234"))
      }
    var events: [CallEvent] = []
    for kind in kinds {
      for identity in identities {
        var event = CallEvent(
          source: "asterisk", kind: kind, at: Self.moment, callID: odd, station: "1024",
          direction: .outgoing,
          caller: Caller(
            identity: identity, text: odd, name: odd, receivedDigits: 10, assumedPrefix: "0"),
          called: "0199004500", line: "sales", popup: true, keptAs: "\(events.count)")
        event.read(OwnNumbers())
        event.systemIDs = [odd]
        (event.corrects, event.doubt) = (true, .caller)
        for told in [event as Any, event.caller] {
          #expect(Mirror(reflecting: told).children.allSatisfy { "\($0.value)" != "nil" })
        }
        events.append(event)
        events.append(
          CallEvent(
            source: "sip", kind: kind, at: Self.moment, caller: Caller(identity: identity),
            keptAs: "\(events.count)"))
      }
    }
    _ = try inbox().keep(events)
    let kept = try inbox().leftovers(besides: nil).map(\.event)
    #expect(Set(kept) == Set(events))
  }

  /// Over a night, and over a holiday that is longer than receipts are kept.
  @Test(arguments: [1_000, 14 * 3_600_000, 21 * 86_400_000] as [Int64])
  func `a power cut takes no line that the inbox was told of`(pause: Int64) throws {
    let file = inbox()
    try settle(["a"], file, try fixture.operatorData())
    try forgetting { data in try settle(["b", "c"], file, data) }
    file.close()

    let next = inbox(after: pause)
    let data = try fixture.operatorData()
    let kept = try next.leftovers(besides: data)
    #expect(kept.filter { $0.line == nil }.compactMap(\.event.keptAs) == ["b", "c"])
    #expect(kept.first { $0.line == nil }?.event.at == Self.moment)
    try data.record(
      ["b", "c"].map { line($0) }, receipts: ["b", "c"].map { Receipt($0, line: $0) })
    #expect(try data.journal().count == 3)
    // The window ended before it told the inbox.
    next.close()
    #expect(try inbox(after: pause + 1).leftovers(besides: data).allSatisfy { $0.line != nil })
  }

  /// The line is there, as it was when it rang.
  @Test func `a power cut takes no news of a line`() throws {
    let file = inbox()
    try settle(["a"], file, try fixture.operatorData())
    try forgetting { data in
      #expect(try file.keep([event("a, answered")]) == [true])
      let receipt = Receipt("a, answered", line: "a")
      try data.record([line("a")], receipts: [receipt])
      _ = try file.keep([], settling: [receipt])
    }
    file.close()
    let kept = try inbox(after: 60_000).leftovers(besides: try fixture.operatorData())
    #expect(kept.map(\.event.keptAs) == ["a", "a, answered"])
    #expect(kept.map(\.line) == ["a", nil])
  }

  @Test func `what the journal has is not told again`() throws {
    let file = inbox()
    let data = try fixture.operatorData()
    try settle(["a", "b"], file, data)
    file.close()
    #expect(try inbox(after: 9).leftovers(besides: data).map(\.line) == ["a", "b"])
    #expect(try inbox(after: 5 * 3_600_000).leftovers(besides: data).isEmpty)
  }

  /// A journal that cannot be opened: nothing is held back, and nothing told that it has.
  @Test func `without a journal the inbox is believed`() throws {
    let file = inbox()
    try settle(["a"], file, try fixture.operatorData())
    _ = try file.keep([event("b")])
    file.close()
    #expect(try inbox(after: 9).leftovers(besides: nil).map(\.line) == ["a", nil])
  }

  @Test func `the inbox of another extension is taken over`() throws {
    let data = try fixture.operatorData()
    for name in ["inbox.sqlite", "inbox-1025.sqlite", "inbox-%2E.sqlite"] {
      let other = inbox(name)
      try settle(["settled in \(name)"], other, data)
      _ = try other.keep([event("left in \(name)")])
      other.close()
    }
    let running = inbox("inbox-1026.sqlite")
    _ = try running.keep([event("of a window that runs")])

    let mine = inbox(after: 9)
    #expect(try mine.leftovers(besides: data).isEmpty)
    let found = try mine.abandoned(besides: data)
    let names = ["inbox-%2E.sqlite", "inbox-1025.sqlite", "inbox.sqlite"].map { "left in \($0)" }
    #expect(found.compactMap(\.event.keptAs) == names)
    try data.record(names.map { line($0) }, receipts: names.map { Receipt($0, line: $0) })
    #expect(try mine.abandoned(besides: data).isEmpty)
    // The window that runs is none the worse.
    #expect(try running.keep([event("another")]) == [true])
    running.close()
    #expect(try mine.abandoned(besides: data).count == 2)
  }

  /// A damaged one is said, and keeps nobody from the others.
  @Test func `a damaged inbox of another extension`() throws {
    let data = try fixture.operatorData()
    _ = try fixture.write(
      Array("no database, but long enough to be one ".utf8), to: "inbox-1.sqlite")
    let other = inbox("inbox-2.sqlite")
    _ = try other.keep([event("left")])
    other.close()
    let told = Told()
    let mine = inbox(after: 9)
    mine.onTrouble { told.add($0) }
    #expect(try mine.abandoned(besides: data).compactMap(\.event.keptAs) == ["left"])
    #expect(told.all.contains { $0.contains("inbox-1.sqlite") })
  }

  /// Every cell with every value: a failure in words, or what can be read; and new calls are kept all the same.
  @Test func `every value in every cell`() throws {
    let name = "inbox-1024.sqlite"
    let data = try fixture.operatorData()
    let first = inbox()
    try settle(["a"], first, data)
    _ = try first.keep([event("b")])
    first.close()
    try DatabaseQueue(path: fixture.path(name)).writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
    let whole = try StoreFixture.bytes(of: fixture.path(name))
    let file = SpoiledFile(path: fixture.path(name))
    var spoiled = 0
    for cell in try file.cells() {
      for value in SpoiledFile.values {
        for spoilt in StoreFixture.names(in: fixture.folder) where spoilt.hasPrefix("inbox") {
          fixture.remove(spoilt)
        }
        _ = try fixture.write(whole, to: name)
        guard try file.put(value, into: cell) else { continue }
        spoiled += 1
        let inbox = inbox(after: 60_000)
        let comment = "\(value) in \(cell.table).\(cell.column)"
        let told = Told()
        inbox.onTrouble { told.add($0) }
        var sentences: [String] = []
        do throws(StoreError) {
          _ = try inbox.leftovers(besides: data)
        } catch {
          sentences.append(error.sentence)
        }
        do throws(StoreError) {
          #expect(try inbox.keep([event("new")]) == [true], "\(comment)")
          try inbox.flush()
        } catch {
          // Who tells of the call hears that it is not kept.
          #expect(cell.table.hasPrefix("grdb") && !sentences.isEmpty, "\(comment): \(error)")
        }
        #expect(sentences.allSatisfy { $0.contains(name) }, "\(comment)")
        inbox.close()
      }
    }
    #expect(spoiled > 40)
  }
}

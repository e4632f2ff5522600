import Telephony
import Testing

@Suite("Which events are one call (R5)")
struct CallIdentityTests {
  static let pbx: SourceID = "pbx"

  /// Events, and how many calls they are.
  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var calls: Int
    var events: [CallEvent]

    init(_ description: String, _ calls: Int, _ events: [CallEvent]) {
      (testDescription, self.calls, self.events) = (description, calls, events)
    }
  }

  static let nameless = [
    Row("one that cannot tell who calls, then one that can", 1, [unnamed(0), named(53)]),
    Row("one that can tell who calls, then one that cannot", 1, [named(0), unnamed(53)]),
    Row(
      "answered before the other tells", 1,
      [unnamed(0), CallEvent(.answer, 50, from: "sip", id: "x", .withheld), named(53)]),
    Row(
      "of another one, beside a talk", 2,
      [named(0), CallEvent(.answer, 50, from: pbx, id: "0"), unnamed(1_000)]),
    Row("of two callers", 2, [named(0), named(20, .stranger), unnamed(40), unnamed(60, id: "y")]),
    Row("who is withheld, and a caller", 2, [unnamed(0, doubt: nil), named(53)]),
    Row("more than 5 s apart", 2, [unnamed(0), named(5_001)]),
    Row(
      "what the other says to be withheld, and a caller", 2,
      [unnamed(0), named(20, .withheld), CallEvent(.ring, 40)]),
    Row("in another direction", 2, [unnamed(0), CallEvent(.ring, 53, direction: .outgoing)]),
  ]

  private static func unnamed(
    _ at: Int64, id: String = "x", doubt: CallEvent.Doubt? = .caller
  ) -> CallEvent {
    var event = CallEvent(.ring, at, from: "sip", id: id, .withheld, direction: .incoming)
    event.doubt = doubt
    return event
  }

  private static func named(_ at: Int64, _ caller: Caller = .customer) -> CallEvent {
    CallEvent(.ring, at, from: pbx, id: "\(at)", caller, direction: .incoming)
  }

  @Test("A ring of which a source cannot tell who calls", arguments: nameless)
  func namelessRings(row: Row) {
    let calls = CallList(row.events).all
    #expect(calls.count == row.calls, "\(calls)")
    #expect(calls.contains { $0.caller.number == Caller.customer.number })
  }

  static let oneSource = [
    Row("5 s apart", 1, [CallEvent(.ring, 0), CallEvent(.ring, 5_000)]),
    Row("10 s apart", 1, [CallEvent(.ring, 0), CallEvent(.ring, 10_000)]),
    Row("more than 10 s apart", 2, [CallEvent(.ring, 0), CallEvent(.ring, 10_001)]),
    Row(
      "each 10 s after the last", 1,
      [CallEvent(.ring, 0), CallEvent(.ring, 10_000), CallEvent(.ring, 20_000)]),
    Row("another number", 2, [CallEvent(.ring, 0), CallEvent(.ring, 100, .stranger)]),
    Row(
      "two texts that are no number", 2,
      [
        CallEvent(.ring, 0, Caller(identity: .text("abc"), text: "abc")),
        CallEvent(.ring, 100, Caller(identity: .text("xyz"), text: "xyz")),
      ]),
    Row("withheld twice", 1, [CallEvent(.ring, 0, .withheld), CallEvent(.ring, 5_000, .withheld)]),
    Row(
      "withheld, and a keyword that was not replaced", 1,
      [
        CallEvent(.ring, 0, .withheld),
        CallEvent(.ring, 100, Caller(identity: .unreplaced(keyword: "$remote"))),
      ]),
    Row(
      "the trunk prefix lost once", 1,
      [
        CallEvent(.ring, 0),
        CallEvent(.ring, 100, Caller(number: PhoneNumber(.national, "+33388202122"), digits: 9)),
      ]),
    Row(
      "another station", 2, [CallEvent(.ring, 0), CallEvent(.ring, 100, station: "1025")]),
    Row("station said once", 1, [CallEvent(.ring, 0, station: nil), CallEvent(.ring, 100)]),
    Row(
      "after its end", 2,
      [
        CallEvent(.ring, 0), CallEvent(.end(.normal), 1_000), CallEvent(.ring, 2_000),
      ]),
    Row(
      "repeated after the answer", 1,
      [
        CallEvent(.ring, 0), CallEvent(.answer, 2_000), CallEvent(.ring, 4_000),
      ]),
    Row(
      "same id, far apart", 1, [CallEvent(.ring, 0, id: "7"), CallEvent(.ring, 60_000, id: "7")]),
    Row(
      "same id, somebody else, without an end", 2,
      [CallEvent(.ring, 0, id: "7"), CallEvent(.ring, 1_000, id: "7", .stranger)]),
    Row(
      "same id after its end", 1,
      [
        CallEvent(.ring, 0, id: "7"), CallEvent(.end(.normal), 1_000, id: "7"),
        CallEvent(.ring, 2_000, id: "7"),
      ]),
    Row(
      "same id long after its end", 2,
      [
        CallEvent(.ring, 0, id: "7"), CallEvent(.end(.normal), 1_000, id: "7"),
        CallEvent(.ring, 601_001, id: "7", .stranger),
      ]),
    Row("two ids", 2, [CallEvent(.ring, 0, id: "7"), CallEvent(.ring, 0, id: "8")]),
    Row("id said once", 1, [CallEvent(.ring, 0), CallEvent(.ring, 100, id: "7")]),
    Row(
      "the other way", 2,
      [
        CallEvent(.ring, 0, direction: .outgoing), CallEvent(.ring, 100, direction: .incoming),
      ]),
    Row(
      "request in the middle", 1,
      [
        CallEvent(.ring, 0), CallEvent(.answer, 3_000), CallEvent(.request, 60_000),
      ]),
    Row("late answer of one that rings", 1, [CallEvent(.ring, 0), CallEvent(.answer, 80_000)]),
    Row("an answer repeated", 1, [CallEvent(.answer, 0), CallEvent(.answer, 10_000)]),
    Row("answers of two calls", 2, [CallEvent(.answer, 0), CallEvent(.answer, 10_001)]),
    Row(
      "an end repeated", 1,
      [
        CallEvent(.ring, 0), CallEvent(.end(.normal), 1_000), CallEvent(.end(.missed), 2_000),
      ]),
    Row(
      "ends of two calls", 2,
      [
        CallEvent(.ring, 0), CallEvent(.end(.normal), 1_000), CallEvent(.end(.missed), 12_000),
      ]),
    Row("end before its ring", 1, [CallEvent(.end(.normal), 9_000), CallEvent(.ring, 0)]),
    Row("an old end", 2, [CallEvent(.ring, 60_000), CallEvent(.end(.missed), 0)]),
    Row("an old answer", 2, [CallEvent(.ring, 60_000), CallEvent(.answer, 0)]),
    Row(
      "unknown word, then ring", 1,
      [
        CallEvent(.other(word: "setup-x"), 0), CallEvent(.ring, 500),
      ]),
  ]

  static let twoSources = [
    Row("5 s apart", 1, [CallEvent(.ring, 0), CallEvent(.ring, 5_000, from: pbx)]),
    Row("more than 5 s apart", 2, [CallEvent(.ring, 0), CallEvent(.ring, 5_001, from: pbx)]),
    Row("told late, 5 s", 1, [CallEvent(.ring, 5_000), CallEvent(.ring, 0, from: pbx)]),
    Row("told late, more", 2, [CallEvent(.ring, 5_001), CallEvent(.ring, 0, from: pbx)]),
    Row(
      "near a repeated ring", 1,
      [
        CallEvent(.ring, 0), CallEvent(.ring, 8_000), CallEvent(.ring, 12_000, from: pbx),
      ]),
    Row(
      "ids of their own", 1,
      [
        CallEvent(.ring, 0, id: "7"), CallEvent(.ring, 100, from: pbx, id: "a.1"),
      ]),
    Row(
      "station unknown to one", 1,
      [
        CallEvent(.ring, 0), CallEvent(.ring, 100, from: pbx, station: nil),
      ]),
    Row(
      "two stations", 2, [CallEvent(.ring, 0), CallEvent(.ring, 100, from: pbx, station: "1025")]),
    Row(
      "two directions", 2,
      [
        CallEvent(.ring, 0, direction: .incoming),
        CallEvent(.ring, 100, from: pbx, direction: .outgoing),
      ]),
    Row(
      "direction unknown to one", 1,
      [
        CallEvent(.ring, 0), CallEvent(.ring, 100, from: pbx, direction: .outgoing),
      ]),
    Row("one withheld", 2, [CallEvent(.ring, 0), CallEvent(.ring, 100, from: pbx, .withheld)]),
    Row(
      "after the end", 1,
      [
        CallEvent(.ring, 0), CallEvent(.end(.normal), 1_000), CallEvent(.ring, 4_000, from: pbx),
      ]),
    Row("two answers", 1, [CallEvent(.answer, 0), CallEvent(.answer, 4_000, from: pbx)]),
    Row(
      "a slow answer", 1,
      [
        CallEvent(.ring, 0), CallEvent(.ring, 0, from: pbx), CallEvent(.answer, 1_000),
        CallEvent(.answer, 20_000, from: pbx),
      ]),
    Row(
      "two ends", 1,
      [
        CallEvent(.ring, 0), CallEvent(.end(.normal), 1_000),
        CallEvent(.end(.elsewhere), 2_000, from: pbx, id: "a.1"),
      ]),
  ]

  @Test("Calls of one source", arguments: oneSource)
  func countOfOneSource(row: Row) {
    #expect(CallList(row.events).all.count == row.calls)
  }

  @Test("Calls of two sources", arguments: twoSources)
  func countOfTwoSources(row: Row) {
    #expect(CallList(row.events).all.count == row.calls)
  }

  @Test("A repeated event changes nothing", arguments: oneSource + twoSources)
  func repetition(row: Row) {
    var list = CallList()
    for event in row.events {
      _ = list.apply(event)
      let known = list.all
      let changes = list.apply(event)
      #expect(list.all.map(\.outcome) == known.map(\.outcome))
      #expect(changes.allSatisfy { event.kind == .request && $0 == .requested($0.call) })
    }
  }

  @Test("A call that nobody answered rings again under its name, and is the same one")
  func ringsAgain() {
    var list = CallList([
      CallEvent(.ring, 0, id: "7"), CallEvent(.end(.missed), 2_000, id: "7"),
    ])
    #expect(list.apply(CallEvent(.ring, 30_000, id: "7")) == [.requested(first)])
    #expect(list.live.map(\.id) == [first])
    var missed = list
    #expect(missed.apply(CallEvent(.end(.missed), 34_000, id: "7")) == [.ended(first)])
    #expect(missed.all.map(\.outcome) == [.missed])
    #expect(list.apply(CallEvent(.answer, 33_000, id: "7")) == [.answered(first)])
    #expect(list.apply(CallEvent(.end(.normal), 40_000, id: "7")) == [.ended(first)])
    #expect(list.all.map(\.duration) == [7])
  }

  @Test(
    "What an earlier window left going on is known again under another name",
    arguments: [true, false])
  func leftGoingOn(isAnswered: Bool) {
    let before = CallEvent(.ring, 0, from: Self.pbx, id: "x/2")
    let answer = CallEvent(.answer, 3_000, from: Self.pbx, id: "x/2")
    var list = CallList(isAnswered ? [before, answer] : [before])
    list.giveUp(besides: [.launcher])
    _ = list.apply(CallEvent(isAnswered ? .answer : .ring, 30_000, from: Self.pbx, id: "y"))
    #expect(list.all.count == 1 && list.live.count == 1)
    // A second one of the same caller is another call.
    _ = list.apply(CallEvent(.ring, 31_000, from: Self.pbx, id: "z"))
    #expect(list.all.count == 2)
    _ = list.apply(CallEvent(.end(.missed), 40_000, from: Self.pbx, id: "y"))
    #expect(list[first]?.isLive == false && list[second]?.isLive == true)
  }

  @Test("Somebody else under a name that is used again is another call")
  func nameUsedAgain() {
    let list = CallList([
      CallEvent(.ring, 0, id: "1"), CallEvent(.end(.normal), 2_000, id: "1"),
      CallEvent(.ring, 30_000, id: "1", .stranger), CallEvent(.answer, 31_000, id: "1", .stranger),
    ])
    #expect(list.all.map(\.caller) == [.customer, .stranger])
    #expect(list.all.map(\.outcome) == [.missed, .answered])
  }

  @Test(
    "Doors of one telephone system that name a call alike tell of one call",
    arguments: [true, false])
  func systemName(isHiddenFirst: Bool) {
    var hidden = CallEvent(.ring, 10, from: "freeswitch", id: "a", .withheld, direction: .incoming)
    (hidden.systemIDs, hidden.corrects) = (["0", "a"], true)
    var shown = CallEvent(.ring, 20, from: "sip", id: "a 1", direction: .incoming)
    shown.systemIDs = ["a"]
    var list = CallList(isHiddenFirst ? [hidden, shown] : [shown, hidden])
    #expect(list.all.map(\.caller) == [.withheld])
    _ = list.apply(CallEvent(.answer, 2_000, from: "sip", id: "a 1"))
    #expect(list.all.map(\.caller) == [.withheld])
    // A program's call, and a telephone that shows somebody else for it.
    var own = CallEvent(.dialled, 90_000, from: "freeswitch", id: "b", direction: .outgoing)
    var ring = CallEvent(.ring, 99_000, from: "sip", id: "b 2", .withheld, direction: .incoming)
    (own.systemIDs, ring.systemIDs) = (["b"], ["b"])
    for event in [own, ring] { _ = list.apply(event) }
    #expect(list.all.map(\.isOutgoing) == [false, true])
  }

  @Test("A newer ring of one source takes the place of the ring before it")
  func replaced() {
    var list = CallList([CallEvent(.ring, 0)])
    #expect(list.apply(CallEvent(.ring, 30_000)) == [.ended(first), .began(second)])
    #expect(list.live.map(\.id) == [second])
    #expect(list[first]?.outcome == .ringing)
  }

  @Test("A newer answer of a source that tells of nothing else takes the place of the one before")
  func replacedAnswer() {
    var list = CallList([CallEvent(.answer, 0)])
    #expect(list.apply(CallEvent(.answer, 600_000)) == [.ended(first), .began(second)])
    #expect(!list.isBusy(station: "1024", except: second))
    #expect(list[first]?.outcome == .answered)
  }

  @Test("No ring takes the place of a call that goes on otherwise")
  func notReplaced() {
    let others: [[CallEvent]] = [
      [CallEvent(.ring, 0), CallEvent(.answer, 1_000)],
      [CallEvent(.ring, 0, id: "7")],
      [CallEvent(.ring, 0), CallEvent(.ring, 0, from: Self.pbx)],
      [CallEvent(.ring, 0, direction: .outgoing)],
      [CallEvent(.ring, 0, station: "1025")],
    ]
    for events in others {
      let again = CallEvent(.ring, 30_000, direction: .incoming)
      #expect(CallList(events + [again]).live.count == 2)
    }
  }

  @Test("Two calls of one caller at once are those that two sources tell of, in their order")
  func twoCallsOfOneCaller() {
    let phone: SourceID = "phone"
    let list = CallList([
      CallEvent(.ring, 0, from: Self.pbx, id: "1"), CallEvent(.ring, 40, from: Self.pbx, id: "2"),
      CallEvent(.ring, 50, from: phone, id: "a"), CallEvent(.ring, 90, from: phone, id: "b"),
      CallEvent(.answer, 900, from: Self.pbx, id: "1"),
      CallEvent(.end(.elsewhere), 901, from: phone, id: "a"),
      CallEvent(.end(.missed), 2_000, from: Self.pbx, id: "2"),
      CallEvent(.end(.missed), 2_001, from: phone, id: "b"),
    ])
    #expect(list.all.map(\.outcome) == [.answered, .missed])
    #expect(list.live.count == 1)
  }

  @Test(
    "Of two calls of one caller the one that is answered is not the one that is over",
    arguments: [1_490, 1_510] as [Int64])
  func answerOfTheOther(answered: Int64) {
    let lamp: SourceID = "lamp"
    var list = CallList([
      CallEvent(.ring, 0, from: Self.pbx, id: "1"), CallEvent(.ring, 10, from: lamp, id: "a"),
      CallEvent(.ring, 300, from: Self.pbx, id: "2"),
      CallEvent(.end(.missed), 900, from: Self.pbx, id: "1"),
    ])
    var more = [
      CallEvent(.answer, 1_500, from: lamp, id: "a"),
      CallEvent(.answer, answered, from: Self.pbx, id: "2"),
    ]
    if answered < 1_500 { more.reverse() }
    more += [
      CallEvent(.end(.normal), 9_500, from: lamp, id: "a"),
      CallEvent(.end(.normal), 9_510, from: Self.pbx, id: "2"),
    ]
    for event in more { _ = list.apply(event) }
    #expect(list.all.map(\.outcome) == [.missed, .answered])
    #expect(!list.hasLive)
  }

  @Test("A number, a name, a direction that come late")
  func identified() {
    let named = Caller(number: PhoneNumber(.complete, "+33388202122"), digits: 10, name: "Dupont")
    var list = CallList([
      CallEvent(.ring, 0, id: "7", Caller(identity: .withheld, name: "Accueil"), station: nil)
    ])
    #expect(list.apply(CallEvent(.ring, 100, id: "7", named)) == [.identified(first)])
    #expect(list[first]?.caller.number?.key == "+33388202122")
    #expect(list[first]?.caller.name == "Dupont")
    #expect(list[first]?.station == "1024")
    #expect(list.apply(CallEvent(.ring, 200, id: "7", .withheld)).isEmpty)
    #expect(
      list.apply(CallEvent(.ring, 300, id: "7", direction: .outgoing)) == [.identified(first)])
    #expect(list[first]?.isOutgoing == true)
    _ = list.apply(CallEvent(.ring, 350, id: "7", .customer))
    #expect(list[first]?.caller.name == "Dupont")
    // It is found under its number from now on.
    #expect(list.apply(CallEvent(.end(.normal), 400)) == [.ended(first)])
  }

  @Test("A name that came without the number stays when the number brings none")
  func nameWithoutNumber() {
    let named = Caller(identity: .withheld, name: "Accueil")
    let list = CallList([CallEvent(.ring, 0, id: "7", named), CallEvent(.ring, 100, id: "7")])
    #expect(list[first]?.caller.name == "Accueil")
    #expect(list[first]?.caller.number == Caller.customer.number)
  }

  @Test("A first ring, or another after silence, is told of a call that is known")
  func requested() {
    var list = CallList([CallEvent(.other(word: "x"), 0, id: "7")])
    #expect(list.apply(CallEvent(.ring, 10, id: "7")) == [.requested(first)])
    #expect(list.apply(CallEvent(.ring, 20, id: "7")).isEmpty)
    #expect(list.expire(at: Moment(milliseconds: 90_020), ringTimeout: 90) == [first])
    #expect(list.apply(CallEvent(.ring, 30, id: "7")).isEmpty)
    #expect(list.apply(CallEvent(.ring, 100_000, id: "7")) == [.requested(first)])
    #expect(list[first]?.state == .ringing)
  }
}

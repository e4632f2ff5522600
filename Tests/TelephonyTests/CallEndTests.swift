import Telephony
import Testing

@Suite("What became of a call (R1, R4)")
struct CallEndTests {
  @Test(
    "Reasons, of calls that rang and of calls that were answered",
    arguments: [
      (.normal, .missed), (.missed, .missed), (.failed, .missed), (.rejected, .rejected),
      (.elsewhere, .answeredElsewhere), (.untold, .missed),
    ] as [(EndReason, Outcome)])
  func reasons(reason: EndReason, outcome: Outcome) {
    let ring = CallEvent(.ring, 0)
    let end = CallEvent(.end(reason), 9_999)
    let rang = CallList([ring, end])[first]
    #expect(rang?.outcome == outcome)
    #expect(rang?.duration == nil)
    let why: [EndReason: Reason] = [.failed: .failed, .untold: .untold]
    #expect(rang?.reason == why[reason])
    let answered = CallList([ring, CallEvent(.answer, 2_000), end])[first]
    #expect(answered?.outcome == .answered)
    #expect(answered?.duration == 7)
    #expect(answered?.reason == nil)
    #expect(CallList([end])[first]?.outcome == outcome)
  }

  @Test("Only a reported end is a missed call")
  func notMissed() {
    #expect(CallList([CallEvent(.ring, 0)])[first]?.outcome == .ringing)
    #expect(CallList([CallEvent(.ring, 0), CallEvent(.vanish, 10)])[first]?.outcome == .ringing)
    #expect(CallList([CallEvent(.other(word: "x"), 0)])[first]?.outcome == .ringing)
    #expect(CallList([CallEvent(.answer, 0)])[first]?.outcome == .answered)
    #expect(CallList([CallEvent(.answer, 0)])[first]?.duration == nil)
    // Both in one millisecond.
    #expect(CallList([CallEvent(.answer, 7), CallEvent(.end(.normal), 7)])[first]?.duration == 0)
  }

  @Test("Who hears of no end does not know how long a call took")
  func unheard() {
    let told = [CallEvent(.ring, 0), CallEvent(.answer, 7), CallEvent(.end(.unheard), 7)]
    let call = CallList(told)[first]
    #expect(call?.outcome == .answered && call?.isLive == false)
    #expect(call?.duration == nil)
    #expect(
      CallList([CallEvent(.ring, 0), CallEvent(.end(.unheard), 7)])[first]?.outcome == .ringing)
  }

  @Test(
    "Who was not told why a call rings no more leaves it to who was",
    arguments: [
      ([.end(.missed)], .missed, false), ([.end(.elsewhere)], .answeredElsewhere, false),
      ([.answer, .end(.normal)], .answered, false), ([], .missed, true),
    ] as [([CallEvent.Kind], Outcome, Bool)])
  func untoldEnd(pbx: [CallEvent.Kind], outcome: Outcome, isOpen: Bool) {
    let phone = [CallEvent(.ring, 0, id: "s"), CallEvent(.end(.untold), 4_000, id: "s")]
    let others =
      [CallEvent(.ring, 5, from: "pbx", id: "a")]
      + pbx.enumerated().map { CallEvent($1, 3_990 + Int64($0) * 5_000, from: "pbx", id: "a") }
    for events in [phone + others, (phone + others).sorted { $0.at < $1.at }] {
      let list = CallList(events)
      #expect(list.all.map(\.outcome) == [outcome])
      #expect((list[first]?.reason == .untold) == isOpen)
    }
  }

  @Test("Another source knows how a call went on, whichever tells first", arguments: [6, 7, 8])
  func unheardBesideAnother(answer: Int64) {
    let phone = [CallEvent(.ring, 0), CallEvent(.answer, 7), CallEvent(.end(.unheard), 7)]
    let pbx = [
      CallEvent(.ring, 1, from: "pbx", id: "a"), CallEvent(.answer, answer, from: "pbx", id: "a"),
    ]
    let list = CallList((phone + pbx).sorted { $0.at < $1.at })
    #expect(list.all.count == 1 && list[first]?.isLive == true, "\(list.all)")
    var ended = list
    _ = ended.apply(CallEvent(.end(.normal), 9_007, from: "pbx", id: "a"))
    #expect(ended[first]?.duration == 9)
  }

  @Test("Who lost the way to a call does not know when it ended")
  func lostBesideAnother() {
    let list = CallList([
      CallEvent(.ring, 0, from: "pbx", id: "a"), CallEvent(.ring, 5), CallEvent(.end(.lost), 1_000),
      CallEvent(.answer, 900, from: "pbx", id: "a"),
      CallEvent(.end(.normal), 9_900, from: "pbx", id: "a"),
    ])
    #expect(list.all.map(\.duration) == [9])
    #expect(list.all.map(\.reason) == [nil])
    var ringing = CallList([
      CallEvent(.ring, 0, from: "pbx", id: "a"), CallEvent(.ring, 5), CallEvent(.end(.lost), 1_000),
    ])
    #expect(ringing.live.map(\.state) == [.ringing])
    _ = ringing.apply(CallEvent(.end(.lost), 2_000, from: "pbx", id: "a"))
    #expect(ringing.all.map(\.reason) == [.connectionLost])
    // A telephone system that comes back without a talk knows that it is over, whatever a lamp shows.
    let talk = CallList([
      CallEvent(.ring, 0, from: "pbx", id: "a"), CallEvent(.ring, 5),
      CallEvent(.answer, 900, from: "pbx", id: "a"), CallEvent(.answer, 905),
      CallEvent(.end(.lost), 9_000, from: "pbx", id: "a"),
    ])
    #expect(talk.all.map(\.reason) == [.connectionLost])
  }

  @Test(
    "A caller of whom a source is not sure was not answered where another one says so",
    arguments: [(.missed, .missed), (.elsewhere, .answeredElsewhere), (.normal, .answered)]
      as [(EndReason, Outcome)])
  func refuted(reason: EndReason, outcome: Outcome) {
    var answer = CallEvent(.answer, 2_000, id: "s")
    answer.doubt = .caller
    for isFirst in [true, false] {
      let ends = [
        CallEvent(.end(reason), 3_000, from: "pbx", id: "a"),
        CallEvent(.end(.normal), 4_000, id: "s"),
      ]
      let list = CallList(
        [CallEvent(.ring, 0, id: "s"), CallEvent(.ring, 5, from: "pbx", id: "a"), answer]
          + (isFirst ? ends : ends.reversed()))
      #expect(list.all.map(\.outcome) == [outcome])
      #expect((list[first]?.duration == nil) == (outcome != .answered))
      #expect(list[first]?.isDoubtful == (outcome == .answered))
    }
  }

  @Test("A call of the station is not answered where who is sure tells of no answer")
  func refutedOutgoing() {
    var answer = CallEvent(.answer, 3_010, id: "s", direction: .outgoing)
    answer.doubt = .caller
    let news = [
      CallEvent(.ring, 0, id: "s", direction: .outgoing),
      CallEvent(.ring, 5, from: "pbx", id: "a", direction: .outgoing),
      CallEvent(.end(.normal), 3_000, from: "pbx", id: "a", direction: .outgoing), answer,
    ]
    for events in [news, news.dropLast(2) + [news[3], news[2]]] {
      let call = CallList(events + [CallEvent(.end(.normal), 9_000, id: "s")])[first]
      #expect(call?.outcome == .ringing && call?.duration == nil && call?.reason == .outgoing)
    }
  }

  @Test("An answer of nobody knows whom is that which another source has told just now")
  func untold() {
    var told = [
      CallEvent(.ring, 0, from: "pbx", id: "a"), CallEvent(.answer, 1_000, from: "pbx", id: "a"),
      CallEvent(.answer, 1_020, from: "sip", id: "s", Caller(identity: .untold)),
    ]
    #expect(CallList(told).all.map(\.caller) == [.customer])
    told[2].at = Moment(milliseconds: 9_000)
    #expect(CallList(told).all.count == 2)
    // Of this one it knew that it rang, and one of those that rang was answered.
    told.insert(CallEvent(.ring, 10, from: "sip", id: "r"), at: 1)
    #expect(CallList(told).all.map(\.caller) == [.customer])
    told.insert(CallEvent(.end(.normal), 8_900, from: "pbx", id: "a"), at: 3)
    #expect(CallList(told).all.map(\.duration) == [7])
  }

  @Test("A withheld caller who was missed without a ring has a line")
  func missedWithoutRing() {
    for direction in [Direction.incoming, nil] {
      var list = CallList()
      let end = CallEvent(.end(.missed), 0, from: "pbx", id: "a", .withheld, direction: direction)
      #expect(list.apply(end) == (direction == nil ? [] : [.ended(first)]))
    }
  }

  @Test("A caller of whom a source is not sure is sure once another one is")
  func doubt() {
    var answer = CallEvent(.answer, 2_000, id: "s")
    answer.doubt = .caller
    var list = CallList([
      CallEvent(.ring, 0, id: "s"), CallEvent(.ring, 5, from: "pbx", id: "a"), answer,
    ])
    let policy = PopPolicy(options: PopOptions(trigger: .answer))
    #expect(list[first]?.isDoubtful == true)
    #expect(list[first].map { policy.wish(for: .answered(first), of: $0) } == .nothing)
    let changes = list.apply(CallEvent(.answer, 2_004, from: "pbx", id: "a"))
    #expect(changes == [.answered(first)])
    #expect(list[first].map { policy.wish(for: .answered(first), of: $0) } == .open)
    #expect(list[first]?.isDoubtful == false && list.all.count == 1)
  }

  @Test("A call that the station made is never missed", arguments: EndReason.allCases)
  func outgoing(reason: EndReason) {
    let ring = CallEvent(.ring, 0, direction: .outgoing)
    let call = CallList([ring, CallEvent(.end(reason), 1_000)])[first]
    #expect(call?.outcome != .missed)
    #expect(call?.reason == .outgoing)
  }

  @Test(
    "Two reports of one end: the one that tells more counts, in either order",
    arguments: [
      (.normal, .missed, .missed), (.normal, .elsewhere, .answeredElsewhere),
      (.missed, .elsewhere, .answeredElsewhere), (.missed, .rejected, .rejected),
      (.failed, .elsewhere, .answeredElsewhere), (.rejected, .elsewhere, .answeredElsewhere),
      (.failed, .rejected, .rejected), (.missed, .failed, .missed),
    ] as [(EndReason, EndReason, Outcome)])
  func twoReasons(one: EndReason, other: EndReason, outcome: Outcome) {
    for (early, late) in [(one, other), (other, one)] {
      for (source, id) in [(SourceID.launcher, "7"), ("pbx", nil), ("pbx", "a.1")] {
        let list = CallList([
          CallEvent(.ring, 0, id: "7"), CallEvent(.end(early), 5_000, id: "7"),
          CallEvent(.end(late), 6_000, from: source, id: id),
        ])
        #expect(list.all.map(\.outcome) == [outcome], "\(early), \(late), \(source.name)")
        #expect(list[first]?.ended == Moment(milliseconds: 5_000))
      }
    }
  }

  @Test("An end is told once, and again when more is known")
  func changes() {
    let ring = CallEvent(.ring, 0)
    let normal = CallEvent(.end(.normal), 1_000)
    #expect(CallList.lastChanges([ring, normal]) == [.ended(first)])
    #expect(CallList.lastChanges([ring, normal, CallEvent(.end(.normal), 1_500)]).isEmpty)
    #expect(
      CallList.lastChanges([ring, normal, CallEvent(.end(.elsewhere), 1_500)]) == [.ended(first)])
    #expect(CallList.lastChanges([ring, CallEvent(.answer, 500)]) == [.answered(first)])
    #expect(CallList.lastChanges([ring, CallEvent(.answer, 500), CallEvent(.answer, 600)]).isEmpty)
  }

  @Test("An end or an answer without a number is about the source's own call")
  func withoutNumber() {
    let rings = [
      CallEvent(.ring, 0, from: "pbx"), CallEvent(.ring, 1_000), CallEvent(.ring, 2_000, .stranger),
    ]
    let ended = CallList(rings + [CallEvent(.end(.normal), 3_000, .withheld)])
    #expect(ended.live.map(\.caller) == [.customer])
    let answered = CallList(rings + [CallEvent(.answer, 3_000, .withheld)])
    #expect(answered.live.map(\.state) == [.ringing, .answered])
    // A second answer is about the one that still rings, a third is old news.
    let both = CallList(rings + Array(repeating: CallEvent(.answer, 3_000, .withheld), count: 3))
    #expect(both.all.map(\.state) == [.answered, .answered])
    let foreign = CallList(rings + [CallEvent(.end(.missed), 3_000, from: "relay", .withheld)])
    #expect(foreign.live.count == 2)
    let otherStation = CallList(rings + [CallEvent(.end(.missed), 3_000, .withheld, station: "9")])
    #expect(otherStation.live.count == 2)
    let alone = CallList([CallEvent(.answer, 0), CallEvent(.end(.normal), 5_000, .withheld)])
    #expect(alone.all.map(\.duration) == [5])
  }

  @Test(
    "News of a call that is over finds it for ten minutes",
    arguments: [
      (690_000, 1), (690_001, 2),
    ] as [(Int64, Int)])
  func late(at: Int64, calls: Int) {
    for kind in [CallEvent.Kind.answer, .end(.missed)] {
      var list = CallList([CallEvent(.ring, 0)])
      #expect(list.expire(at: Moment(milliseconds: 90_000), ringTimeout: 90) == [first])
      _ = list.apply(CallEvent(kind, at))
      #expect(list.all.count == calls)
      #expect(list[Call.ID(serial: calls)]?.outcome == (kind == .answer ? .answered : .missed))
    }
  }

  @Test("A call is lost when all who told of it are out of reach, and goes on when one is back")
  func outages() {
    let at = { Moment(milliseconds: $0) }
    var list = CallList([
      CallEvent(.ring, 0, from: "pbx", id: "1"), CallEvent(.answer, 10, from: "pbx", id: "1"),
      CallEvent(.ring, 20, from: "softphone", id: "a"),
      CallEvent(.ring, 30, from: "softphone", id: "b", .stranger),
    ])
    #expect(list.setOutage("softphone", since: at(1_000), at: at(1_000)).isEmpty)
    #expect(list.expire(at: at(15_999), ringTimeout: 90).isEmpty)
    // The manager still hears of the first call.
    #expect(list.expire(at: at(16_000), ringTimeout: 90) == [Call.ID(serial: 2)])
    #expect(list[Call.ID(serial: 2)]?.reason == .connectionLost)
    #expect(list[Call.ID(serial: 2)]?.outcome == .ringing)
    _ = list.setOutage("pbx", since: at(16_000), at: at(16_000))
    #expect(list.expire(at: at(31_000), ringTimeout: 90) == [first])
    #expect(!list.isBusy(station: "1024", except: Call.ID(serial: 9)))
    #expect(list.setOutage("softphone", since: nil, at: at(40_000)).count == 2)
    #expect(list[first]?.state == .answered)
    #expect(list[first]?.reason == nil)
    // Its end counts as it is told, whenever that is.
    _ = list.apply(CallEvent(.end(.lost), 41_000, from: "softphone", id: "a"))
    #expect(list.expire(at: at(41_000), ringTimeout: 90) == [first])
    #expect(list[first]?.reason == .connectionLost)
    _ = list.apply(CallEvent(.end(.normal), 41_500, from: "pbx", id: "1"))
    #expect(list[first]?.reason == nil)
    #expect(list[first]?.duration == 41)
  }

  @Test("The station is not its own caller, but may call itself")
  func own() {
    let station = Caller(number: PhoneNumber(.extension, "1024"), digits: 4, name: "Accueil")
    for (direction, isWithheld) in [(Direction?.none, true), (.incoming, true), (.outgoing, false)]
    {
      var event = CallEvent(.ring, 0, station, direction: direction)
      event.withholdOwn([])
      #expect(event.caller.isWithheld == isWithheld)
      #expect((event.caller.name == nil) == isWithheld)
    }
    var event = CallEvent(.ring, 0, .customer)
    event.withholdOwn([])
    #expect(event.caller == .customer)
    event.withholdOwn([Caller.customer.identity])
    #expect(event.caller.isWithheld)
  }
}

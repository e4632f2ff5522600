import Telephony
import Testing

@Suite("Calls that nobody tells of any more, and the busy line (R1, R5a)")
struct CallTimeoutTests {
  @Test("A ringing call without news ends after the ring timeout", arguments: [90, 1, 300])
  func ringing(timeout: Int) {
    var list = CallList([CallEvent(.ring, 0), CallEvent(.ring, 5_000)])
    let last = Moment(milliseconds: 5_000 + Int64(timeout) * 1000)
    #expect(list.expire(at: last - 1, ringTimeout: timeout).isEmpty)
    #expect(list.hasLive)
    #expect(list.expire(at: last, ringTimeout: timeout) == [first])
    #expect(!list.hasLive)
    #expect(list[first]?.state == .silent)
    #expect(list[first]?.outcome == .ringing)
    #expect(list.expire(at: last + 1, ringTimeout: timeout).isEmpty)
  }

  @Test("An answered call ends by a report or after four hours")
  func answered() {
    var list = CallList([CallEvent(.ring, 0), CallEvent(.answer, 1_000)])
    let last = Moment(milliseconds: 1_000 + 4 * 3600 * 1000)
    #expect(list.apply(CallEvent(.vanish, 2_000)).isEmpty)
    #expect(list.expire(at: last - 1, ringTimeout: 90).isEmpty)
    #expect(list.expire(at: last, ringTimeout: 90) == [first])
    #expect(list[first]?.outcome == .answered)
    #expect(list[first]?.duration == nil)
    // Its end comes later still.
    #expect(list.apply(CallEvent(.end(.normal), 4 * 3600 * 1000 + 61_000)) == [.ended(first)])
    #expect(list[first]?.duration == 4 * 3600 + 60)
  }

  @Test("A value that is gone from a poll ends a call that rings for this source alone")
  func vanished() {
    let poll: SourceID = "rest"
    let ring = CallEvent(.ring, 0, from: poll)
    let gone = CallEvent(.vanish, 5_000, from: poll)
    #expect(CallList.lastChanges([ring, gone]) == [.ended(first)])
    #expect(CallList.lastChanges([ring, gone, gone]).isEmpty)
    #expect(CallList.lastChanges([ring, CallEvent(.ring, 100), gone]).isEmpty)
    #expect(CallList.lastChanges([ring, CallEvent(.answer, 100, from: poll), gone]).isEmpty)
    #expect(CallList.lastChanges([CallEvent(.ring, 0), gone]).isEmpty)
    #expect(CallList.lastChanges([CallEvent(.ring, 0, from: poll, .stranger), gone]).isEmpty)
    // Without a number the value was still this source's only call.
    let empty = CallEvent(.vanish, 5_000, from: poll, .withheld)
    #expect(CallList.lastChanges([ring, empty]) == [.ended(first)])
    // The value comes back: a call of its own.
    #expect(CallList([ring, gone, CallEvent(.ring, 10_000, from: poll)]).all.count == 2)
  }

  @Test(
    "A silent call takes its answer and its end",
    arguments: [
      (CallEvent.Kind.answer, Outcome.answered, CallChange.answered(first)),
      (.end(.normal), .missed, .ended(first)),
      (.end(.elsewhere), .answeredElsewhere, .ended(first)),
    ])
  func lateNews(kind: CallEvent.Kind, outcome: Outcome, change: CallChange) {
    for id in [nil, "7"] {
      var list = CallList([CallEvent(.ring, 0, id: id)])
      _ = list.expire(at: Moment(milliseconds: 90_000), ringTimeout: 90)
      #expect(list.apply(CallEvent(kind, 100_000, id: id)) == [change])
      #expect(list[first]?.outcome == outcome)
    }
  }

  /// What occupies a line, and whether it does.
  static let lines: [(String, [CallEvent], Bool)] = [
    ("nothing", [], false),
    ("a ring", [CallEvent(.ring, 0)], false),
    ("an unknown word", [CallEvent(.other(word: "hold"), 0)], false),
    ("an answered call", [CallEvent(.ring, 0), CallEvent(.answer, 1)], true),
    ("an answer alone", [CallEvent(.answer, 0)], true),
    ("an outgoing call", [CallEvent(.ring, 0, direction: .outgoing)], true),
    (
      "a call said to go out later",
      [
        CallEvent(.ring, 0, id: "7"), CallEvent(.ring, 1, id: "7", direction: .outgoing),
      ], true
    ),
    ("an ended call", [CallEvent(.answer, 0), CallEvent(.end(.normal), 1)], false),
    (
      "an outgoing call that ended",
      [
        CallEvent(.ring, 0, direction: .outgoing), CallEvent(.end(.failed), 1),
      ], false
    ),
    ("another station's call", [CallEvent(.answer, 0, station: "1025")], false),
    ("a call of an unknown station", [CallEvent(.answer, 0, station: nil)], true),
  ]

  @Test("What makes the line busy", arguments: lines)
  func busy(description: String, events: [CallEvent], isBusy: Bool) {
    var list = CallList(events)
    _ = list.apply(CallEvent(.ring, 2, .stranger))
    let ringing = Call.ID(serial: events.isEmpty ? 1 : 2)
    #expect(list.isBusy(station: "1024", except: ringing) == isBusy)
    let reason = PopVerdict.inhibited(.busy)
    if let call = list[ringing] {
      let policy = PopPolicy(options: PopOptions(inhibitBusy: true))
      let verdict = policy.screen(
        call, isBusy: list.isBusy(station: "1024", except: call.id), at: call.began)
      #expect(verdict == (isBusy ? reason : .wait))
    }
  }

  @Test("A call does not make its own line busy, and any call may be at an unknown station")
  func busyWithItself() {
    let list = CallList([CallEvent(.answer, 0, station: "1025")])
    #expect(!list.isBusy(station: "1025", except: first))
    #expect(list.isBusy(station: nil, except: second))
  }

  @Test("A line is free again after silence")
  func freeAgain() {
    var list = CallList([
      CallEvent(.ring, 0, direction: .outgoing), CallEvent(.answer, 0, .stranger),
    ])
    let (ringing, answered) = (Moment(milliseconds: 90_000), Moment(milliseconds: 14_400_000))
    #expect(list.expire(at: ringing, ringTimeout: 90) == [first])
    #expect(list.isBusy(station: "1024", except: first))
    #expect(list.expire(at: answered, ringTimeout: 90) == [second])
    #expect(!list.isBusy(station: "1024", except: first))
  }

  /// Another source that never told of the ring answers a call of its own, of the same caller: one who calls again
  /// and is put through.
  @Test(arguments: [(9_000 as Int64, 1), (70_000, 2), (400_000, 2)])
  func anotherSourcesAnswerIsNotThatOfASilentRing(after wait: Int64, calls: Int) {
    var list = CallList()
    _ = list.apply(CallEvent(.ring, 0, from: "sip", id: "a"))
    _ = list.apply(CallEvent(.vanish, 4_000, from: "sip", id: "a"))
    _ = list.apply(CallEvent(.answer, 4_000 + wait, from: "asterisk", id: "b"))
    #expect(list.all.count == calls)
  }
}

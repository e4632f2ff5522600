import Telephony
import Testing

@Suite("When a record comes up by itself (R1, R2)")
struct TriggerTableTests {
  /// One cell of R2's table: events so far, and the wish under each trigger in the order
  /// application, ring, answer, request.
  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var events: [CallEvent]
    var wishes: [PopWish]
    /// The same with the operator's option `popup`.
    var withOption: [PopWish]
  }

  static let rows = [
    Row(
      testDescription: "ring", events: [CallEvent(.ring, 0)],
      wishes: [.offer, .open, .offer, .offer], withOption: [.open, .open, .open, .open]),
    Row(
      testDescription: "ring with popup", events: [CallEvent(.ring, 0, popup: true)],
      wishes: [.open, .open, .open, .open], withOption: [.open, .open, .open, .open]),
    Row(
      testDescription: "request", events: [CallEvent(.request, 0)],
      wishes: [.open, .open, .open, .open], withOption: [.open, .open, .open, .open]),
    Row(
      testDescription: "ring, answer", events: [CallEvent(.ring, 0), CallEvent(.answer, 2_000)],
      wishes: [.offer, .open, .open, .offer], withOption: [.open, .open, .open, .open]),
    Row(
      testDescription: "ring, then popup",
      events: [CallEvent(.ring, 0), CallEvent(.ring, 2_000, popup: true)],
      wishes: [.open, .open, .open, .open], withOption: [.open, .open, .open, .open]),
    Row(
      testDescription: "ring, answer, request",
      events: [CallEvent(.ring, 0), CallEvent(.answer, 2_000), CallEvent(.request, 60_000)],
      wishes: [.open, .open, .open, .open], withOption: [.open, .open, .open, .open]),
    Row(
      testDescription: "answer alone", events: [CallEvent(.answer, 0)],
      wishes: [.offer, .offer, .offer, .offer], withOption: [.offer, .offer, .offer, .offer]),
    Row(
      testDescription: "answer alone with popup", events: [CallEvent(.answer, 0, popup: true)],
      wishes: [.offer, .offer, .offer, .offer], withOption: [.offer, .offer, .offer, .offer]),
    Row(
      testDescription: "answer alone, said to come in",
      events: [CallEvent(.answer, 0, direction: .incoming)],
      wishes: [.offer, .offer, .open, .offer], withOption: [.offer, .offer, .open, .offer]),
    Row(
      testDescription: "answer before its ring",
      events: [CallEvent(.answer, 10, id: "7"), CallEvent(.ring, 0, id: "7")],
      wishes: [.offer, .open, .open, .offer], withOption: [.open, .open, .open, .open]),
    Row(
      testDescription: "unknown word", events: [CallEvent(.other(word: "hold"), 0)],
      wishes: [.offer, .offer, .offer, .offer], withOption: [.offer, .offer, .offer, .offer]),
    Row(
      testDescription: "unknown word with popup",
      events: [CallEvent(.other(word: "hold"), 0, popup: true)],
      wishes: [.offer, .offer, .offer, .offer], withOption: [.offer, .offer, .offer, .offer]),
    Row(
      testDescription: "unknown word, answer",
      events: [CallEvent(.other(word: "dialing"), 0), CallEvent(.answer, 2_000)],
      wishes: [.offer, .offer, .offer, .offer], withOption: [.offer, .offer, .offer, .offer]),
    Row(
      testDescription: "unknown word, ring",
      events: [CallEvent(.other(word: "proceeding"), 0), CallEvent(.ring, 500)],
      wishes: [.offer, .open, .offer, .offer], withOption: [.open, .open, .open, .open]),
    Row(
      testDescription: "outgoing",
      events: [
        CallEvent(.ring, 0, direction: .outgoing, popup: true),
        CallEvent(.request, 500, direction: .outgoing), CallEvent(.answer, 900),
      ],
      wishes: [.nothing, .nothing, .nothing, .nothing],
      withOption: [.nothing, .nothing, .nothing, .nothing]),
    Row(
      testDescription: "end alone", events: [CallEvent(.end(.missed), 0)],
      wishes: [.nothing, .nothing, .nothing, .nothing],
      withOption: [.nothing, .nothing, .nothing, .nothing]),
  ]

  @Test("Trigger by event", arguments: rows)
  func table(row: Row) {
    let triggers: [Trigger] = [.application, .ring, .answer, .request]
    for (trigger, wish) in zip(triggers, row.wishes) {
      #expect(
        PopPolicy(options: PopOptions(trigger: trigger)).wish(row.events) == wish, "\(trigger)")
    }
    for (trigger, wish) in zip(triggers, row.withOption) {
      let options = PopOptions(trigger: trigger, popup: true)
      #expect(PopPolicy(options: options).wish(row.events) == wish, "\(trigger), option popup")
    }
  }

  @Test("An answer does nothing unless the trigger says so", arguments: Trigger.allCases)
  func answer(trigger: Trigger) throws {
    let call = try #require(CallList([CallEvent(.ring, 0), CallEvent(.answer, 10)])[first])
    let wish = PopPolicy(options: PopOptions(trigger: trigger)).wish(
      for: .answered(first), of: call)
    #expect(wish == (trigger == .answer ? .open : .nothing))
  }

  @Test("A late number or an end asks for nothing", arguments: Trigger.allCases)
  func otherChanges(trigger: Trigger) throws {
    let call = try #require(CallList([CallEvent(.ring, 0, popup: true)])[first])
    let policy = PopPolicy(options: PopOptions(trigger: trigger, popup: true))
    #expect(policy.wish(for: .identified(first), of: call) == .nothing)
    #expect(policy.wish(for: .ended(first), of: call) == .nothing)
  }

  @Test("What a first event is news of")
  func firstNews() {
    #expect(CallList.lastChanges([CallEvent(.ring, 0)]) == [.began(first)])
    #expect(CallList.lastChanges([CallEvent(.answer, 0)]) == [.began(first)])
    #expect(CallList.lastChanges([CallEvent(.request, 0)]) == [.began(first), .requested(first)])
    #expect(CallList.lastChanges([CallEvent(.other(word: "idle"), 0)]) == [.mentioned(first)])
    #expect(CallList.lastChanges([CallEvent(.vanish, 0)]).isEmpty)
    #expect(CallList.lastChanges([CallEvent(.end(.normal), 0)]).isEmpty)
    #expect(CallList.lastChanges([CallEvent(.end(.missed), 0)]) == [.ended(first)])
    #expect(CallList.lastChanges([CallEvent(.end(.missed), 0, .withheld)]).isEmpty)
  }
}

import Canvas
import OperatorScreen
import Telephony
import Testing

/// What other programs are told of calls (R62).
struct CallNewsTests {
  private func story(_ kinds: Set<CallNews.Kind> = Set(CallNews.Kind.allCases)) -> Story {
    var desk = Story.desk()
    desk.hooks = kinds
    return Story(desk: desk)
  }

  @Test func eachOnceInOrderAndWithTheName() {
    var story = story()
    let call = story.ring(Sample.dupontCaller, id: "abc")
    #expect(story.effects.told.isEmpty)
    story.send(.found(call, .success([Sample.dupont])))
    story.report(.ring, Sample.dupontCaller, id: "abc")
    story.wait(2_000)
    story.report(.answer, Sample.dupontCaller, id: "abc")
    story.wait(42_000)
    story.report(.end(.normal), Sample.dupontCaller, id: "abc")
    story.report(.end(.normal), Sample.dupontCaller, id: "abc")
    #expect(
      story.effects.told == [
        "ring Dupont SA ringing -", "answer Dupont SA answered -", "end Dupont SA answered 42",
      ])
    let news = story.effects.news
    #expect(news.allSatisfy { $0.callID == "abc" && $0.number == Sample.dupontNumber })
    #expect(news.allSatisfy { !$0.isOutgoing && $0.contact == "Marie Dupont, achats" })
  }

  @Test func aMissedCallIsAnEndToo() {
    var story = story()
    story.ring(Sample.unknownCaller, found: [])
    story.report(.end(.missed), Sample.unknownCaller)
    #expect(story.effects.told == ["ring ? ringing -", "end ? missed -", "missed ? missed -"])
  }

  /// A program would take one of several for the caller.
  @Test func whoIsNotSureIsNotNamed() {
    var story = story()
    var muller = Sample.muller
    muller.isRemembered = false
    let call = story.ring(Sample.garageCaller, found: [muller, Sample.location])
    story.wait(500)
    story.press(.key(.down), .key(.enter))
    story.report(.answer, Sample.garageCaller)
    #expect(
      story.effects.told == ["ring ? ringing -", "answer Muller Location answered -"], "\(call)")
  }

  @Test func answeredElsewhereIsNotMissed() {
    var story = story([.missed])
    story.ring(Sample.unknownCaller, found: [])
    story.report(.end(.elsewhere), Sample.unknownCaller)
    #expect(story.effects.told.isEmpty)
  }

  /// Everything that happened meanwhile is told behind it.
  @Test func aStoreThatIsSlowHoldsNothingBackForLong() {
    var story = story()
    story.ring(Sample.dupontCaller)
    story.report(.answer, Sample.dupontCaller)
    #expect(story.model.nextWake.map { $0 <= story.now + 1_000 } == true)
    story.wait(1_000)
    #expect(story.effects.told == ["ring ? answered -", "answer ? answered -"])
  }

  @Test func whatIsKeptQuietIsToldAllTheSame() {
    var story = story()
    story.press("D")
    story.ring(Sample.dupontCaller, found: [Sample.dupont])
    story.report(.end(.missed), Sample.dupontCaller)
    #expect(
      story.effects.told == [
        "ring Dupont SA inhibited -", "end Dupont SA missed -", "missed Dupont SA missed -",
      ])
  }

  @Test func aCallThatTheStationMakesDoesNotRing() {
    var story = story()
    story.report(.ring, Sample.dupontCaller, direction: .outgoing)
    story.send(.found(Call.ID(serial: 1), .success([Sample.dupont])))
    story.report(.answer, Sample.dupontCaller)
    story.report(.end(.normal), Sample.dupontCaller)
    #expect(story.effects.news.map(\.kind) == [.answer, .end])
    #expect(!story.effects.news.contains { !$0.isOutgoing })
  }

  @Test func whatAnEarlierWindowToldIsNotToldAgain() {
    var story = story()
    let ring = CallEvent(
      source: .launcher, kind: .ring, at: story.now - 5_000, callID: "a",
      caller: Sample.dupontCaller, keptAs: "m1")
    story.send(.resume([KeptEvent(ring, line: "m1")]))
    story.send(.found(Call.ID(serial: 1), .success([Sample.dupont])))
    #expect(story.effects.told.isEmpty)
    story.report(.end(.missed), Sample.dupontCaller, id: "a")
    #expect(story.effects.news.map(\.kind) == [.end, .missed])
  }

  /// A source may call a call otherwise after each start of the window: its line says that it is the same one.
  @Test func whatSeveralWindowsToldOfOneLineIsOneCall() {
    var story = story()
    let kept = [CallEvent.Kind.ring, .answer, .end(.normal)].enumerated().map { place, kind in
      KeptEvent(
        CallEvent(
          source: "mobile", kind: kind, at: story.now + Int64(place * 3_000 - 20_000),
          callID: place == 0 ? "1-a" : "1-b", direction: .incoming, caller: Sample.dupontCaller,
          keptAs: "m\(place)"), line: "m0")
    }
    story.send(.resume(kept))
    #expect(story.model.calls.live.isEmpty)
  }

  @Test func nobodyIsToldWhereNobodyAsks() {
    var story = story([])
    story.ring(Sample.dupontCaller, found: [Sample.dupont])
    story.report(.end(.missed), Sample.dupontCaller)
    #expect(story.effects.told.isEmpty)
  }

  @Test func aCallThatIsForgottenByEverybodyEnds() {
    var story = story([.end])
    story.ring(Sample.dupontCaller, found: [Sample.dupont])
    story.wait(91_000)
    #expect(story.effects.told == ["end Dupont SA ringing -"])
  }
}

extension [Effect] {
  /// What other programs were told.
  var news: [CallNews] { compactMap { if case .tell(let news) = $0 { news } else { nil } } }

  /// The same in short.
  var told: [String] {
    news.map {
      let seconds = $0.line.duration.map(String.init) ?? "-"
      return "\($0.kind.rawValue) \($0.party?.name ?? "?") \($0.line.outcome.rawValue) \(seconds)"
    }
  }
}

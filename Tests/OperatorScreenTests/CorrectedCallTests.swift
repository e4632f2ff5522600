import Canvas
import OperatorScreen
import Telephony
import Testing

/// A source comes to know better who is at the other end: a call that was put through while it rang, one
/// that was fetched by a service code.
struct CorrectedCallTests {
  private func correct(
    _ story: inout Story, _ kind: CallEvent.Kind, _ caller: Caller, id: String,
    direction: Direction? = nil
  ) -> [Effect] {
    var event = CallEvent(
      source: .launcher, kind: kind, at: story.now, callID: id, direction: direction,
      caller: caller)
    event.corrects = true
    return story.send(.report(.event(event)))
  }

  @Test func theLineIsThatOfTheRealCaller() throws {
    var story = Story()
    let call = story.ring(Sample.garageCaller, id: "c")
    story.send(.found(call, .success([Sample.location])))
    #expect(correct(&story, .ring, Sample.dupontCaller, id: "c").lookedUp == ["+33388202122"])
    #expect(!story.screen.contains("01 99 00 45 67"))
    story.send(.found(call, .success([Sample.dupont])))
    #expect(story.screen.contains("Dupont SA"))
    #expect(story.model.pops.count == 1)
    #expect(story.journal(call)?.number == "+33388202122")
    #expect(story.journal(call)?.name == "Dupont SA")
  }

  /// Who wishes to stay unknown is not told by what was thought before.
  @Test func whoTurnsOutToBeWithheldHasNobodysName() throws {
    var story = Story()
    let call = story.ring(Sample.garageCaller, id: "c")
    story.send(.found(call, .success([Sample.location])))
    _ = correct(&story, .ring, Caller(identity: .withheld), id: "c")
    #expect(story.journal(call)?.name == nil && story.journal(call)?.number == nil)
    #expect(!story.screen.contains("Garage"))
  }

  /// What was found for the old number is of nobody on this call.
  @Test func aLateAnswerForTheOldNumberIsDropped() throws {
    var story = Story()
    let call = story.ring(Sample.garageCaller, id: "c")
    _ = correct(&story, .ring, Sample.dupontCaller, id: "c")
    let old = try #require(Sample.garageCaller.number)
    story.send(.found(call, .success([Sample.location]), of: old))
    #expect(story.screen.contains("recherche…"))
    #expect(story.journal(call)?.name == nil)
    story.send(.found(call, .success([Sample.dupont]), of: Sample.dupontCaller.number))
    #expect(story.journal(call)?.name == "Dupont SA")
  }

  /// A service code fetched somebody's call: it came in.
  @Test func anOutgoingCodeBecomesACallThatCameIn() throws {
    var story = Story(policy: PopPolicy(options: PopOptions(trigger: .answer)))
    story.report(.answer, Sample.garageCaller, id: "c", direction: .outgoing)
    let call = try #require(story.model.pops.keys.max())
    #expect(story.journal(call)?.reason == .outgoing)
    let effects = correct(
      &story, .answer, Sample.dupontCaller, id: "c", direction: .incoming)
    #expect(effects.lookedUp == ["+33388202122"])
    story.send(.found(call, .success([Sample.dupont])))
    #expect(story.screen.contains("Dupont SA"))
    #expect(story.journal(call)?.reason == nil)
    #expect(story.journal(call)?.outcome == .answered)
    // By the trigger, its record opens.
    story.wait(1)
    #expect(
      story.effects.contains {
        if case .ask(.loadRecord) = $0 { true } else { false }
      })
  }

  /// A call for which the station was rung back came in; the number stays, and its name must not get lost.
  @Test func aCallThatTurnsKeepsItsName() throws {
    var story = Story()
    story.report(.answer, Sample.dupontCaller, id: "c", direction: .outgoing)
    let call = try #require(story.model.pops.keys.max())
    story.send(.found(call, .success([Sample.dupont])))
    let effects = correct(&story, .answer, Sample.dupontCaller, id: "c", direction: .incoming)
    #expect(effects.lookedUp == ["+33388202122"])
    story.send(.found(call, .success([Sample.dupont])))
    #expect(story.screen.contains("Dupont SA"))
    #expect(story.journal(call)?.name == "Dupont SA")
  }

  /// Somebody is on the line, and the telephony cannot tell who.
  @Test func whoIsNotToldIsSaid() throws {
    var story = Story()
    let untold = Caller(identity: .untold)
    story.report(.answer, untold, id: "u", direction: .incoming)
    let call = try #require(story.model.pops.keys.max())
    #expect(story.screen.contains("en ligne, correspondant inconnu"))
    #expect(story.effects.lookedUp.isEmpty)
    #expect(story.journal(call)?.isWithheld == false)
    story.report(.end(.normal), untold, id: "u")
    #expect(story.screen.contains("en ligne, correspondant inconnu"), "the journal says it too")
  }

  /// A state alone makes the station busy, and no line.
  @Test func mereBusynessIsNoLine() throws {
    var options = PopOptions()
    options.inhibitBusy = true
    var story = Story(policy: PopPolicy(options: options))
    story.report(.answer, Caller(identity: .untold), id: "u")
    let busy = try #require(story.model.pops.keys.max())
    #expect(story.journal(busy) == nil)
    #expect(!story.screen.contains("correspondant inconnu"))
    let call = story.ring(Sample.dupontCaller)
    #expect(story.journal(call)?.reason == .busy)
  }
}

import Canvas
import OperatorScreen
import Telephony
import Testing

/// Records that open by themselves (R2, R3, R5, R6).
struct PopupTests {
  @Test func thePopupOpensTheRecordOfTheOnlyMatch() {
    var story = Story()
    let call = story.ring(Sample.dupontCaller, popup: true)
    #expect(story.effects.loaded.isEmpty)
    story.send(.found(call, .success([Sample.dupont])))
    #expect(story.effects.loaded == ["C00123"])
    #expect(story.journal(call)?.code == "C00123")
  }

  static let choices: [[Match]] = [
    [], Sample.several, [Sample.schmitt], [Sample.dupont, Sample.schmitt],
  ]

  @Test(arguments: choices)
  func nobodySeveralOrAWeakMatchOnlyShows(_ matches: [Match]) {
    var story = Story()
    let call = story.ring(Sample.dupontCaller, found: matches, popup: true)
    #expect(story.effects.loaded.isEmpty)
    #expect(story.model.corner == [call])
  }

  @Test(arguments: Trigger.allCases, [CallEvent.Kind.ring, .answer, .request])
  func theTriggerDecides(_ trigger: Trigger, _ kind: CallEvent.Kind) {
    // Each story begins with a ring.
    let opens =
      kind == .request || trigger == .ring || (trigger == .answer && kind == .answer)
    var story = Story(policy: PopPolicy(options: PopOptions(trigger: trigger)))
    let call = story.ring(Sample.dupontCaller)
    if kind != .ring { story.report(kind, Sample.dupontCaller) }
    story.send(.found(call, .success([Sample.dupont])))
    #expect(story.effects.loaded.count == (opens ? 1 : 0))
  }

  @Test func aRecordOpensByItselfOncePerCall() {
    var story = Story(policy: PopPolicy(options: PopOptions(trigger: .answer, popup: true)))
    let call = story.ring(Sample.dupontCaller, found: [Sample.dupont])
    #expect(story.effects.loaded.count == 1)
    story.press(.key(.escape))
    story.report(.ring, Sample.dupontCaller, popup: true)
    story.report(.request, Sample.dupontCaller)
    story.report(.answer, Sample.dupontCaller)
    story.send(.found(call, .success([Sample.dupont])))
    #expect(story.effects.loaded.count == 1)
    #expect(story.model.card == nil)
  }

  @Test func aRecordOpenedByHandDoesNotOpenByItselfToo() {
    var story = Story(policy: PopPolicy(options: PopOptions(trigger: .answer)))
    story.ring(Sample.dupontCaller, found: [Sample.dupont])
    story.wait(400)
    story.press(.key(.enter), .key(.escape))
    #expect(story.model.card == nil)
    story.report(.answer, Sample.dupontCaller)
    #expect(story.effects.loaded == ["C00123"])
    #expect(story.model.card == nil)
  }

  @Test func aRecordWaitsUntilTheFieldIsClosed() {
    var story = Story()
    story.ring(Sample.garageCaller, found: Sample.several)
    story.press("n")
    let call = story.ring(Sample.dupontCaller, found: [Sample.dupont], popup: true)
    #expect(story.model.waiting == [call])
    story.wait(3_000)
    #expect(story.model.card == nil)
    #expect(story.press(.key(.escape)).loaded == ["C00123"])
    #expect(story.model.waiting.isEmpty)
  }

  @Test func aRecordIsDroppedWhenItsCallEndsMeanwhile() {
    var story = Story()
    story.ring(Sample.garageCaller, found: Sample.several)
    story.press("?")
    story.ring(Sample.dupontCaller, found: [Sample.dupont], popup: true)
    story.report(.end(.missed), Sample.dupontCaller)
    story.press(.key(.escape))
    #expect(story.effects.loaded.isEmpty)
    #expect(story.model.card == nil)
  }

  @Test func anAnswerOfTheStoreAfterTheEndOpensNothing() {
    var story = Story()
    let call = story.ring(Sample.dupontCaller, popup: true)
    story.report(.end(.missed), Sample.dupontCaller)
    story.send(.found(call, .success([Sample.dupont])))
    #expect(story.effects.loaded.isEmpty)
    #expect(story.journal(call)?.name == "Dupont SA")
    #expect(story.journal(call)?.outcome == .missed)
  }

  @Test func aRecordDoesNotCoverThatOfAnotherLiveCall() {
    var story = Story()
    story.ring(Sample.dupontCaller, found: [Sample.dupont], popup: true)
    story.report(.answer, Sample.dupontCaller)
    let second = story.ring(Sample.garageCaller, found: [Sample.muller], popup: true)
    #expect(story.effects.loaded == ["C00123"])
    #expect(story.model.waiting == [second])
    story.report(.end(.normal), Sample.dupontCaller)
    #expect(story.effects.loaded == ["C00123", "C00200"])
  }

  @Test func aRecordDoesNotCoverThatOfALiveCallOpenedFromItsLine() {
    var story = Story()
    let first = story.ring(Sample.dupontCaller, found: [Sample.dupont])
    story.press(.key(.tab))
    #expect(story.model.selection == .journal("run-\(first.serial)"))
    story.press("o")
    story.send(.foundForLine(key: "run-\(first.serial)", .success([Sample.dupont])))
    #expect(story.effects.loaded == ["C00123"])
    story.ring(Sample.garageCaller, found: [Sample.muller], popup: true)
    #expect(story.effects.loaded == ["C00123"])
    story.press(.key(.escape))
    #expect(story.effects.loaded == ["C00123", "C00200"])
  }

  @Test func recordsThatOpenElsewhereDoNotWaitForEachOther() {
    var story = Story(desk: Story.desk(opensCard: false))
    story.press("?")
    story.ring(Sample.dupontCaller, found: [Sample.dupont], popup: true)
    story.ring(Sample.garageCaller, found: [Sample.muller], popup: true)
    let opened: [String] = story.press(.key(.escape)).compactMap {
      if case .open(.record(let subject)) = $0 { subject.party.code } else { nil }
    }
    #expect(opened == ["C00123", "C00200"])
  }

  @Test func aHiddenCallOpensNothingUntilTheTelephonyAsksAgain() {
    var story = Story()
    let call = story.ring(Sample.dupontCaller, popup: true)
    story.wait(400)
    story.press(.key(.escape))
    story.send(.found(call, .success([Sample.dupont])))
    #expect(story.effects.loaded.isEmpty)
    #expect(story.model.corner.isEmpty)
    story.report(.request, Sample.dupontCaller)
    #expect(story.model.corner == [call])
    #expect(story.effects.loaded == ["C00123"])
  }

  @Test func theRecordTellsOfItsCallAsItIsNow() {
    var story = Story()
    let call = story.ring(Sample.dupontCaller, found: [Sample.dupont], popup: true)
    var record = Sample.dupontRecord
    record.calls.insert(story.journal(call) ?? record.calls[0], at: 0)
    story.deliverRecord(record)
    #expect(story.screen.contains("Appels    22/11 14:05  sonne"))
    story.report(.answer, Sample.dupontCaller)
    #expect(story.screen.contains("Appels    22/11 14:05  en ligne"))
    story.wait(75_000)
    story.report(.end(.normal), Sample.dupontCaller)
    #expect(story.screen.contains("Appels    22/11 14:05  1 min 15"))
  }

  @Test func theCardKeepsItsKeysWhenItsCallEnds() {
    var story = Story()
    story.ring(Sample.dupontCaller, found: [Sample.dupont], popup: true)
    story.ring(Sample.garageCaller, found: Sample.several)
    story.wait(1_000)
    story.report(.end(.normal), Sample.dupontCaller)
    story.press("n")
    #expect(story.screen.contains("Note · Dupont SA"))
  }

  @Test func anOutgoingCallNeverPopsThoughItsDirectionComesLate() {
    var story = Story(policy: PopPolicy(options: PopOptions(popup: true, inhibitUnknown: true)))
    let call = story.ring(Sample.dupontCaller)
    #expect(story.model.corner == [call])
    story.report(.answer, Sample.dupontCaller, direction: .outgoing)
    story.send(.found(call, .success([])))
    #expect(story.model.corner.isEmpty)
    #expect(story.journal(call)?.reason == .outgoing)
    #expect(story.journal(call)?.outcome == .answered)
  }

  @Test func anOutgoingCallToAnExceptionIsOutgoing() {
    var story = Story(policy: PopPolicy(exceptions: [ExceptionNumber(pattern: "+33*", list: .own)]))
    story.report(.ring, Sample.dupontCaller, direction: .outgoing)
    let line = story.model.journal.first
    #expect(line?.outcome == .ringing)
    #expect(line?.reason == .outgoing)
    #expect(story.model.corner.isEmpty)
  }
}

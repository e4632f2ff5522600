import Canvas
import OperatorScreen
import Telephony
import Testing

/// Calling a number that is on the screen (R32).
struct DiallingTests {
  private static func story(canDial: Bool = true) -> Story {
    Story(desk: Story.desk(canDial: canDial))
  }

  @Test func aCallALineAndTheNumberOfARecordAreCalled() throws {
    var story = Self.story()
    story.ring(Sample.garageCaller, found: Sample.several)
    #expect(story.press("d").dialled.map(\.number) == [Sample.garageNumber])
    #expect(story.screen.contains("Appel du 01 99 00 45 67…"))

    var journal = Self.story()
    journal.send(.journal(Sample.journal))
    journal.press(.key(.down))
    #expect(journal.press("d").dialled.map(\.number.key) == ["+33639981234"])

    var card = Self.story()
    card.ring(Sample.dupontCaller, found: [Sample.dupont], popup: true)
    card.deliverRecord(Sample.dupontRecord)
    // The caller's own number is selected; the contact's mobile stands two below it.
    #expect(card.press("d").isEmpty)
    #expect(card.press("j", "j", .key(.enter)).dialled.map(\.text) == ["06 39 98 00 12"])
  }

  @Test func theAnswerOfTheTelephonyIsShown() throws {
    var story = Self.story()
    story.ring(Sample.garageCaller, found: [])
    let request = try #require(story.press("d").dialled.first)
    story.send(.dialled(request, .success("queued as 17")))
    #expect(story.screen.contains("Appel du 01 99 00 45 67 : queued as 17"))
    story.press("d")
    story.send(.dialled(request, .failure(DialError("pbx.example answered 500: look at its log"))))
    #expect(story.screen.contains("pbx.example answered 500: look at its log"))
  }

  @Test func aKeyThatIsPressedTwiceCallsOnce() throws {
    var story = Self.story()
    story.ring(Sample.garageCaller, found: [])
    let request = try #require(story.press("d", "d").dialled.first)
    #expect(story.effects.dialled.count == 1)
    story.send(.dialled(request, .success(nil)))
    #expect(story.press("d").dialled.count == 1)
  }

  @Test func aCodeIsCalledAfterAConfirmationOnly() {
    var story = Self.story()
    story.ring(Sample.code)
    #expect(story.press("d", "d", "q").dialled.isEmpty)
    #expect(story.press("d", .key(.escape)).dialled.isEmpty)
    #expect(story.press("d", .key(.enter)).dialled.map(\.number.key) == ["*21*1025#"])
  }

  @Test func withoutAWayToDialTheWindowSaysWhatIsMissing() {
    var story = Self.story(canDial: false)
    story.send(.journal(Sample.journal))
    story.press(.key(.down))
    #expect(!story.screen.contains("d appeler"))
    #expect(story.press("d").isEmpty)
    #expect(story.screen.contains("dial.through"))
  }

  @Test func aWithheldCallerCannotBeCalled() {
    var story = Self.story()
    story.ring(Sample.withheldCaller)
    #expect(story.press("d").isEmpty)
    #expect(story.screen.contains("pas de numéro"))
  }

  @Test func ourOwnCallDoesNotComeUpAlthoughItIsReportedAsAnyOther() {
    var story = Self.story()
    story.send(.journal(Sample.journal))
    story.press(.key(.down))
    let called = story.press("d").dialled
    #expect(called.map(\.number.key) == ["+33639981234"])
    story.wait(2_000)
    story.report(.ring, Sample.caller(1234), id: "own")
    story.report(.answer, Sample.caller(1234), id: "own")
    #expect(story.model.corner.isEmpty)
    #expect(story.screen.contains("sortant"))
    story.report(.end(.normal), Sample.caller(1234), id: "own")
    // The same person calls back: that is not our call.
    story.wait(12_000)
    story.ring(Sample.caller(1234), id: "back")
    #expect(story.model.corner.count == 1)
  }

  /// `screenpop dial` beside the window, and a softphone that does not say who called whom.
  @Test func aCallThatWasDialledBesideTheWindowIsOurOwn() {
    var story = Self.story()
    story.report(.dialled, Sample.caller(1234), id: "told", direction: .outgoing)
    #expect(story.model.journal.isEmpty)
    story.wait(2_000)
    story.report(.answer, Sample.caller(1234), id: "own")
    #expect(story.model.corner.isEmpty)
    #expect(story.screen.contains("sortant"))
  }

  /// A window that was told of it late, or that starts again, takes nobody for the station itself.
  @Test func whatWasDialledLongAgoIsOver() {
    var story = Self.story()
    let event = CallEvent(
      source: .launcher, kind: .dialled, at: story.now - 31_000, caller: Sample.caller(1234),
      keptAs: "told")
    story.send(.resume([KeptEvent(event)]))
    #expect(story.effects == [.keep(.letGo(Receipt("told", line: nil)))])
    story.ring(Sample.caller(1234), id: "in")
    #expect(story.model.corner.count == 1)
  }

  @Test func aCallThatComesInLongAfterDiallingComesUp() {
    var story = Self.story()
    story.send(.journal(Sample.journal))
    story.press(.key(.down), "d")
    story.wait(31_000)
    story.ring(Sample.caller(1234), id: "later")
    #expect(story.model.corner.count == 1)
  }

  @Test func aCallThatFailedToBeDialledIsNotWaitedFor() throws {
    var story = Self.story()
    story.send(.journal(Sample.journal))
    story.press(.key(.down))
    let request = try #require(story.press("d").dialled.first)
    story.send(.dialled(request, .failure(DialError("no line"))))
    story.ring(Sample.caller(1234), id: "in")
    #expect(story.model.corner.count == 1)
  }
}

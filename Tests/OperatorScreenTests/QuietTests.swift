import Canvas
import OperatorScreen
import Telephony
import Testing

/// Do not disturb, with an end. Stories begin at 14:05.
struct QuietTests {
  private func story() -> Story {
    var desk = Story.desk()
    desk.announces = true
    return Story(phrases: .english, desk: desk)
  }

  @Test func oneKeyIsHalfAnHourThenTillEveningThenOff() {
    var story = story()
    story.press("D")
    #expect(story.screen.contains("Do not disturb until 14:35"))
    story.wait(60_000)
    story.press("D")
    #expect(story.screen.contains("Do not disturb until 18:00"))
    story.press("D")
    story.wait(10_000)
    #expect(!story.screen.contains("until"))
  }

  @Test func theHeaderSaysItAsLongAsItHolds() {
    var story = story()
    story.press("D")
    story.wait(1_799_000)
    #expect(story.lines[0].joined().contains("Do not disturb until 14:35"))
    story.resize(60, 20)
    #expect(story.lines[0].joined().contains("until 14:35"))
    #expect(story.model.nextWake.map { $0 <= story.now + 1_000 } == true)
    story.wait(1_000)
    #expect(!story.lines[0].joined().contains("until"))
  }

  @Test(arguments: [CallEvent.Kind.ring, .request, .answer])
  func callsAreLinesOfTheJournalMeanwhile(_ kind: CallEvent.Kind) {
    var story = story()
    story.press("D")
    story.report(kind, Sample.dupontCaller, popup: true)
    story.send(.found(Call.ID(serial: 1), .success([Sample.dupont])))
    #expect(story.model.corner.isEmpty)
    #expect(story.effects.announced.isEmpty)
    #expect(story.effects.loaded.isEmpty)
    let line = story.model.journal.first
    #expect(line?.reason == .doNotDisturb)
    #expect(line?.name == "Dupont SA")
    #expect(Reason(text: Reason.doNotDisturb.text) == .doNotDisturb)
    story.report(.end(.missed), Sample.dupontCaller)
    #expect(story.model.journal.first?.outcome == (kind == .answer ? .answered : .missed))
  }

  @Test func whatRangBeforeStays() {
    var story = story()
    let call = story.ring(Sample.dupontCaller, found: [Sample.dupont])
    story.press("D")
    story.report(.ring, Sample.dupontCaller)
    #expect(story.model.corner == [call])
  }

  @Test func callsComeUpAgainAfterwards() {
    for ends in [false, true] {
      var story = story()
      story.press("D")
      if ends { story.press("D", "D") } else { story.wait(1_800_000) }
      let call = story.ring(Sample.dupontCaller, found: [Sample.dupont])
      #expect(story.model.corner == [call])
    }
  }

  /// A second step that would end sooner than the first one is none.
  @Test(
    arguments: [
      (3 * 60 + 24, "until 18:00"), (3 * 60 + 25, "until 00:00"), (3 * 60 + 54, "until 00:00"),
      (4 * 60, "until 00:00"), (9 * 60 + 24, "until 00:00"), (9 * 60 + 26, nil),
    ] as [(Int64, String?)])
  func tillEveningIsLongerThanTheHalfHour(_ minutes: Int64, _ said: String?) {
    var story = story()
    story.wait(minutes * 60_000)
    story.press("D", "D")
    #expect(story.screen.contains(said ?? "Calls come up again"))
    #expect((story.model.quietEnd != nil) == (said != nil))
  }

  /// The clock on the wall is set back by a millisecond now and then.
  @Test func theEndStaysInItsMinute() {
    var story = story()
    story.wait(500)
    story.press("D", "D")
    story.send(.tick(story.now, story.model.wall - 1))
    #expect(story.lines[0].joined().contains("until 18:00"))
  }
}

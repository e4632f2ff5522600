import OperatorScreen
import Telephony
import Testing

/// Who calls while the ERP is away may be somebody whom it alone knows (R41).
struct LateERPTests {
  private static let down = SourceHealth.down(
    reason: "no answer within 2 s", since: Moment(milliseconds: Story.start), nextTry: nil)

  private func story(_ health: SourceHealth) -> Story {
    var story = Story(phrases: .english)
    story.send(.report(.health(.erp, health)))
    return story
  }

  @Test func whoIsStillShownIsAskedForWhenItIsBack() {
    var story = story(Self.down)
    let call = story.ring(Sample.garageCaller, found: [])
    #expect(story.screen.contains("unknown"))
    story.wait(3_000)
    #expect(story.send(.report(.health(.erp, .up))).lookedUp == [Sample.garageNumber.key])
    // The answer before stands until then.
    #expect(story.screen.contains("unknown"))
    story.send(.found(call, .success([Sample.muller]), of: Sample.garageNumber))
    #expect(story.screen.contains("Garage Muller"))
    #expect(story.journal(call)?.name == "Garage Muller")
    #expect(story.send(.report(.health(.erp, .up))).lookedUp.isEmpty)
  }

  @Test func whoIsNotShownIsNotAskedFor() {
    var story = story(Self.down)
    story.ring(Sample.garageCaller, found: [])
    story.report(.end(.missed), Sample.garageCaller)
    #expect(story.send(.report(.health(.erp, .up))).lookedUp.isEmpty)
  }

  @Test func anERPThatWasNeverAwayIsNotAskedAgain() {
    var story = Story(phrases: .english)
    story.ring(Sample.garageCaller, found: [])
    #expect(story.send(.report(.health(.erp, .up))).lookedUp.isEmpty)
  }
}

import OperatorScreen
import Telephony
import Testing

/// What is too old leaves the journal (R61).
struct RetentionTests {
  private static func desk(_ days: Int) -> Desk {
    var desk = Story.desk()
    desk.retentionDays = days
    return desk
  }

  private static func line(_ key: String, days: Int64) -> JournalEntry {
    JournalEntry(
      key: key, at: Story.wall + -days * WallTime.day, number: nil, text: key, outcome: .missed)
  }

  private static func limits(_ effects: [Effect]) -> [WallTime] {
    effects.compactMap { effect in
      if case .keep(.forget(let time)) = effect { time } else { nil }
    }
  }

  @Test func atTheStartAndOnceADay() {
    var story = Story(desk: Self.desk(90))
    let limit = Story.wall + -90 * WallTime.day
    #expect(Self.limits(story.wait(0)) == [limit])
    story.send(.journal([Self.line("new", days: 89), Self.line("old", days: 91)]))
    #expect(Self.limits(story.wait(3_600_000)).isEmpty)
    // The window wakes at midnight anyway.
    #expect(Self.limits(story.wait(9 * 3_600_000)).count == 1)
    #expect(story.model.journal.map(\.key) == ["new"])
  }

  @Test func withoutADayNothingIsForgotten() {
    var story = Story(desk: Self.desk(0))
    #expect(Self.limits(story.wait(0) + story.wait(2 * WallTime.day)).isEmpty)
  }

  @Test func whatTheStoreHasNotStays() {
    var story = Story(desk: Self.desk(1))
    story.report(.ring, Sample.dupontCaller, id: "1")
    story.wait(3 * WallTime.day)
    #expect(story.model.unsavedLines.count == 1)
    #expect(story.model.journal.count == 1)
  }
}

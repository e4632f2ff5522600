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
    #expect(Self.limits(story.wait(0)) == [])
    let lines = [0, 89, 91].map { Self.line("\($0)", days: $0) }
    #expect(Self.limits(story.send(.journal(lines))) == [limit])
    // The store says what went: a line that came lately stays, whatever the clock showed.
    #expect(story.model.journal.count == 3)
    _ = story.send(.journal([Self.line("late", days: 730)]))
    _ = story.send(.forgotten(before: limit, besides: ["late"]))
    #expect(story.model.journal.map(\.key) == ["0", "89", "late"])
    #expect(Self.limits(story.wait(3_600_000)).isEmpty)
    // The window wakes at midnight anyway.
    #expect(Self.limits(story.wait(9 * 3_600_000)).count == 1)
  }

  /// A clock that is ten years ahead at the start forgets nothing: the latest call says what time it was.
  @Test func aClockThatIsWrongForgetsNothing() {
    var story = Story(desk: Self.desk(90))
    let lines = [3650, 3738].map { Self.line("\($0)", days: $0) }
    let limits = Self.limits(story.send(.journal(lines)) + story.wait(0))
    #expect(limits.allSatisfy { $0 < lines[1].at })
    for limit in limits { _ = story.send(.forgotten(before: limit, besides: [])) }
    #expect(Array(story.model.journal) == lines)
  }

  /// Calls come in while the clock is years ahead: on one day, and on two. Days later it would be believed.
  @Test(arguments: [1, 2, 4] as [Int64])
  func callsUnderAWrongClockForgetNothing(days: Int64) {
    var story = Story(desk: Self.desk(90))
    story.ahead = 730 * WallTime.day
    let right = [0, 1, 2, 80].map { Self.line("\($0)", days: $0) }
    let wrong = (0..<days).map { Self.line("wrong \($0)", days: $0 - 730) }
    let limits = Self.limits(story.wait(0) + story.send(.journal(wrong + right)))
    #expect(limits.allSatisfy { $0 < right[3].at } == (days < 3))
    // Right again, what was dated wrong does not count.
    story.ahead = 0
    story.wait(0)
    #expect(Self.limits(story.wait(WallTime.day)) == [Story.wall + -89 * WallTime.day])
  }

  /// Who is called once in a while keeps the last three days with calls, and no more.
  @Test func rareCallsAreForgottenAllTheSame() {
    var story = Story(desk: Self.desk(5))
    let lines = (0..<9).map { Self.line("\($0)", days: $0 * 7) }
    let limits = Self.limits(story.send(.journal(lines)))
    #expect(limits == [Story.wall + (-21 + 1 - 5) * WallTime.day])
  }

  @Test func withoutADayNothingIsForgotten() {
    var story = Story(desk: Self.desk(0))
    #expect(Self.limits(story.wait(0) + story.wait(2 * WallTime.day)).isEmpty)
  }

  @Test func whatTheStoreHasNotStays() {
    var story = Story(desk: Self.desk(1))
    story.report(.ring, Sample.dupontCaller, id: "1")
    story.wait(3 * WallTime.day)
    _ = story.send(.forgotten(before: Story.wall + 2 * WallTime.day, besides: []))
    #expect(story.model.unsavedLines.count == 1)
    #expect(story.model.journal.count == 1)
  }
}

import OperatorScreen
import Telephony
import Testing

/// The wall clock is set while the window runs.
struct ClockTests {
  /// Months or years, ahead or back, in every order with calls before and after: lines stand in the order of the calls,
  /// and today's calls are today's.
  @Test(arguments: [-90, 90, -730, 730, 1] as [Int64])
  func callsFollowAClockThatIsSet(days: Int64) {
    var story = Story(phrases: .english)
    story.ahead = -days * WallTime.day
    story.wait(0)
    story.report(.ring, Sample.dupontCaller, id: "1")
    story.wait(4_000)
    story.report(.end(.missed), Sample.dupontCaller, id: "1")
    story.wait(60_000)
    story.ahead = 0
    let effects = story.wait(1_000)
    let saved = effects.compactMap { effect -> JournalEntry? in
      if case .keep(.saveJournal(let entry, _)) = effect { entry } else { nil }
    }
    #expect(saved.map(\.at) == [Story.wall])
    #expect(story.model.notice != nil)
    story.report(.ring, Sample.unknownCaller, id: "2")
    story.wait(1_000)
    #expect(story.model.journal.map(\.outcome) == [.ringing, .missed])
    #expect(story.model.journal.map(\.at) == story.model.journal.map(\.at).sorted(by: >))
    #expect(story.model.journal.last?.at == Story.wall)
    #expect(story.screen.contains("1 missed"))
    // Nothing is dated anew a second time.
    #expect(story.wait(1_000).isEmpty)
  }

  /// What was there before the window, and what is long ago, stays where it was; so does everything when a clock drifts.
  @Test func whatIsNotOfLateStays() {
    var story = Story()
    let before = JournalEntry(
      key: "before", at: Story.wall, number: nil, text: "before", outcome: .missed)
    _ = story.send(.journal([before]))
    story.report(.ring, Sample.dupontCaller, id: "1")
    story.wait(13 * 3_600_000)
    let lines = story.model.journal.map(\.at)
    story.ahead = 59_000
    story.wait(1_000)
    #expect(story.model.notice == nil)
    story.ahead = 365 * WallTime.day
    story.wait(1_000)
    #expect(story.model.journal.map(\.at) == lines)
  }
}

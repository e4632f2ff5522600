import Canvas
import OperatorScreen
import Telephony
import Testing

/// What an operator does with a line of the journal beside opening records.
struct LineStoryTests {
  private static let key = "story-1"

  private func story(_ lines: [JournalEntry] = Sample.storyJournal) -> Story {
    var story = Story(
      phrases: .english, policy: PopPolicy(ownNumbers: Sample.ownNumbers))
    story.send(.journal(lines))
    story.press(.key(.down))
    return story
  }

  private func open(_ line: JournalEntry) -> Story {
    var line = line
    line.isDone = false
    return story([line])
  }

  @Test func enterTellsAllAndThenOpensTheRecord() throws {
    var story = story()
    let number = PhoneNumber(.complete, "+33199004567")
    #expect(
      story.press(.key(.enter)) == [.keep(.readStory(Sample.storyJournal[0], number: number))])
    for words in [
      "Garage Muller (C00200) · national number", "Support (+33199004500)", "14:04:40", "12 s",
      "launcher, sip", "Marked as done", "looking up…",
    ] { #expect(story.screen.contains(words), "\(words) in\n\(story.screen)") }
    story.send(.story(key: "another", notes: [], earlier: []))
    #expect(story.screen.contains("looking up…"))
    story.send(.story(key: Self.key, notes: [], earlier: []))
    #expect(story.screen.contains("no earlier call"))
    #expect(story.press(.key(.enter)) == [.ask(.lookUpLine(key: Self.key, number))])
    #expect(story.model.dialog == nil)
  }

  @Test func theOutcomeOfAnAnsweredCallIsMoreThanATime() {
    var line = Sample.storyJournal[0]
    (line.outcome, line.duration) = (.answered, 130)
    var story = open(line)
    story.press(.key(.enter))
    #expect(story.screen.contains("answered · 2 min 10"))
  }

  /// A name is shown as sure only when it is (R51): nobody chose among those who have the number.
  @Test func aNameOfSeveralIsNotShownAsSure() {
    var story = Story(phrases: .english)
    var first = Sample.muller
    first.isRemembered = false
    let call = story.ring(Sample.garageCaller, found: [first, Sample.location, Sample.schmitt])
    #expect(story.journal(call)?.certainty == .several)
    #expect(story.screen.contains("? Garage Muller"))
    let other = story.ring(Sample.dupontCaller, found: [Sample.dupont, Sample.schmitt])
    #expect(story.journal(other)?.certainty == .exact)
    let chosen = story.ring(Sample.caller(1), found: Sample.several)
    #expect(story.journal(chosen)?.certainty == .exact)
  }

  /// Nor is one whose call may have been another's.
  @Test func whoMayNotHaveBeenAnsweredIsNotShownAsSure() {
    for doubt in [nil, CallEvent.Doubt.caller] {
      var story = Story(
        phrases: .english, policy: PopPolicy(options: PopOptions(trigger: .answer)))
      let call = story.ring(Sample.dupontCaller, found: [Sample.dupont])
      var answer = CallEvent(
        source: .launcher, kind: .answer, at: story.now, callID: Sample.dupontCaller.text,
        caller: Sample.dupontCaller)
      answer.doubt = doubt
      story.send(.report(.event(answer)))
      #expect(story.journal(call)?.certainty == (doubt == nil ? .exact : .caller))
      #expect(story.screen.contains("? Dupont") == (doubt != nil))
    }
  }

  @Test(arguments: ["n", "x", "a", "c"] as [KeyPress])
  func theKeysOfTheLineHoldInItsStory(_ key: KeyPress) {
    var (direct, inStory) = (story(), story())
    inStory.press(.key(.enter))
    direct.press(key)
    inStory.press(key)
    #expect(direct.model.dialog != nil && inStory.model.dialog == direct.model.dialog)
  }

  @Test func whatIsMarkedAsDoneIsOpenNoMoreUntilTheKeyIsPressedAgain() {
    var story = open(Sample.storyJournal[0])
    #expect(story.lines[0].joined().contains("1 missed"))
    var done = Sample.storyJournal[0]
    #expect(story.press("M") == [.keep(.saveJournal(done))])
    #expect(!story.lines[0].joined().contains("missed"))
    #expect(story.screen.contains("✓14:04"))
    done.isDone = false
    #expect(story.press("M") == [.keep(.saveJournal(done))])
    #expect(story.screen.contains("!14:04"))
  }

  /// As reaching the caller does: earlier calls of the same caller are done with it, later ones are not.
  @Test func whoIsDoneWithIsDoneWithUpToThatCall() {
    func missed(_ key: String, _ before: Int64, code: String? = nil, text: String = "1")
      -> JournalEntry
    {
      JournalEntry(
        key: key, at: Story.wall + -before, number: nil, text: text, code: code, outcome: .missed)
    }
    var done = missed("b", 20, code: "C1")
    done.isDone = true
    let calls = [
      missed("a", 10), done, missed("c", 30), missed("d", 40, code: "C1", text: "2"),
      missed("e", 50, text: "3"),
    ]
    #expect(MissedCalls(calls).reached == ["b", "c", "d"])
    #expect(MissedCalls(calls).open == ["a", "e"])
  }

  @Test func onlyAMissedCallThatNobodyReachedCanBeMarked() {
    var answered = Sample.storyJournal[0]
    (answered.key, answered.outcome, answered.at) = ("later", .answered, answered.at + 1_000)
    answered.isDone = false
    var story = open(Sample.storyJournal[0])
    story.send(.journal([answered]))
    #expect(story.press("M").isEmpty)
    #expect(story.screen.contains("Somebody has reached the caller since."))
    story.press(.key(.up))
    #expect(story.press("M").isEmpty)
    #expect(story.screen.contains("Only a missed call"))
  }

  /// A mark is the operator's: what is still told of the call leaves it.
  @Test func laterNewsKeepTheMark() throws {
    var story = Story(phrases: .english)
    let call = story.ring(Sample.dupontCaller, found: [Sample.dupont])
    story.wait(3_000)
    story.report(.end(.missed), Sample.dupontCaller)
    story.press(.key(.down), "M")
    #expect(story.journal(call)?.isDone == true)
    let told = CallEvent(
      source: "sip", kind: .end(.rejected), at: story.now, callID: "other", station: "1024",
      caller: Sample.dupontCaller)
    story.send(.report(.event(told)))
    #expect(story.journal(call)?.isDone == true)
    #expect(story.journal(call)?.rang == 3)
    #expect(story.journal(call)?.certainty == .exact)
    #expect(story.journal(call)?.sources.contains("launcher") == true)
  }

  @Test(arguments: [
    ("+33388202122", "03 88 20 21 22", "0388202122"), (nil, "alice@trunk.example", nil),
    (nil, "bob\n; rm -rf ~ é@x", "bobrm-rf@x"),
    ("+41446681800", "+41 44 668 18 00", "+41446681800"),
    ("#31#1025", "*31# 1025", "*31#1025"), (nil, "", ""),
  ])
  func onlyTheNumberIsCopied(number: String?, text: String, copied: String?) {
    let copied = copied ?? text
    let line = JournalEntry(
      key: "a", at: Story.wall, number: number, text: text, outcome: .missed)
    var story = story([line])
    #expect(story.press("y") == (copied.isEmpty ? [] : [.copy(copied)]))
    #expect(story.screen.contains(copied.isEmpty ? "This call has no number." : copied))
  }

  @Test func theNumberOfARingingCallIsCopiedToo() {
    var story = Story(phrases: .english)
    story.ring(Sample.dupontCaller)
    #expect(story.press("y") == [.copy("0388202122")])
  }

  /// A search that goes on has found nothing yet, which is not the same as nothing.
  @Test func nothingMatchesOnlyWhenTheSearchIsOver() {
    var story = Story(phrases: .english)
    story.press("/")
    story.type("q")
    #expect(!story.screen.contains("Nothing matches"))
    let tickets = story.effects.compactMap { effect in
      if case .ask(.search(_, let ticket)) = effect { ticket } else { nil }
    }
    for ticket in tickets { story.send(.searched(ticket: ticket, .success([]))) }
    #expect(story.screen.contains("Nothing matches"))
    story.type("x")
    #expect(!story.screen.contains("Nothing matches"))
  }
}

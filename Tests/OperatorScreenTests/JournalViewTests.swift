import Canvas
import OperatorScreen
import Telephony
import Testing

/// The journal's filters, its search, and how it is read by pages (R61).
struct JournalViewTests {
  private static func line(
    _ number: Int, _ outcome: Outcome = .missed, name: String? = nil
  ) -> JournalEntry {
    let tail = String(1_000_000 + number).dropFirst(2)
    return JournalEntry(
      key: "l-\(number)", at: Story.wall + Int64(-600_000 * number), number: "+3363998\(tail)",
      text: "06 39 98 \(tail.prefix(2)) \(tail.suffix(2))", name: name, outcome: outcome)
  }

  private static func questions(_ effects: [Effect]) -> [(filter: JournalFilter, ticket: Int)] {
    effects.compactMap { effect in
      if case .keep(.readJournal(let filter, _, _, let ticket)) = effect {
        (filter, ticket)
      } else {
        nil
      }
    }
  }

  @Test func eachKeySwitchesItsFilterOnAndOff() {
    var story = Story(phrases: .english)
    story.send(
      .journal([
        Self.line(1, .answered, name: "Dupont SA"), Self.line(2),
        Self.line(200, name: "Garage Muller"),
      ]))
    let asked = Self.questions(story.press("m"))
    #expect(asked.map(\.filter) == [JournalFilter(onlyMissed: true)])
    #expect(!story.screen.contains("Dupont SA"))
    #expect(story.lines[1].joined().contains("missed"))
    story.press("u")
    #expect(!story.screen.contains("Garage Muller"))
    #expect(story.lines[1].joined().contains("missed, unknown"))
    story.press("m", "u")
    #expect(story.screen.contains("Dupont SA"))
    story.press("t")
    #expect(!story.screen.contains("Garage Muller"))
    story.press(.key(.escape))
    #expect(story.screen.contains("Garage Muller"))
  }

  @Test func aTextIsSearchedForInTheStoreToo() {
    var story = Story(phrases: .english)
    story.send(.journal([Self.line(1, name: "Dupont SA"), Self.line(2)]))
    story.press(.key(.down), "/")
    story.type("muller")
    let asked = Self.questions(story.press(.key(.enter)))
    #expect(asked.map(\.filter.text) == ["muller"])
    #expect(story.screen.contains("looking up…"))
    story.send(.journalPage([Self.line(5_000, name: "Garage Muller")], ticket: asked[0].ticket - 1))
    #expect(!story.screen.contains("Garage Muller"))
    story.send(.journalPage([Self.line(5_000, name: "Garage Muller")], ticket: asked[0].ticket))
    #expect(story.screen.contains("Garage Muller"))
    // A line that only the filter has found is one as any other.
    story.press(.key(.down), "n")
    #expect(story.screen.contains("Note · 06 39 98 05 00"))
    story.press(.key(.escape), .key(.escape))
    #expect(story.screen.contains("Dupont SA"))
    // That none passes is known once the store has answered.
    let again = Self.questions(story.press(.key(.down), "/", "z", "z", .key(.enter)))
    story.send(.journalPage([], ticket: again[0].ticket))
    #expect(story.screen.contains("No call passes this filter."))
  }

  @Test func whatChangesWhileAFilterIsOnComesAndGoes() {
    var story = Story(phrases: .english)
    story.press("m")
    story.report(.ring, Sample.dupontCaller, id: "1")
    #expect(!story.lines.dropFirst(2).joined().joined().contains("03 88 20 21 22  "))
    story.report(.end(.missed), Sample.dupontCaller, id: "1")
    #expect(story.model.view.isFiltered)
    #expect(story.screen.contains("03 88 20 21 22"))
  }

  /// By pages, for as long as the store has older ones; what was read is let go of with the journal.
  @Test func olderLinesAreReadOnTheWayBack() {
    var story = Story()
    story.send(.journal((0..<2_000).map { Self.line($0) }))
    story.press(.key(.down))
    #expect(story.model.journal.count == 2_000)
    var asked: [(filter: JournalFilter, ticket: Int)] = []
    for _ in 0..<198 { asked += Self.questions(story.press(.key(.pageDown))) }
    #expect(asked.count == 1)
    story.send(.journalPage((1_999..<2_499).map { Self.line($0) }, ticket: asked[0].ticket))
    #expect(story.model.journal.count == 2_499)
    asked = []
    for _ in 0..<60 { asked += Self.questions(story.press(.key(.pageDown))) }
    #expect(asked.count == 1)
    story.send(.journalPage([Self.line(2_498)], ticket: asked[0].ticket))
    #expect(Self.questions(story.press(.key(.pageDown))).isEmpty)
    #expect(story.model.selection == .journal("l-2498"))
    story.press(.key(.escape))
    #expect(story.model.journal.count == 2_000)
  }

  /// The first line counts those of the latest calls, also once a filter was left.
  @Test func olderMissedCallsAreNotCounted() {
    var story = Story(phrases: .english)
    story.send(.journal((0..<2_000).map { Self.line($0, .answered) }))
    story.press(.key(.down))
    var ticket = 0
    for _ in 0..<199 {
      ticket = Self.questions(story.press(.key(.pageDown))).last?.ticket ?? ticket
    }
    story.send(.journalPage((2_000..<2_500).map { Self.line($0) }, ticket: ticket))
    #expect(!story.lines[0].joined().contains("missed"))
    story.press("m", .key(.escape))
    #expect(!story.model.view.isFiltered)
    #expect(!story.lines[0].joined().contains("missed"))
    story.press(.key(.escape))
    #expect(story.model.journal.count == 2_000)
  }

  @Test func openMissedCallsAreCountedUntilTheirCallerIsReached() {
    var story = Story(phrases: .english)
    story.send(.journal([Self.line(2), Self.line(3)]))
    #expect(story.lines[0].joined().contains("2 missed"))
    story.send(.journal([Self.line(1, .answered)]))
    #expect(story.lines[0].joined().contains("2 missed"))
    var reached = Self.line(2, .answered)
    (reached.key, reached.at) = ("later", Story.wall)
    story.send(.journal([reached]))
    #expect(story.lines[0].joined().contains("1 missed"))
    // The corner counts what the first line counts, beside today's calls.
    #expect(story.screen.contains("calls, 1 missed"))
    #expect(story.screen.contains("✓"))
  }

  @Test(arguments: [40, 20])
  func howManyWereMissedStandsOnASmallScreenToo(_ width: Int) {
    var story = Story(size: Size(width: width, height: 10), phrases: .english)
    story.send(.report(.health(.launcher, .up)))
    story.send(.journal([Self.line(2), Self.line(3)]))
    #expect(story.lines[0].joined().contains("●"))
    #expect(story.lines[0].joined().contains("2 missed"))
  }

  /// What is not known of lines that were read later is not claimed.
  @Test func olderMissedCallsAreNotTakenForReached() {
    var story = Story()
    story.send(.journal((0..<2_000).map { Self.line($0, .answered) }))
    story.press(.key(.down))
    var ticket = 0
    for _ in 0..<199 {
      ticket = Self.questions(story.press(.key(.pageDown))).last?.ticket ?? ticket
    }
    story.send(.journalPage((2_000..<2_500).map { Self.line($0) }, ticket: ticket))
    for _ in 0..<20 { story.press(.key(.pageDown)) }
    #expect(!story.screen.contains("✓"))
    #expect(story.screen.contains("!"))
  }

  @Test func noNumberIsCutForWhatBecameOfTheCall() {
    for width in 24...60 {
      var story = Story(size: Size(width: width, height: 10), phrases: .english)
      story.send(.journal([Self.line(1, .answeredElsewhere, name: "Dupont SA")]))
      #expect(story.screen.contains(Self.line(1).text), "\(story.screen)")
    }
  }

  /// Beside the corner, too.
  @Test func aNameIsNotCutWhileThereIsRoom() {
    var story = Story()
    story.send(
      .journal([
        Self.line(1, .answered, name: "Garage Müller"),
        Self.line(900, .answered, name: "Établissements Dupont et Fils, Transports"),
      ]))
    story.report(.ring, Sample.dupontCaller, id: "1")
    #expect(story.screen.contains("Garage Müller"))
    #expect(story.screen.contains("Établissements Dupont et Fils, Transports"))
  }
}

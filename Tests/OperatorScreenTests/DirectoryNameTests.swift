import Canvas
import OperatorScreen
import Telephony
import Testing

/// A name out of a public directory, or the telephone system's, is shown as that, and makes nobody a third party.
struct DirectoryNameTests {
  private func story() -> Story {
    var story = Story(phrases: .english)
    story.send(
      .report(
        .event(
          CallEvent(
            source: .launcher, kind: .ring, at: story.now, callID: "1", caller: Sample.garageCaller)
        )))
    return story
  }

  private static let told = Message.directory(
    Call.ID(serial: 1), name: "Weber Hugo, Metz", of: Sample.garageNumber)

  @Test func itStandsInTheCornerAndInTheJournal() {
    var story = story()
    story.send(.found(Call.ID(serial: 1), .success([])))
    story.send(Self.told)
    let row = story.lines.map { $0.joined() }.first { $0.contains("Weber") } ?? ""
    #expect(row.contains("Weber Hugo, Metz") && row.contains("directory"), "\(row)")
    let line = story.model.journal.first
    #expect(line?.name == "Weber Hugo, Metz" && line?.code == nil && line?.isInDoubt == true)
    #expect(line.map(JournalFilter(onlyUnknown: true).holds) == true)
  }

  /// A name that only the telephone system told says so at any size, in the corner and in the journal, whatever is
  /// known of the number.
  @Test(arguments: ["number", "text", "withheld"], [20, 30, 50, 100])
  func aNameOfTheTelephoneSystemIsMarked(_ who: String, _ width: Int) {
    var story = Story(size: Size(width: width, height: width < 60 ? 4 : 20), phrases: .english)
    var caller =
      switch who {
      case "number": Sample.unknownCaller
      case "text": Caller(identity: .text("alice"), text: "alice")
      default: Sample.withheldCaller
      }
    caller.name = "Marie Roy"
    let call = story.ring(caller, id: "1")
    if who == "number" { story.send(.found(call, .success([]))) }
    let row = story.lines.map { $0.joined() }.first { $0.contains("Marie Roy") } ?? ""
    #expect(row.contains("? Marie Roy") || row.contains("unknown"), "\(story.screen)")
    #expect(story.journal(call)?.name == "Marie Roy")
    #expect(story.journal(call)?.certainty == .telephone)
    // Beside the one that is selected.
    story.ring(Sample.dupontCaller, found: [Sample.dupont])
    story.press(.key(.tab))
    #expect(!story.screen.contains("  Marie Roy"), "\(story.screen)")
  }

  @Test func whoIsKnownGoesBefore() {
    var story = story()
    story.send(.found(Call.ID(serial: 1), .success([])))
    story.send(Self.told)
    story.send(.found(Call.ID(serial: 1), .success([Sample.muller])))
    #expect(story.model.journal.first?.name == "Garage Muller")
    #expect(!story.screen.contains("Weber"))
    story.send(Self.told)
    #expect(!story.screen.contains("Weber"))
  }

  /// Whom nobody knows has the name that the telephone system told, in the journal, too, with a doubt (R12, R51).
  @Test func theTelephoneSystemsNameIsKeptInDoubt() {
    var story = Story(phrases: .english)
    var caller = Sample.garageCaller
    caller.name = "GARAGE M"
    story.send(
      .report(
        .event(
          CallEvent(source: .launcher, kind: .ring, at: story.now, callID: "1", caller: caller))))
    #expect(story.model.journal.first?.name == nil)
    story.send(.found(Call.ID(serial: 1), .success([])))
    let line = story.model.journal.first
    #expect(line?.name == "GARAGE M" && line?.certainty == .telephone && line?.code == nil)
    #expect(line?.isInDoubt == true && line?.isKnown == false)
    #expect(line.map(JournalFilter(onlyUnknown: true).holds) == true)
    story.send(.found(Call.ID(serial: 1), .success([Sample.muller])))
    #expect(story.model.journal.first?.name == "Garage Muller")
  }

  @Test func anAnswerForAnotherNumberIsDropped() {
    var story = story()
    story.send(.found(Call.ID(serial: 1), .success([])))
    story.send(.directory(Call.ID(serial: 1), name: "Weber", of: Sample.dupontNumber))
    story.send(.directory(Call.ID(serial: 9), name: "Weber", of: Sample.garageNumber))
    #expect(!story.screen.contains("Weber"))
  }

  /// A company's range is nearly as good as its number: the company is meant, without a person.
  @Test func aRangeIsSaidToBeOne() {
    var story = story()
    var match = Sample.muller
    (match.strength, match.contact) = (.range, nil)
    story.send(.found(Call.ID(serial: 1), .success([match])))
    let row = story.lines.map { $0.joined() }.first { $0.contains("Garage Muller") } ?? ""
    #expect(row.contains("by its range"), "\(row)")
  }
}

import Canvas
import OperatorScreen
import Telephony
import Testing

/// The journal: a line for every call, with its reason, and none lost (R11, R12, R35).
struct JournalTests {
  @Test func theDayStandsOverTheLinesWhereverTheyAreScrolled() {
    var story = Story()
    let lines = (0..<200).map { number in
      JournalEntry(
        key: "l-\(number)", at: Story.wall + Int64(-3_600_000 * number), number: "+33639981234",
        text: "06 39 98 12 34", outcome: .missed)
    }
    story.send(.journal(lines))
    for _ in 0..<35 { story.press(.key(.down)) }
    #expect(story.lines[1].joined().contains("Hier"))
    #expect(story.screen.contains("!04:05"))
    for _ in 0..<20 { story.press(.key(.down)) }
    #expect(story.lines[1].joined().contains("20/11/2026"))
  }

  @Test func everyCallHasALineAtOnce() {
    var story = Story()
    let callers = [Sample.dupontCaller, Sample.withheldCaller, Sample.colleague]
    for (index, caller) in callers.enumerated() {
      let effects = story.report(.ring, caller, id: "\(index)")
      #expect(effects.savedKeys == ["run-\(index + 1)"])
    }
    #expect(story.model.journal.map(\.key) == ["run-3", "run-2", "run-1"])
  }

  struct Quiet: CustomTestStringConvertible {
    var reason: Reason
    var words: String
    var options = PopOptions()
    var exceptions: [ExceptionNumber] = []
    var caller = Sample.dupontCaller
    var isBusy = false
    var age: Int64 = 0
    var testDescription: String { words }
  }

  static let quiet = [
    Quiet(
      reason: .exception(pattern: "+3338*"), words: "exception +3338*",
      exceptions: [ExceptionNumber(pattern: "+3338*", list: .own)]),
    Quiet(
      reason: .shortNumber(digits: 4, minimum: 6), words: "numéro court (4 < 6)",
      options: PopOptions(minDigits: 6), caller: Sample.colleague),
    Quiet(
      reason: .busy, words: "poste en ligne", options: PopOptions(inhibitBusy: true), isBusy: true),
    Quiet(
      reason: .internal, words: "interne", options: PopOptions(inhibitInternal: true),
      caller: Sample.colleague),
    Quiet(reason: .noMatch, words: "aucun tiers", options: PopOptions(inhibitUnknown: true)),
    Quiet(
      reason: .noMatch, words: "aucun tiers", options: PopOptions(inhibitUnknown: true),
      caller: Sample.withheldCaller),
    Quiet(reason: .tooOld, words: "trop ancien", age: 60_001),
  ]

  /// A window in which the case's call has rung.
  static func story(_ quiet: Quiet) -> (Story, Call.ID) {
    var story = Story(
      policy: PopPolicy(options: quiet.options, exceptions: quiet.exceptions))
    if quiet.isBusy { story.report(.answer, Sample.garageCaller, direction: .outgoing) }
    story.report(.ring, quiet.caller, id: "q", popup: true, age: quiet.age)
    let call = story.model.pops.keys.max() ?? Call.ID(serial: 0)
    story.send(.found(call, .success([])))
    return (story, call)
  }

  @Test(arguments: quiet)
  func everySuppressedCallIsALineWithItsReason(_ quiet: Quiet) {
    let (story, call) = Self.story(quiet)
    #expect(story.model.corner.isEmpty)
    #expect(story.model.card == nil)
    #expect(story.journal(call)?.outcome == .inhibited)
    #expect(story.journal(call)?.reason == quiet.reason)
    #expect(story.screen.contains(quiet.words))
  }

  @Test(arguments: quiet)
  func aReportedOutcomeReplacesInhibitedAndTheReasonStays(_ quiet: Quiet) {
    var (story, call) = Self.story(quiet)
    story.report(.answer, quiet.caller, id: "q")
    #expect(story.journal(call)?.outcome == .answered)
    #expect(story.journal(call)?.reason == quiet.reason)
    story.wait(75_000)
    story.report(.end(.normal), quiet.caller, id: "q")
    #expect(story.journal(call)?.duration == 75)
    #expect(story.screen.contains("1 min 15 · \(quiet.words)"))
    #expect(story.model.corner.isEmpty)
  }

  @Test(arguments: quiet.filter { $0.caller.number != nil })
  func createAttachExceptionAndOpenWorkOnAQuietLine(_ quiet: Quiet) {
    for key in ["c", "a", "x", "n"] as [KeyPress] {
      var (story, _) = Self.story(quiet)
      story.press(.key(.down), key)
      #expect(story.model.dialog != nil)
      #expect(story.screen.contains(quiet.caller.text))
    }
    var (story, call) = Self.story(quiet)
    story.press(.key(.down))
    let key = "run-\(call.serial)"
    let number = quiet.caller.number ?? Sample.dupontNumber
    #expect(story.press("o") == [.ask(.lookUpLine(key: key, number))])
    let effects = story.send(.foundForLine(key: key, .success([Sample.dupont])))
    #expect(effects.loaded == ["C00123"])
    #expect(story.journal(call)?.code == "C00123")
    #expect(story.journal(call)?.reason == quiet.reason)
    #expect(story.journal(call)?.outcome == .inhibited)
  }

  @Test func anUnknownCallShowsUntilTheLookupEnds() {
    var story = Story(policy: PopPolicy(options: PopOptions(inhibitUnknown: true)))
    let call = story.ring(Sample.dupontCaller)
    #expect(story.model.corner == [call])
    story.send(.found(call, .success([Sample.schmitt])))
    #expect(story.model.corner.isEmpty)
    #expect(story.journal(call)?.reason == .noMatch)
  }

  @Test func missedCallsAreMarked() {
    var story = Story()
    story.ring(Sample.dupontCaller, found: [Sample.dupont])
    story.report(.end(.missed), Sample.dupontCaller)
    let line = story.screen.split(separator: "\n").first { $0.contains("03 88 20 21 22") }
    #expect(line?.hasPrefix("!") == true)
    #expect(line?.contains("manqué") == true)
    #expect(story.screen.contains("1 appel, 1 manqué"))
  }

  @Test func linesOfAnEarlierRunStandUnderTheirDays() {
    var story = Story()
    story.ring(Sample.dupontCaller, found: [Sample.dupont])
    story.send(.journal(Sample.journal))
    story.send(.journal(Sample.journal))
    #expect(story.model.journal.map(\.key) == ["run-1", "old-3", "old-2", "old-1"])
    #expect(story.screen.contains("Aujourd'hui"))
    #expect(story.screen.contains("Hier"))
  }

  @Test func severalThirdPartiesOfALineAreAList() {
    var story = Story()
    story.send(.journal(Sample.journal))
    story.press(.key(.down), "o")
    story.send(.foundForLine(key: "old-3", .success(Sample.several)))
    story.ring(Sample.dupontCaller, found: [Sample.dupont], popup: true)
    story.press(.key(.down))
    let effects = story.press(.key(.enter))
    let number = PhoneNumber(.complete, "+33639981234")
    #expect(effects.contains(.keep(.remember(number, PartyReference(code: "P00201")))))
    #expect(effects.loaded.first == "P00201")
    #expect(story.model.journal.first { $0.key == "old-3" }?.name == "Muller Location")
  }

  @Test func aLineBelongsToTheERPsKeyWhoeverHasItsCodeNow() throws {
    var story = Story()
    story.send(
      .journal(
        Sample.journal.map { line in
          var line = line
          (line.code, line.sourceKey) = ("C1", "7")
          return line
        }))
    story.press(.key(.down), "n")
    story.type("Devis")
    let party = PartyReference(code: "C1", sourceKey: "7")
    let note = try #require(story.press(.key(.enter)).first)
    guard case .keep(.saveNote("Devis", party, let number)) = note else {
      Issue.record("\(note) is no note on the party")
      return
    }
    story.send(.noteSaved(party, number: number, failure: nil))
    story.press("o")
    var (mine, other) = (Sample.dupont, Sample.muller)
    (mine.party.code, mine.party.sourceKey) = ("D1", "7")
    (other.party.code, other.party.sourceKey) = ("C1", "8")
    #expect(story.send(.foundForLine(key: "old-3", .success([other, mine]))).loaded == ["D1"])
  }

  @Test func anAnswerForALineThatWasLeftIsDropped() {
    var story = Story()
    story.send(.journal(Sample.journal))
    story.press(.key(.down), "o", .key(.escape))
    #expect(story.send(.foundForLine(key: "old-3", .success([Sample.dupont]))).isEmpty)
    #expect(story.model.card == nil)
  }

  @Test func theRecordThatTheLineNamesOpensWithoutAsking() {
    var story = Story()
    story.send(.journal(Sample.journal))
    story.press(.key(.down), .key(.down), "o")
    let effects = story.send(
      .foundForLine(key: "old-2", .success([Sample.location, Sample.muller])))
    #expect(effects.loaded == ["C00200"])
  }

  // MARK: - The store refuses

  private let refusal = DirectoryError("Cannot write the journal: the disk is full.")

  @Test func linesThatTheStoreRefusedAreOfferedAgainInOrder() {
    var story = Story()
    for number in 1...12 {
      let effects = story.report(.ring, Sample.caller(number))
      #expect(effects.savedKeys == ["run-\(number)"])
      story.send(.journalRefused(refusal))
    }
    #expect(story.screen.contains("the disk is full"))
    #expect(story.wait(4_999).isEmpty)
    // One line is a question; the answer brings the others.
    #expect(story.wait(1).savedKeys == ["run-1"])
    story.send(.journalRefused(refusal))
    #expect(story.wait(5_000).savedKeys == ["run-1"])
    guard let first = story.model.unsaved["run-1"] else {
      Issue.record("run-1 is lost")
      return
    }
    #expect(story.send(.journalSaved(first)).savedKeys == (2...12).map { "run-\($0)" })
    for entry in story.model.unsaved.values { story.send(.journalSaved(entry)) }
    #expect(story.model.unsaved.isEmpty)
    story.wait(5_000)
    #expect(story.model.journalRetry == nil)
  }

  @Test func aLineThatChangedWhileItWasWrittenIsNotTakenForSaved() {
    var story = Story()
    let call = story.ring(Sample.dupontCaller)
    let before = story.journal(call)
    story.report(.answer, Sample.dupontCaller)
    if let before { story.send(.journalSaved(before)) }
    #expect(story.model.unsaved["run-1"]?.outcome == .answered)
  }

  @Test func aJournalThatCouldNotBeReadIsNoRefusedLine() {
    var story = Story()
    story.send(.journalRefused(refusal))
    #expect(story.wait(5_000).isEmpty)
    #expect(story.model.journalRetry == nil)
  }
}

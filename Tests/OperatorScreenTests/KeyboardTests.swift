import Canvas
import OperatorScreen
import Telephony
import Testing

/// Who has the keyboard when calls come and go (R6).
struct KeyboardTests {
  @Test(arguments: [(399, false), (400, true)])
  func enterWaitsForTheGuardTime(_ waited: Int64, _ opens: Bool) {
    for key in [KeyPress.key(.enter), "o"] {
      var story = Story()
      story.ring(Sample.dupontCaller, found: [Sample.dupont])
      story.wait(waited)
      #expect(story.press(key).loaded == (opens ? ["C00123"] : []))
    }
  }

  @Test(arguments: [(399, false), (400, true)])
  func theClickWaitsForTheGuardTime(_ waited: Int64, _ opens: Bool) {
    var story = Story()
    story.ring(Sample.dupontCaller, found: [Sample.dupont])
    story.wait(waited)
    #expect(story.click("[⏎ Fiche]").loaded == (opens ? ["C00123"] : []))
  }

  @Test(arguments: [Character("n"), "x", "c", "a"])
  func theOtherKeysWorkAtOnce(_ key: Character) {
    var story = Story()
    story.ring(Sample.dupontCaller, found: [Sample.dupont])
    story.press(.character(key))
    #expect(story.model.dialog != nil)
  }

  /// What was said before is not what the operator has to know now.
  @Test(arguments: [Character("n"), "x", "c", "a", "/", "?", ",", "X", "q"])
  func whatOpensSaysItsKeys(_ key: Character) throws {
    var (fresh, story) = (Story(), Story())
    fresh.ring(Sample.dupontCaller, found: [Sample.dupont])
    story.ring(Sample.dupontCaller, found: [Sample.dupont])
    story.press("d")
    #expect(story.model.notice != nil)
    fresh.press(.character(key))
    story.press(.character(key))
    #expect(story.model.dialog != nil)
    #expect(story.lines.last == fresh.lines.last)
  }

  @Test func theCardsOwnKeyWorksAtOnce() {
    var story = Story(desk: Story.desk(opensCard: false))
    story.ring(Sample.dupontCaller, found: [Sample.dupont])
    #expect(story.press("v").loaded == ["C00123"])
  }

  /// An Escape that was on its way to something else hides nothing (R6).
  @Test func escapeHidesWhatCanHaveBeenSeen() {
    var story = Story()
    story.ring(Sample.dupontCaller, found: [Sample.dupont])
    story.wait(399)
    story.press(.key(.escape))
    #expect(story.model.corner.count == 1)
    story.wait(1)
    story.press(.key(.escape))
    #expect(story.model.corner.isEmpty)
    #expect(story.model.selection == .nothing)
  }

  @Test func escapeClosesARecordThatOpenedByItselfBesideTheCall() {
    var story = Story()
    let first = story.ring(Sample.unknownCaller, found: [])
    story.ring(Sample.dupontCaller, found: [Sample.dupont], popup: true)
    story.wait(399)
    #expect(story.model.card != nil)
    var early = story
    early.press(.key(.escape))
    #expect(early.model.corner.contains(first))
    story.wait(1)
    #expect(story.screen.contains("Échap fermer la fiche"))
    story.press(.key(.escape))
    #expect(story.model.card == nil)
    #expect(story.selectedCall == first)
    story.press(.key(.escape))
    #expect(!story.model.corner.contains(first))
  }

  @Test func aNewCallDoesNotTakeTheSelectionFromACall() {
    var story = Story()
    let first = story.ring(Sample.dupontCaller, found: [Sample.dupont])
    story.wait(500)
    story.ring(Sample.garageCaller, found: Sample.several)
    #expect(story.selectedCall == first)
    #expect(story.press(.key(.enter)).loaded == ["C00123"])
  }

  @Test func aNewCallDoesNotTakeTheKeyboardFromAJournalLine() {
    var story = Story()
    story.send(.journal(Sample.journal))
    story.press(.key(.down), .key(.down))
    #expect(story.model.selection == .journal("old-2"))
    story.ring(Sample.dupontCaller, found: [Sample.dupont], popup: true)
    story.wait(1_000)
    #expect(story.model.selection == .journal("old-2"))
    // The record is there, and the arrows still move in the journal.
    #expect(story.effects.loaded == ["C00123"])
    story.press(.key(.down))
    #expect(story.model.selection == .journal("old-1"))
    story.press("n")
    #expect(story.screen.contains("Note · Comptabilité"))
  }

  @Test func aNewCallDoesNotTakeTheKeyboardFromAChoice() {
    var story = Story()
    let first = story.ring(Sample.garageCaller, found: Sample.several)
    story.wait(500)
    story.ring(Sample.dupontCaller, found: [Sample.dupont], popup: true)
    #expect(story.effects.loaded == ["C00123"])
    story.press(.key(.down))
    #expect(story.model.pops[first]?.choice == 1)
    #expect(story.press(.key(.enter)).loaded == ["P00201"])
  }

  /// A record lies open, and the operator turns to another call, by a key or the mouse: its keys are for that one.
  @Test(arguments: ["Tab", "2", "click"])
  func theKeysFollowTheOperatorToAnotherCall(_ way: String) {
    var story = Story(desk: Story.desk(canDial: true))
    story.ring(Sample.dupontCaller, found: [Sample.dupont])
    story.wait(500)
    story.press(.key(.enter))
    story.deliverRecord(Sample.dupontRecord)
    story.press("n")
    #expect(story.screen.contains("Note · Dupont SA"))
    story.press(.key(.escape))
    let second = story.ring(Sample.garageCaller, found: Sample.several)
    switch way {
    case "click": story.click("2 01 99 00 45 67")
    case "2": story.press("2")
    default: story.press(.key(.tab))
    }
    #expect(story.selectedCall == second)
    story.press("n")
    #expect(story.screen.contains("Note · Garage Muller"))
    story.press(.key(.escape), .key(.down))
    #expect(story.model.pops[second]?.choice == 1)
    let dialled = story.press("d").compactMap { effect -> String? in
      if case .telephone(.dial(let request)) = effect { request.text } else { nil }
    }
    #expect(dialled == ["01 99 00 45 67"])
    // Back at its own call the record has its keys again.
    story.press("1", "n")
    #expect(story.screen.contains("Note · Dupont SA"))
  }

  /// The same for a line of the journal.
  @Test func theKeysFollowTheOperatorToAnotherLine() {
    var story = Story()
    story.send(.journal(Sample.journal))
    let call = story.ring(Sample.dupontCaller, found: [Sample.dupont])
    story.wait(500)
    story.press(.key(.enter))
    story.deliverRecord(Sample.dupontRecord)
    story.report(.end(.normal), Sample.dupontCaller)
    story.press(.key(.tab), .key(.down), .key(.down))
    #expect(story.model.selection == .journal("old-2"))
    story.press("n")
    #expect(story.screen.contains("Note · Garage Muller"))
    story.press(.key(.escape), .key(.escape), "n")
    #expect(story.screen.contains("Note · Dupont SA"))
    #expect(!story.model.corner.contains(call))
  }

  /// Who turns the wheel over the journal chooses nobody for a call.
  @Test func theWheelChoosesOnlyOverTheCall() {
    var story = Story()
    story.send(.journal(Sample.journal))
    let call = story.ring(Sample.garageCaller, found: Sample.several)
    story.send(.input(.wheel(.down, Point(x: 5, y: 20))))
    #expect(story.model.pops[call]?.choice == 0)
    story.send(.input(.wheel(.down, Point(x: 80, y: 3))))
    #expect(story.model.pops[call]?.choice == 1)
  }

  @Test func aNewCallDoesNotTakeTheKeyboardFromAField() {
    var story = Story()
    story.ring(Sample.garageCaller, found: Sample.several)
    story.press("n")
    story.type("oxq")
    story.ring(Sample.dupontCaller, found: [Sample.dupont], popup: true)
    story.wait(1_000)
    story.type("ne?")
    #expect(story.noteText == "oxqne?")
    #expect(story.model.card == nil)
  }

  @Test func aCallBehindAFieldIsNotReadyWhenTheFieldCloses() {
    var story = Story()
    story.send(.journal(Sample.journal))
    story.press(.key(.down), "n")
    story.ring(Sample.dupontCaller, found: [Sample.dupont])
    story.wait(2_000)
    story.press(.key(.escape), .key(.escape))
    #expect(story.selectedCall != nil)
    #expect(story.press(.key(.enter)).loaded.isEmpty)
    story.wait(400)
    #expect(story.press(.key(.enter)).loaded == ["C00123"])
  }

  @Test(arguments: ["?", ",", "X"] as [Character])
  func oneEnterTooManyInADialogOpensNothing(_ key: Character) {
    var story = Story(options: Sample.options)
    story.press(.character(key))
    story.ring(Sample.dupontCaller, found: [Sample.dupont])
    story.wait(2_000)
    story.press(.key(.enter), .key(.escape), .key(.enter))
    #expect(story.effects.loaded.isEmpty)
  }

  @Test func theSelectionMovesWhenItsCallEndsAndEnterIsDeadAgain() {
    var story = Story()
    story.ring(Sample.dupontCaller, found: [Sample.dupont])
    let second = story.ring(Sample.garageCaller, found: Sample.several)
    story.wait(5_000)
    story.report(.end(.missed), Sample.dupontCaller)
    #expect(story.selectedCall == second)
    #expect(story.press(.key(.enter)).loaded.isEmpty)
    story.wait(399)
    #expect(story.press(.key(.enter)).loaded.isEmpty)
    story.wait(1)
    #expect(story.press(.key(.enter)).loaded == ["C00200"])
  }

  @Test func theEndOfAnotherCallMovesNothing() {
    var story = Story()
    story.ring(Sample.dupontCaller, found: [Sample.dupont])
    let second = story.ring(Sample.garageCaller, found: Sample.several)
    story.press("2")
    story.wait(400)
    story.report(.end(.missed), Sample.dupontCaller)
    #expect(story.selectedCall == second)
    #expect(story.press(.key(.enter)).loaded == ["C00200"])
  }

  @Test func aKeyOfTheSelectedCallDoesNotStartTheGuardAgain() {
    var story = Story()
    let call = story.ring(Sample.garageCaller, found: Sample.several)
    story.wait(400)
    story.press(.key(.down), "1")
    story.click("01 99 00 45 67")
    #expect(story.selectedCall == call)
    #expect(story.press(.key(.enter)).loaded == ["P00201"])
  }

  @Test func pastedTextActsOnNoCall() {
    var story = Story()
    story.ring(Sample.dupontCaller, found: [Sample.dupont])
    story.wait(1_000)
    let before = story.effects
    story.send(.input(.paste("o\nxq")))
    #expect(story.effects == before)
    #expect(story.model.dialog == nil)
  }

  @Test func theScreenIsPaintedWhenTheButtonBecomesReady() {
    var story = Story()
    story.ring(Sample.dupontCaller, found: [Sample.dupont])
    #expect(story.model.nextWake == story.now + 400)
    let dim = render(story.model)
    story.wait(400)
    let ready = render(story.model)
    #expect(dim.cells.contains { $0.role == .buttonDisabled })
    #expect(!dim.cells.contains { $0.role == .button })
    #expect(ready.cells.contains { $0.role == .button })
  }
}

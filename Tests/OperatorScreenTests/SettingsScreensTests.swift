import Canvas
import OperatorScreen
import Telephony
import Testing

/// The options screen (R46) and the exceptions screen (R36, R47).
struct SettingsScreensTests {
  private static func options() -> Story {
    var story = Story(options: Sample.options)
    story.press(",")
    return story
  }

  @Test func everyRowSaysWhereItsValueComesFrom() {
    let story = Self.options()
    for text in ["par défaut", "imposé", "choisi ici", "mon fichier"] {
      #expect(story.screen.contains(text), "\(text) is not on the screen")
    }
  }

  static let changes: [(row: Int, key: KeyPress, value: String)] = [
    (0, .key(.right), "ring"), (0, .key(.left), "request"), (0, .key(.enter), "ring"),
    (2, " ", "false"), (2, .key(.left), "false"), (3, .key(.right), "5"), (3, .key(.left), "3"),
  ]

  @Test(arguments: changes)
  func valuesAreChanged(_ change: (row: Int, key: KeyPress, value: String)) {
    var story = Self.options()
    for _ in 0..<change.row { story.press(.key(.down)) }
    let key = Sample.options[change.row].key
    #expect(story.press(change.key) == [.keep(.saveOption(key: key, value: change.value))])
  }

  @Test(arguments: [KeyPress.key(.right), .key(.left), .key(.enter), " ", "r"])
  func aFixedRowRefuses(_ key: KeyPress) {
    var story = Self.options()
    story.press(.key(.down))
    #expect(story.press(key).isEmpty)
    #expect(story.screen.contains("imposée par la configuration"))
  }

  @Test func aRowGoesBackToTheConfiguration() {
    var story = Self.options()
    story.press(.key(.down), .key(.down))
    #expect(story.press("r") == [.keep(.saveOption(key: "inhibit_unknown", value: nil))])
  }

  @Test func theRangeEndsAtItsEnds() {
    var story = Story(options: [
      OptionRow(
        key: "min_digits", value: "20", values: .number(0...20), origin: .screen, isFixed: false)
    ])
    story.press(",")
    #expect(story.press(.key(.right)) == [.keep(.saveOption(key: "min_digits", value: "20"))])
  }

  @Test func newOptionsHoldFromTheNextCallOn() {
    var story = Self.options()
    story.press(.key(.escape))
    story.send(.options(PopOptions(trigger: .ring), Sample.options))
    story.ring(Sample.dupontCaller, found: [Sample.dupont])
    #expect(story.effects.loaded == ["C00123"])
  }

  @Test func optionsWithoutARowDoNothing() {
    var story = Story()
    story.press(",")
    #expect(story.press(.key(.right), "r", .key(.down), .key(.up)).isEmpty)
  }

  // MARK: - Exceptions

  private static func exceptions(mayEdit: Bool) -> Story {
    var story = Story(desk: Story.desk(mayEditMachineList: mayEdit))
    story.send(.exceptions(Sample.exceptions))
    story.press("X")
    return story
  }

  @Test func allListsAreShown() {
    let story = Self.exceptions(mayEdit: false)
    for text in ["+33536491234", "démarcheur", "moi", "+33800*", "tous", "(MD)", "litige", "ERP"] {
      #expect(story.screen.contains(text), "\(text) is not on the screen")
    }
  }

  @Test func anEntryIsAddedForMeOrForEverybody() {
    var story = Self.exceptions(mayEdit: true)
    story.press("a")
    story.type("0800*")
    #expect(story.press(.key(.enter)) == [.keep(.addException("0800*", .own))])
    story.press("a")
    story.type("0800*")
    #expect(story.press(.key(.tab), .key(.enter)) == [.keep(.addException("0800*", .machine))])
    story.press("a")
    #expect(story.press(.key(.enter)).isEmpty)
  }

  @Test func everybodysListIsClosedWhereItMayNotBeWritten() {
    var story = Self.exceptions(mayEdit: false)
    story.press("a")
    story.type("0800*")
    #expect(story.press(.key(.tab), .key(.enter)).isEmpty)
    #expect(story.screen.contains("La liste de tous ne peut pas être modifiée d'ici."))
    story.press(.key(.escape), .key(.down))
    #expect(story.press("d", .key(.delete)).isEmpty)
    story.press(.key(.up))
    #expect(story.press("d") == [.keep(.removeException(Sample.exceptions[0]))])
  }

  @Test func whatIsTheERPsIsRemovedThere() {
    var story = Self.exceptions(mayEdit: true)
    story.press(.key(.down), .key(.down), .key(.down))
    #expect(story.press("d").isEmpty)
    #expect(story.screen.contains("Ce numéro vient de l'ERP et ne peut être supprimé que là-bas."))
  }

  @Test func theSelectionStaysWithItsEntry() {
    var story = Self.exceptions(mayEdit: true)
    story.press(.key(.down))
    story.send(.exceptions([ExceptionNumber(pattern: "+1*", list: .own)] + Sample.exceptions))
    #expect(story.press("d") == [.keep(.removeException(Sample.exceptions[1]))])
    story.press(.key(.down), .key(.down))
    story.send(.exceptions([Sample.exceptions[0]]))
    #expect(story.press("d") == [.keep(.removeException(Sample.exceptions[0]))])
    story.send(.exceptions([]))
    #expect(story.press("d").isEmpty)
    #expect(story.screen.contains("Aucune exception."))
  }

  @Test(arguments: [true, false])
  func oneKeyMakesACallAnException(_ mayEdit: Bool) {
    var story = Story(desk: Story.desk(mayEditMachineList: mayEdit))
    story.ring(Sample.dupontCaller, found: [Sample.dupont])
    #expect(story.press("x", .key(.enter)) == [.keep(.addException("+33388202122", .own))])
    let forAll: [Effect] = mayEdit ? [.keep(.addException("+33388202122", .machine))] : []
    #expect(story.press("x", "*") == forAll)
    #expect((story.model.dialog == nil) == mayEdit)
    #expect(story.screen.contains("pour tous les collaborateurs") == false)
  }

  @Test(arguments: [true, false])
  func anExceptionThatIsReadWithTheLookupHoldsForItsCall(_ isFound: Bool) {
    var story = Story()
    let call = story.ring(Sample.dupontCaller, popup: true)
    story.send(.exceptions([ExceptionNumber(pattern: "+33388202122", list: .machine)]))
    let error = DirectoryError("The store is locked.")
    story.send(.found(call, isFound ? .success([Sample.dupont]) : .failure(error)))
    #expect(story.model.corner.isEmpty)
    #expect(story.effects.loaded.isEmpty)
    #expect(story.journal(call)?.outcome == .inhibited)
    #expect(story.journal(call)?.reason == .exception(pattern: "+33388202122"))
  }

  @Test func anExceptionMadeWhileTheCallIsShownLeavesItThere() {
    var story = Story()
    let call = story.ring(Sample.dupontCaller, found: [Sample.dupont])
    story.press("x", .key(.enter))
    story.send(.exceptions([ExceptionNumber(pattern: "+33388202122", list: .own)]))
    story.report(.answer, Sample.dupontCaller)
    #expect(story.model.corner == [call])
  }

  @Test func anExceptionHoldsForTheNextCall() {
    var story = Story()
    story.send(.exceptions([ExceptionNumber(pattern: "+33388202122", list: .own)]))
    let call = story.ring(Sample.dupontCaller, popup: true)
    #expect(story.journal(call)?.reason == .exception(pattern: "+33388202122"))
  }
}

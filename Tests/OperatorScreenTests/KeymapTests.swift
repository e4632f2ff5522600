import Canvas
import OperatorScreen
import Telephony
import Testing

/// The key table: each row does something where it says so, and help shows each row.
struct KeymapTests {
  /// A window in which the context has the keyboard.
  private static func story(_ context: KeyContext) -> Story {
    var story = Story(
      size: Size(width: 100, height: 100),
      desk: Story.desk(canDial: true, mayEditMachineList: true, isDemo: true),
      options: Sample.options)
    story.send(.exceptions(Sample.exceptions))
    switch context {
    case .window:
      story.send(.journal((1...40).map(line)))
    case .call:
      story.ring(Sample.garageCaller, found: Sample.several)
      story.wait(400)
    case .line:
      story.send(.journal(Sample.journal))
      story.press(.key(.down))
    case .story:
      story.send(.journal(Sample.storyJournal))
      story.press(.key(.down), .key(.enter))
    case .card:
      story.ring(Sample.dupontCaller, found: [Sample.dupont], popup: true)
      story.deliverRecord(Sample.dupontRecord)
      story.send(.report(.health(.launcher, .up)))
    case .exceptionsScreen: story.press("X")
    case .optionsScreen: story.press(",")
    case .exceptionQuestion:
      story.ring(Sample.dupontCaller, found: [Sample.dupont])
      story.press("x")
    case .choice:
      story.send(.journal(Sample.journal))
      story.press(.key(.down), "o")
      story.send(.foundForLine(key: "old-3", .success(Sample.several)))
    case .numberChoice:
      story.ring(Sample.dupontCaller, found: [Sample.dupont], popup: true)
      story.deliverRecord(Sample.dupontRecord)
      story.press("d")
    case .dialQuestion:
      story.ring(Sample.code)
      story.press("d")
    case .quitQuestion:
      story.ring(Sample.dupontCaller, found: [Sample.dupont])
      story.press("q")
    case .help: story.press("?")
    }
    return story
  }

  private static func line(_ number: Int) -> JournalEntry {
    JournalEntry(
      key: "old-\(number)", at: Story.wall + Int64(-60_000 * number), number: nil, text: "",
      isWithheld: true, outcome: .missed)
  }

  /// What has to be there before the key can do something.
  private static func prepare(_ story: inout Story, _ binding: Binding) {
    switch (binding.context, binding.action) {
    case (.card, .up), (.card, .pageUp):
      story.resize(44, 8)
      story.press(.key(.down))
    case (.card, .down), (.card, .pageDown): story.resize(44, 8)
    case (.exceptionsScreen, .up), (.exceptionsScreen, .pageUp), (.optionsScreen, .up),
      (.choice, .up), (.numberChoice, .up):
      story.press(.key(.down))
    case (.help, .up), (.help, .pageUp):
      story.resize(100, 20)
      story.press(.key(.down))
    case (.story, .up), (.story, .pageUp):
      story.resize(44, 8)
      story.press(.key(.down))
    case (.story, _): story.resize(44, 8)
    case (.help, _): story.resize(100, 20)
    case (.window, .up), (.window, .pageUp): story.press(.key(.down), .key(.down))
    case (.window, .showAll): story.press("m")
    case (.window, .pick), (.window, .next), (.window, .previous):
      for number in 1...5 { story.ring(Sample.caller(number)) }
      story.press(binding.action == .pick(1) ? "2" : "1")
    default: break
    }
  }

  static let presses: [(binding: Binding, key: KeyPress)] = Keymap.bindings.flatMap { binding in
    binding.keys.map { (binding, $0) }
  }

  @Test(arguments: presses)
  func everyKeyDoesSomethingWhereItsRowSays(_ press: (binding: Binding, key: KeyPress)) {
    var story = Self.story(press.binding.context)
    Self.prepare(&story, press.binding)
    let before = story.model.state
    let effects = story.press(press.key)
    #expect(!effects.isEmpty || story.model.state != before)
  }

  @Test func noKeyMeansTwoThingsInOneContext() {
    for context in KeyContext.allCases {
      let keys = Keymap.bindings.filter { $0.context == context }.flatMap(\.keys)
      #expect(!keys.isEmpty)
      #expect(Set(keys).count == keys.count, "\(context) has a key twice")
    }
  }

  @Test(arguments: ["fr", "en_GB", "de_DE.UTF-8"])
  func helpShowsEveryRowOnceInEveryLanguage(_ locale: String) {
    var story = Story(
      size: Size(width: 80, height: 200), phrases: .forLocale(locale),
      desk: Story.desk(isDemo: true))
    story.press("?")
    let lines = story.screen.split(separator: "\n")
    // Rows are indented under their heading.
    let shown = lines.count { $0.hasPrefix("│   ") && $0.dropFirst(4).first != " " }
    #expect(shown == Keymap.bindings.count)
    // No row is cut.
    #expect(!story.screen.contains("…"))
  }

  @Test func helpBeginsWithWhereTheOperatorIs() {
    var story = Story()
    story.ring(Sample.dupontCaller, found: [Sample.dupont], popup: true)
    story.press("?")
    let order = ["Fiche ouverte", "Appel sélectionné", "Partout"]
    story.resize(100, 200)
    let all = story.screen.split(separator: "\n").compactMap { line in
      order.first { line.hasPrefix("│ \($0)") }
    }
    #expect(all == order)
  }

  @Test func aScreenThatIsNotADemonstrationHasNoSampleCall() {
    var story = Story()
    #expect(story.press("p").isEmpty)
    story.resize(80, 200)
    story.press("?")
    #expect(!story.screen.contains("démonstration"))
  }
}

extension Model {
  /// What a key may change.
  fileprivate var state: [AnyHashable] {
    [
      selection, dialog, card, corner, notice, pops.mapValues(\.choice), view,
    ]
  }
}

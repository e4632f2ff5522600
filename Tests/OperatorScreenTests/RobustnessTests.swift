import Canvas
import OperatorScreen
import Telephony
import Testing

/// Every size, every name, every number of calls (R6, R14, R43).
struct RobustnessTests {
  static let sizes: [(Int, Int)] = [
    (0, 0), (1, 1), (1, 40), (200, 1), (2, 2), (3, 3), (5, 5), (13, 4), (20, 4), (30, 7), (34, 8),
    (44, 10), (59, 11), (60, 12), (61, 13), (79, 24), (80, 24), (100, 26), (200, 60), (0, 30),
    (500, 3),
  ]

  @Test(arguments: Scene.allCases)
  func everyStateIsPaintedAtEverySize(_ scene: Scene) {
    for corner in Desk.Corner.allCases {
      var story = scene.story(corner: corner)
      for (width, height) in Self.sizes {
        story.resize(width, height)
        let frame = render(story.model)
        #expect(frame.size == Size(width: width, height: height))
        if let cursor = frame.cursor { #expect(frame.bounds.contains(cursor)) }
        // Clicks and the wheel anywhere, the edges included.
        for point in [Point(x: 0, y: 0), Point(x: width, y: height), Point(x: width / 2, y: 1)] {
          var other = story
          other.send(.input(.click(point)))
          other.send(.input(.wheel(.down, point)))
        }
      }
    }
  }

  @Test(arguments: Scene.allCases)
  func aResizeThereAndBackChangesNothing(_ scene: Scene) {
    var story = scene.story()
    let before = render(story.model)
    for (width, height) in [(20, 4), (1, 1), (0, 0), (100, 26)] { story.resize(width, height) }
    #expect(render(story.model) == before)
  }

  static let callScenes: [Scene] = [
    .searching, .found, .several, .unknown, .withheld, .storeDown, .answered,
  ]

  @Test(arguments: callScenes, [(20, 4), (44, 10), (80, 24), (200, 60)])
  func aCallIsReadableAtEverySize(_ scene: Scene, _ size: (Int, Int)) {
    let story = scene.story(size: Size(width: size.0, height: size.1))
    let number =
      switch scene {
      case .several: "01 99 00 45 67"
      case .unknown: "06 39 98 12 34"
      case .withheld: "Numéro masqué"
      default: "03 88 20 21 22"
      }
    #expect(story.screen.contains(number))
    switch scene {
    case .found, .answered: #expect(story.screen.contains("Dupont SA"))
    case .several: #expect(story.screen.contains("▸Garage M"))
    case .unknown: #expect(story.screen.contains("inconnu"))
    default: break
    }
  }

  // MARK: - Names from strangers

  static let names = [
    "\u{202E}AS tnopuD", "\u{2066}Dupont\u{2069}\u{200F}", "Dupont\u{1B}[2J\u{1B}]0;x\u{07}",
    "Dupont\u{9B}31m", "Dupont\r\nSA\t\u{0}\u{7F}", String(repeating: "Dupont ", count: 1_500),
    "D" + String(repeating: "\u{0301}", count: 10_000), "👩‍👩‍👧‍👦🇫🇷👍🏽", "株式会社東京", "مكتب دوبون",
    "Dup\u{AD}ont\u{FEFF}\u{200B}", "\u{E000}\u{FFFF}", "%s%n%d", "", " ", "[⏎ Fiche]",
  ]

  @Test(arguments: names)
  func aNameBreaksNoFrame(_ name: String) {
    var match = Sample.dupont
    (match.party.name, match.party.city, match.contact) = (name, name, name)
    (match.party.code, match.party.zip) = (name, name)
    var record = Sample.dupontRecord
    (record.summary, record.address, record.email) = (match.party, name, name)
    record.remarks = name
    record.numbers.append(
      ListedNumber(use: .phone, number: nil, text: name, contact: name))
    var caller = Sample.dupontCaller
    (caller.name, caller.text) = (name, name)

    var story = Story()
    story.ring(Sample.garageCaller, found: [match, match])
    story.ring(caller, found: [match], popup: true)
    story.deliverRecord(record)
    story.send(.exceptions([ExceptionNumber(pattern: name, comment: name, list: .own)]))
    for keys: [KeyPress] in [[], ["2"], ["n"], [.key(.escape), "x"], [.key(.escape), "X"]] {
      for key in keys { story.press(key) }
      for size in [(20, 4), (44, 10), (100, 26)] {
        story.resize(size.0, size.1)
        let frame = render(story.model)
        #expect(frame.cells.allSatisfy { Self.isHarmless($0) })
      }
    }
    // The window's own border is where it was.
    story.press(.key(.escape))
    let corner = render(story.model).golden
    #expect(corner.contains("┐"))
  }

  /// Whether a terminal shows the cell and does nothing else.
  private static func isHarmless(_ cell: Cell) -> Bool {
    ([cell.scalar] + cell.marks).allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .surrogate, .privateUse, .lineSeparator, .paragraphSeparator: false
      default: true
      }
    }
  }

  // MARK: - Many

  @Test func aFloodOfRingsLosesNoLine() {
    var story = Story()
    story.ring(Sample.dupontCaller, found: [Sample.dupont])
    var saved: Set<String> = []
    for number in 0..<10_000 {
      let effects = story.report(.ring, Sample.caller(number), id: "flood \(number)")
      saved.formUnion(effects.savedKeys)
      // The first calls hold their places until the calls themselves are forgotten.
      if number == 1_000 { #expect(story.selectedCall == Call.ID(serial: 1)) }
    }
    #expect(saved.isSuperset(of: (1...10_001).map { "run-\($0)" }.dropFirst()))
    #expect(story.model.unsaved.count == 10_001)
    #expect(story.model.visibleCalls.count == 5)
    story.wait(90_000)
    #expect(story.model.corner.isEmpty)
    story.ring(Sample.garageCaller, found: [Sample.muller])
    story.wait(1_000)
    #expect(story.screen.contains("Garage Muller"))
    // What is forgotten of the calls is forgotten here too.
    #expect(story.model.pops.count <= 2 * CallList.memory)
  }

  @Test func anAnswerForAForgottenCallIsDropped() {
    var story = Story()
    #expect(story.send(.found(Call.ID(serial: 99), .success([Sample.dupont]))).isEmpty)
    #expect(story.model.journal.isEmpty)
  }
}

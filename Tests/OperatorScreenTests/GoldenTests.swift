import Canvas
import GoldenSupport
import OperatorScreen
import Telephony
import Testing

/// The screens as they are: each state in full, and the calls on small and large terminals.
struct GoldenTests {
  @Test(arguments: Scene.allCases)
  func french(_ scene: Scene) {
    expect(scene, .french, Size(width: 100, height: 26), "fr")
  }

  @Test(arguments: Scene.allCases)
  func english(_ scene: Scene) {
    expect(scene, .english, Size(width: 80, height: 24), "en")
  }

  @Test(arguments: [Scene.waiting, .several, .unknown, .record, .story, .options, .help])
  func german(_ scene: Scene) {
    expect(scene, .german, Size(width: 80, height: 24), "de")
  }

  static let small: [Scene] = [
    .waiting, .searching, .found, .several, .unknown, .withheld, .storeDown, .answered, .elsewhere,
    .fiveCalls, .record, .recordWhileRinging, .create, .attach, .search, .options, .help,
    .confirmQuit,
  ]

  @Test(arguments: small)
  func smallTerminal(_ scene: Scene) {
    expect(scene, .french, Size(width: 44, height: 10), "fr")
  }

  static let tiny: [Scene] = [
    .waiting, .searching, .found, .several, .unknown, .withheld, .elsewhere, .fiveCalls, .record,
    .note,
  ]

  @Test(arguments: tiny)
  func tinyTerminal(_ scene: Scene) {
    expect(scene, .french, Size(width: 20, height: 4), "fr")
  }

  @Test(arguments: [Scene.found, .sevenCalls, .recordWhileRinging, .help])
  func largeTerminal(_ scene: Scene) {
    expect(scene, .french, Size(width: 200, height: 60), "fr")
  }

  @Test(arguments: Desk.Corner.allCases.filter { $0 != .topRight })
  func otherCorners(_ corner: Desk.Corner) {
    let story = Scene.recordWhileRinging.story(corner: corner)
    expectGolden(render(story.model), "recordWhileRinging-fr-100x26-\(corner.rawValue)")
  }

  /// The widths of all languages: no panel nor hint is cut at 80 columns.
  @Test(arguments: Scene.allCases, ["fr_FR.UTF-8", "C", "de_AT@euro"])
  func nothingIsCutAt80Columns(_ scene: Scene, _ locale: String) {
    let story = scene.story(
      size: Size(width: 80, height: 24), phrases: .forLocale(locale))
    let lines = story.lines.map { $0.joined() }
    let panel = lines.filter { $0.hasPrefix("│") || $0.hasPrefix("┌") }
    #expect(panel.allSatisfy { !$0.contains("…") })
    #expect(lines.last?.contains("…") == false)
    let keys = lines.filter { $0.contains("│ R ") || $0.contains("│ x ") || $0.contains("│ ⏎ ") }
    #expect(keys.allSatisfy { !$0.contains("…") })
  }

  @Test func theStripTellsOfTheCallThatRings() {
    let story = Scene.recordWhileRinging.story(size: Size(width: 44, height: 10))
    #expect(story.lines[0].joined() == "01 99 00 45 67  Garage Muller        +1 0:00")
  }

  /// A hint that does not fit is left out, not cut; the way out stays.
  @Test(arguments: Scene.allCases.filter { $0 != .sourceDown }, [40, 44, 52, 60])
  func noHintIsCut(_ scene: Scene, _ width: Int) {
    let story = scene.story(size: Size(width: width, height: 12))
    let hints = story.lines.last?.joined() ?? "…"
    #expect(!hints.contains("…"))
    if hints.contains("choisir") || hints.contains("créer") { #expect(hints.contains("Échap")) }
  }

  private func expect(_ scene: Scene, _ phrases: Phrases, _ size: Size, _ language: String) {
    let story = scene.story(size: size, phrases: phrases)
    expectGolden(
      render(story.model), "\(scene.rawValue)-\(language)-\(size.width)x\(size.height)")
  }
}

import Canvas
import GoldenSupport
import OperatorScreen
import Telephony
import Testing

/// The window for who does not see it (R60).
struct AccessibleTests {
  private func story(_ scene: Scene, _ face: Desk.Face, _ size: Size = Size(width: 80, height: 24))
    -> Story
  {
    scene.story(size: size, phrases: .english, face: face)
  }

  @Test(arguments: [
    Scene.waiting, .found, .several, .record, .journalLine, .story, .options, .sourceDown, .quiet,
  ])
  func plain(_ scene: Scene) {
    expectGolden(render(story(scene, .plain).model), "\(scene)-en-80x24-plain")
  }

  @Test(arguments: [
    Scene.waiting, .found, .several, .unknown, .record, .journalLine, .story, .fiveCalls, .search,
    .help,
    .confirmQuit, .sourceDown,
  ])
  func lines(_ scene: Scene) {
    expectGolden(
      render(story(scene, .lines, Size(width: 120, height: 60)).model), "\(scene)-en-lines")
  }

  /// What is read by ear has no frame and no sign; what is selected says so in its text.
  @Test(arguments: Scene.allCases, [Desk.Face.plain, .lines])
  func nothingIsDrawn(_ scene: Scene, _ face: Desk.Face) {
    let story = story(scene, face)
    let text = story.lines.map { $0.joined() }.joined(separator: "\n")
    for sign in "┌┐└┘│─●○▸◂⏎" { #expect(!text.contains(sign), "\(sign) in\n\(text)") }
    let frame = render(story.model)
    for y in 0..<frame.size.height where frame[Point(x: 40, y: y)].role == .selected {
      #expect((0..<frame.size.width).contains { frame[Point(x: $0, y: y)].text == ">" })
    }
  }

  /// Nothing changes by itself: no running time, no countdown.
  @Test(
    arguments: [Scene.searching, .found, .answered, .fiveCalls, .sourceDown, .record],
    [Desk.Face.plain, .lines])
  func nothingTicks(_ scene: Scene, _ face: Desk.Face) {
    var story = story(scene, face)
    story.wait(1_000)
    let before = render(story.model)
    story.wait(1_000)
    #expect(render(story.model) == before)
  }

  /// The cursor rests on what the keys act on, seen or not.
  @Test(arguments: [
    (Scene.waiting, "2 calls, 1 missed", "Waiting"), (.found, "03 88 20 21 22", "03 88 20 21 22"),
    (.journalLine, "13:50  01 99 00 45 67", ">  13:50  01 99 00 45 67"),
    (.options, "Open the record at every call", "> Open the record at every call"),
    (.record, "12 rue des Tanneurs", "C00123 · Dupont SA"), (.help, "Everywhere", "Keys"),
  ])
  func theCursorRestsOnTheFocus(_ scene: Scene, _ framed: String, _ plain: String) throws {
    for (face, text) in [(Desk.Face.framed, framed), (.plain, plain)] {
      let frame = render(story(scene, face).model)
      let place = try #require(frame.focus)
      let rest = (place.x..<frame.size.width).map { frame[Point(x: $0, y: place.y)].text }.joined()
      #expect(rest.hasPrefix(text))
      #expect(frame.cursor == (face == .framed ? nil : place))
    }
  }
}

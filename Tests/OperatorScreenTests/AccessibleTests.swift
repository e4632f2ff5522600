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

  private static var spoken: Desk {
    var desk = Story.desk()
    desk.face = .lines
    return desk
  }

  /// Of seven calls the first may end first, or last; what became of it is said whenever that is.
  @Test func everyEndIsSaid() {
    var story = Story(
      size: Size(width: 120, height: 60), phrases: .english, desk: Self.spoken)
    for index in 1...7 { story.ring(Sample.caller(index), id: "\(index)") }
    #expect(story.screen.contains("+2 in the journal"))
    for index in [1, 7, 6, 5, 4, 3, 2] {
      story.wait(1_000)
      story.report(.end(.missed), Sample.caller(index), id: "\(index)")
      let number = Sample.caller(index).number?.key.suffix(4) ?? ""
      let ends = story.lines.map { $0.joined() }.filter { $0.contains("missed") }
      #expect(ends.contains { $0.filter(\.isNumber).contains(number) }, "\(index): \(ends)")
    }
  }

  /// A filter is said, and that nothing is in it; the selected line once, and not in the list as well.
  @Test func whatIsChosenIsSaidOnce() {
    var story = Story(
      size: Size(width: 120, height: 60), phrases: .english, desk: Self.spoken)
    story.send(.journal(Sample.storyJournal))
    story.press(.key(.down))
    let marked = story.lines.filter { $0.joined().hasPrefix("> ") }
    #expect(marked.count == 1)
    let asked = story.press("/", "z", "z", .key(.enter))
    #expect(story.screen.contains("“zz”") && story.screen.contains("looking up…"))
    for case .keep(.readJournal(_, _, _, let ticket)) in asked {
      story.send(.journalPage([], ticket: ticket))
    }
    #expect(story.screen.contains("No call passes this filter"))
    #expect(!story.screen.contains("all calls"))
    story.press(.key(.escape))
    #expect(story.screen.contains("all calls"))
  }

  @Test func thatAFilterIsGoneIsSaid() {
    for (desk, isSaid) in [(Self.spoken, true), (Story.desk(), false)] {
      var story = Story(size: Size(width: 120, height: 60), phrases: .english, desk: desk)
      story.send(.journal(Sample.storyJournal))
      story.press("m")
      #expect(!story.screen.contains("all calls"))
      story.press("m")
      #expect(story.screen.contains("all calls") == isSaid)
    }
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

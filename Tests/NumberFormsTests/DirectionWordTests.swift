import NumberForms
import Testing

@Suite("Words about a direction")
struct DirectionWordTests {
  @Test(
    arguments: [
      ("in", DirectionWord.incoming), ("Incoming", .incoming), ("INBOUND", .incoming),
      ("I", .incoming), ("out", .outgoing), ("outgoing", .outgoing), ("outbound", .outgoing),
      ("o", .outgoing), ("sideways", nil), ("", nil), ("inn", nil),
    ] as [(String, DirectionWord?)])
  func meanings(word: String, direction: DirectionWord?) {
    #expect(DirectionWord(word) == direction)
  }
}

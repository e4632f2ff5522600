import OperatorWindow
import Telephony
import Testing

/// The screen is painted at once, and not for each message of a flood.
struct PaintPaceTests {
  private let start = Moment(milliseconds: 50_000)

  @Test func newsOneByOneArePaintedAtOnce() {
    var pace = PaintPace()
    for moment in 0..<Int64(5_000) {
      #expect(pace.paint(after: 2, at: start + moment) == nil)
    }
  }

  @Test func manyAtOnceArePaintedAtOnce() {
    var pace = PaintPace()
    #expect(pace.paint(after: 200, at: start) == nil)
    #expect(pace.paint(after: 1, at: start + 100) == nil)
  }

  @Test func aFloodHasOneFrameInItsTime() {
    var pace = PaintPace()
    var frames: [Int64] = []
    for moment in 0..<Int64(10_000) where pace.paint(after: 9, at: start + moment) == nil {
      frames.append(moment)
    }
    let steady = frames.drop { $0 < 100 }
    #expect(steady.count > 600)
    #expect(zip(steady, steady.dropFirst()).allSatisfy { $1 - $0 == PaintPace.pause })
  }

  /// What is not painted now is painted after the pause that was told, though nothing more comes.
  @Test func theLastOfAFloodIsPainted() throws {
    var pace = PaintPace()
    _ = pace.paint(after: 1_000, at: start)
    let told = pace.paint(after: 1_000, at: start + 1)
    let pause = try #require(told)
    #expect(pause == PaintPace.pause - 1)
    #expect(pace.paint(after: 0, at: start + 1 + pause) == nil)
  }

  @Test func afterAFloodNothingIsHeldBack() {
    var pace = PaintPace()
    for moment in 0..<Int64(1_000) { _ = pace.paint(after: 50, at: start + moment) }
    for moment in 1_200..<Int64(1_300) {
      #expect(pace.paint(after: 1, at: start + moment) == nil)
    }
  }
}

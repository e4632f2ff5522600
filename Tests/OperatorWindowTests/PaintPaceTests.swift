import OperatorWindow
import Telephony
import Testing

/// The screen is painted at once, and not for each message of a flood.
struct PaintPaceTests {
  private let start = Moment(milliseconds: 50_000)

  @Test func oneCallsFramesFollowAtOnce() {
    var pace = PaintPace()
    for frame in 0..<PaintPace.burst { #expect(pace.paint(at: start + frame) == nil) }
  }

  @Test func aFloodHasOneFrameInItsTime() {
    var pace = PaintPace()
    var frames = 0
    for moment in 0..<Int64(10_000) where pace.paint(at: start + moment) == nil { frames += 1 }
    #expect(Int64(frames) <= 10_000 / PaintPace.pause + PaintPace.burst)
    #expect(Int64(frames) >= 10_000 / PaintPace.pause)
  }

  /// What is not painted now is painted after the pause that was told, and not before.
  @Test func thePauseIsExact() throws {
    var pace = PaintPace()
    while pace.paint(at: start) == nil {}
    let told = pace.paint(at: start)
    let pause = try #require(told)
    #expect(pace.paint(at: start + (pause - 1)) == 1)
    #expect(pace.paint(at: start + pause) == nil)
  }

  @Test func afterARestABurstMayFollowAgain() {
    var pace = PaintPace()
    while pace.paint(at: start) == nil {}
    let later = start + PaintPace.burst * PaintPace.pause
    for _ in 0..<PaintPace.burst { #expect(pace.paint(at: later) == nil) }
    #expect(pace.paint(at: later) == PaintPace.pause)
  }
}

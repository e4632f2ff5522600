import Connector
import LauncherSupport
import TestSupport
import Testing

struct LoopAlarmTests {
  @Test func aRingBeforeTheWaitIsKept() async {
    let alarm = LoopAlarm(clock: TestClock(pauses: 0))
    alarm.ring()
    await alarm.wait(.seconds(60))
    alarm.ring()
    await alarm.wait(nil)
  }

  @Test func thePauseEndsByTheClock() async throws {
    let clock = TestClock(pauses: 0)
    let alarm = LoopAlarm(clock: clock)
    let waiting = Task { await alarm.wait(.seconds(60)) }
    try await waitUntil("the pause") { clock.nextWake == .seconds(60) }
    clock.advance(by: .seconds(60))
    await waiting.value
  }

  @Test func theEndOfTheTaskEndsThePause() async throws {
    let clock = TestClock(pauses: 0)
    let alarm = LoopAlarm(clock: clock)
    let waiting = Task { await alarm.wait(.seconds(60)) }
    try await waitUntil("the pause") { clock.nextWake == .seconds(60) }
    waiting.cancel()
    await waiting.value
    try await waitUntil("no pause") { clock.nextWake == nil }
  }
}

import Glibc
import OperatorWindow
import Telephony
import Testing

/// What the window takes the time from.
struct WindowClockTests {
  /// Somebody travels with the machine, or its zone is put right, while the window runs.
  @Test func theZoneIsThatOfNow() async {
    await #expect(processExitsWith: .success) {
      for (zone, hours) in [("UTC0", 0), ("JST-9", 9), ("EST5", -5)] {
        setenv("TZ", zone, 1)
        #expect(WindowClock.wall().offset == hours * 3600)
      }
    }
  }
}

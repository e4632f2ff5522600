import Glibc
import TestSupport
import Testing

extension ProgramTests {
  /// Several windows of one user (R16).
  struct Stations {
    @Test func eachStationGetsItsOwn() async throws {
      var workplace = try await Workplace()
      let first = try await workplace.openWindow(station: "1024")
      let second = try await workplace.openWindow(station: "1025")
      #expect(try await workplace.clicktocall("--station", "1024", "0388202122").status == 0)
      workplace.environment["SCREENPOP_STATION"] = "1025"
      #expect(try await workplace.clicktocall("0199009999").status == 0)
      let firstScreen = try await first.wait(for: "03 88 20 21 22")
      let secondScreen = try await second.wait(for: "01 99 00 99 99")
      #expect(!firstScreen.contains("01 99 00 99 99"))
      #expect(!secondScreen.contains("03 88 20 21 22"))
    }

    @Test func withoutAStationAllGetIt() async throws {
      let workplace = try await Workplace()
      let windows = [
        try await workplace.openWindow(station: "1024"),
        try await workplace.openWindow(station: "1025"),
        try await workplace.openWindow(station: nil),
      ]
      #expect(try await workplace.clicktocall("0388202122").status == 0)
      for window in windows { try await window.wait(for: "Dupont SA") }
    }

    @Test func aSecondWindowWaitsForItsTurn() async throws {
      let workplace = try await Workplace()
      try workplace.configure("poll_interval = 1")
      let first = try await workplace.openWindow()
      let second = try await workplace.openWindow()
      try await second.wait(for: "○ launcher")
      try await workplace.clicktocall("0388202122")
      try await first.wait(for: "Dupont SA")
      #expect(try await second.text().contains("03 88 20 21 22") == false)

      try await first.press("q")
      try await first.wait(for: "Quit all the same?")
      try await first.press("q")
      #expect(try await first.exitStatus() == 0)
      try await second.wait(for: "● launcher")
      #expect(try await workplace.clicktocall("0199009999").status == 0)
      try await second.wait(for: "01 99 00 99 99")
    }

    @Test func aKilledWindowsSocketIsReplaced() async throws {
      let workplace = try await Workplace()
      let first = try await workplace.openWindow()
      kill(first.program, SIGKILL)
      try await first.gone()
      #expect(try await workplace.clicktocall("0388202122").status == 75)
      let second = try await workplace.openWindow()
      try await second.wait(for: "Dupont SA")
      #expect(try await workplace.clicktocall("0199009999").status == 0)
    }
  }
}

import Foundation
import TestSupport
import Testing

extension ProgramTests {
  /// The terminal is given back on every way out (R44).
  struct WaysOut {
    @Test(arguments: ["q", "C-c"])
    func aKey(key: String) async throws {
      let site = try await ShellSite()
      try await site.screen.press(key)
      try await site.expectLeft(status: 0)
    }

    @Test(arguments: ["q", "C-c"])
    func asksWhileACallRings(key: String) async throws {
      let site = try await ShellSite(ringing: true)
      try await site.screen.press(key)
      try await site.screen.wait(for: "A call is ringing.")
      try await site.screen.press("Escape")
      try await site.screen.wait(until: "no question") { !$0.contains("A call is ringing.") }
      try await site.screen.press(key)
      try await site.screen.wait(for: "A call is ringing.")
      try await site.screen.press(key)
      try await site.expectLeft(status: 0)
      // The call's line was written before.
      try await site.workplace.onlyCall("found") { $0.code == "C00123" }
    }

    @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT])
    func aSignal(number: Int32) async throws {
      let site = try await ShellSite(ringing: true)
      kill(site.window, number)
      try await site.expectLeft(status: 128 + number)
      try await site.workplace.onlyCall("found") { $0.code == "C00123" }
    }

    /// Whoever starts the window may hold signals back, which it would have from there.
    @Test func aSignalThatWasHeldBack() async throws {
      var workplace = try await Workplace()
      workplace.prefix = ["env", "--block-signal=TERM"]
      let terminal = try BareTerminal()
      let window = try await workplace.openWindow(on: terminal)
      window.signal(SIGTERM)
      #expect(try await window.status() == 128 + SIGTERM)
    }

    @Test func theTerminalVanishes() async throws {
      let site = try await ShellSite(ringing: true)
      site.screen.vanish()
      try await waitUntil("the end of the window") { kill(site.window, 0) != 0 }
      site.expectNoSocket()
      try await site.workplace.onlyCall("found") { $0.code == "C00123" }
    }

    @Test func theShellStopsAndGoesOn() async throws {
      let workplace = try await Workplace()
      let screen = try await TmuxScreen(
        "bash", ["--norc", "--noprofile", "-i"], environment: workplace.environment)
      try await screen.type("PS1='ready> '; stty -a | tail -n +2 >~/before\n")
      try await screen.wait(for: "\nready>")
      try await screen.type("\(try builtProgram("screenpop")) watch --station 1024\n")
      try await screen.wait(for: "Waiting")
      try await workplace.listening(screen)
      try await screen.press("C-z")
      try await screen.wait(for: "Stopped")
      #expect(try await screen.fact("alternate_on") == "0")
      #expect(try await workplace.clicktocall("0388202122").status == 75)
      try await screen.type("fg\n")
      try await screen.wait(for: "Dupont SA")
      try await workplace.onlyCall("found") { $0.code == "C00123" }
      try await workplace.clicktocall("--event", "end", "0388202122")
      try await screen.wait(for: "Waiting")
      try await screen.press("q")
      try await waitUntil("the shell's screen") { try await screen.fact("alternate_on") == "0" }
      try await screen.type("stty -a | tail -n +2 >~/after; echo as\\ before\n")
      try await screen.wait(for: "\nas before")
      #expect(
        contents(ofFile: workplace.folder.file("home/after"))
          == contents(ofFile: workplace.folder.file("home/before")))
    }

    @Test func everySizeAndBack() async throws {
      let workplace = try await Workplace()
      let window = try await workplace.openWindow(width: 100, height: 26)
      try await workplace.clicktocall("0388202122")
      let first = try await window.wait(for: "67000 Strasbourg")
      try await window.resize(width: 20, height: 4)
      try await window.wait(until: "number and name on 20 by 4") {
        $0.contains("03 88 20 21 22") && $0.contains("Dupont SA")
      }
      try await window.resize(width: 1, height: 1)
      try await window.wait(until: "one cell") { $0.count <= 2 }
      try await window.resize(width: 200, height: 60)
      try await window.wait(for: "67000 Strasbourg")
      try await window.resize(width: 100, height: 26)
      try await window.wait(until: "the first screen, but for the time") {
        $0.withoutTimes == first.withoutTimes
      }
      try await window.press("Enter", until: "12 rue des Tanneurs")
    }
  }
}

extension String {
  /// The text with all digits of times, and the line of the corner's frame, left out.
  fileprivate var withoutTimes: String { replacing(#/─* \d+:\d\d ─┐/#, with: "") }
}

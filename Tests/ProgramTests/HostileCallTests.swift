import TestSupport
import Testing

extension ProgramTests {
  /// Names and numbers from strangers, through the launcher (R43).
  struct HostileCalls {
    private static let rightToLeft = "\u{202E}"

    @Test(arguments: [
      "\u{1b}[2J\u{1b}]0;owned\u{7}\u{1b}[31mEvil", "\(rightToLeft)livE\u{202C} Evil",
      "Evil\r\n\u{8}\u{8}\u{0085}", "%s%n%s%n Evil",
      "Evil $(touch owned) `id` '; DROP TABLE party;",
      "Evil\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}",
      "Evil 👩‍👩‍👧‍👦🇫🇷 北辰", "Evil\u{9B}2J\u{90}q\u{9C}",
    ])
    func aHostileNameLeavesTheScreenSane(name: String) async throws {
      let workplace = try await Workplace()
      let window = try await workplace.openWindow()
      let given = try await workplace.clicktocall("--name", name, "0388202122")
      #expect(given.status == 0, "\(given.output)")
      let screen = try await window.wait(for: "Dupont SA")
      expectSane(screen)
      #expect(try await window.fact("alternate_on") == "1")
      #expect(try await window.fact("pane_title") != "owned")
      // An unknown caller's own name is shown.
      _ = try await workplace.clicktocall("--name", name, "0199009999")
      expectSane(try await window.wait(for: "01 99 00 99 99"))
      let log = try await workplace.screenpop("log", "--json")
      #expect(log.output.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
    }

    @Test(arguments: [
      "\u{1b}[2J0388202122", "0388202122;rm -rf", "+33388202122\u{202E}", "0388202122%s%n",
      "sip:0388202122%0d%0a%1b[2J@host", "tel:+33388202122;ext=\u{1b}c",
      "ctidivalto:--event=end&tel=0388202122",
    ])
    func aHostileNumberIsRefusedOrShownHarmlessly(number: String) async throws {
      let workplace = try await Workplace()
      let window = try await workplace.openWindow()
      let given = try await workplace.clicktocall("--", number)
      #expect([0, 65].contains(given.status), "\(given.output)")
      #expect(given.output.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
      try await workplace.clicktocall("0199009999")
      let screen = try await window.wait(for: "01 99 00 99 99")
      expectSane(screen)
    }

    @Test func fourThousandCharacters() async throws {
      let workplace = try await Workplace()
      let window = try await workplace.openWindow()
      let long = String(repeating: "N", count: 4000)
      #expect(try await workplace.clicktocall("--name", long, "0388202122").status == 0)
      // A name is cut; it does not cost its call.
      #expect(try await workplace.clicktocall("--name", long + long, "0388202122").status == 0)
      let digits = try await workplace.clicktocall(String(repeating: "1", count: 4000))
      #expect([0, 65].contains(digits.status))
      expectSane(try await window.wait(for: "Dupont SA"))
    }

    @Test func bytesThatAreNoText() async throws {
      let workplace = try await Workplace()
      let window = try await workplace.openWindow()
      let given = try await run(
        "sh",
        [
          "-c", #"exec "$0" --name "$(printf '\377\300\200Evil')" 0388202122"#,
          builtProgram("clicktocall"),
        ],
        environment: workplace.environment)
      #expect(given.status == 0)
      expectSane(try await window.wait(for: "Dupont SA"))
    }

    /// The frame stands, each line is as wide as the terminal at most, and nothing else is on it.
    private func expectSane(_ screen: String, sourceLocation: SourceLocation = #_sourceLocation) {
      #expect(screen.hasPrefix(" ScreenPop"), "\(screen)", sourceLocation: sourceLocation)
      #expect(
        screen.unicodeScalars.allSatisfy {
          $0 == "\n"
            || $0.properties.generalCategory != .control
              && $0.properties.generalCategory != .format
        }, "\(screen)", sourceLocation: sourceLocation)
      #expect(
        screen.split(separator: "\n").allSatisfy { $0.count <= 100 }, "\(screen)",
        sourceLocation: sourceLocation)
    }
  }
}

import TestSupport
import Testing

extension ProgramTests {
  /// A call from the launcher to the screen and into the journal (R1-R8).
  struct CallsOnScreen {
    @Test func showsNumberAndNameAndOpensTheCard() async throws {
      let workplace = try await Workplace()
      let window = try await workplace.openWindow()
      #expect(try await workplace.clicktocall("03 88 20 21 22").status == 0)
      try await window.wait(for: "03 88 20 21 22")
      let screen = try await window.wait(for: "Dupont SA")
      #expect(!screen.contains("12 rue des Tanneurs"))

      try await window.press("Enter", until: "12 rue des Tanneurs")
      let call = try await workplace.onlyCall("found") { $0.code != nil }
      #expect(call.number == "+33388202122")
      #expect(call.name == "Dupont SA")
      #expect(call.outcome == "ringing")
      #expect(call.reason == nil)
      #expect(call.duration == nil)
    }

    @Test func theMouseOpensTheCard() async throws {
      let workplace = try await Workplace()
      let window = try await workplace.openWindow()
      try await workplace.clicktocall("0388202122")
      let screen = try await window.wait(for: "⏎ Record")
      let button = try #require(screen.position(of: "Record"))
      // A click acts on a call that has been selected for a while, so it is tried again.
      try await window.wait(until: "the card after a click") { screen in
        if screen.contains("12 rue des Tanneurs") { return true }
        try await window.click(x: button.x, y: button.y)
        return false
      }
    }

    @Test(arguments: [
      ["0388202122", "popup"], ["ctidivalto:0388202122?popup"], ["0388202122", "POPUP"],
    ])
    func popupOpensTheCardByItself(words: [String]) async throws {
      let workplace = try await Workplace()
      let window = try await workplace.openWindow()
      _ = try await run(
        builtProgram("clicktocall"), words, environment: workplace.environment)
      try await window.wait(for: "12 rue des Tanneurs")
    }

    @Test func popupDoesNotOpenOneOfSeveral() async throws {
      let workplace = try await Workplace()
      let window = try await workplace.openWindow()
      try await workplace.clicktocall("0199004567", "popup")
      let screen = try await window.wait(for: "Transports Schmitt")
      for name in ["Garage Muller", "Muller Location"] { #expect(screen.contains(name)) }
      #expect(!screen.contains("rue du Moulin"))
    }

    @Test func theSwitchFormRingsAndEnds() async throws {
      let workplace = try await Workplace()
      let window = try await workplace.openWindow()
      try await workplace.clicktocall("/N:S", "/C:0388202122", "/T:I", "/I:42")
      try await window.wait(for: "Dupont SA")
      try await workplace.clicktocall("/N:C", "/C:0388202122", "/T:I", "/I:42")
      try await window.wait(for: "On the line")
      try await workplace.clicktocall("/N:E", "/C:0388202122", "/T:I", "/I:42")
      let call = try await workplace.onlyCall("ended") { $0.duration != nil }
      #expect(call.outcome == "answered")
      #expect(call.code == "C00123")
    }

    @Test func anOutgoingCallIsAQuietLine() async throws {
      let workplace = try await Workplace()
      let window = try await workplace.openWindow("--popup")
      try await workplace.clicktocall("/N:S", "/C:0388202122", "/T:O", "/I:7")
      let screen = try await window.wait(for: "Dupont SA")
      #expect(!screen.contains("Incoming call"))
      try await workplace.clicktocall("/N:E", "/C:0388202122", "/T:O", "/I:7")
      let call = try await workplace.onlyCall("outgoing") { $0.reason == "outgoing" }
      #expect(call.outcome != "missed")
    }

    @Test(arguments: [
      ([], "missed"), (["--reason", "missed"], "missed"), (["--reason", "rejected"], "rejected"),
      (["--reason", "elsewhere"], "answered-elsewhere"),
    ])
    func theEndSaysWhatBecameOfTheCall(words: [String], outcome: String) async throws {
      let workplace = try await Workplace()
      let window = try await workplace.openWindow()
      try await workplace.clicktocall("0388202122", "--call-id", "a")
      try await window.wait(for: "Dupont SA")
      _ = try await run(
        builtProgram("clicktocall"), ["--event", "end", "--call-id", "a"] + words,
        environment: workplace.environment)
      let call = try await workplace.onlyCall(outcome) { $0.outcome == outcome }
      #expect(call.number == "+33388202122")
      #expect(call.duration == nil)
      try await window.wait(until: "an empty corner") { $0.contains("Waiting") }
    }

    @Test func anAnsweredCallHasADuration() async throws {
      let workplace = try await Workplace()
      let window = try await workplace.openWindow()
      try await workplace.clicktocall("--event", "ring", "--call-id", "b", "0388202122")
      try await workplace.clicktocall("--event", "answer", "--call-id", "b")
      try await window.wait(for: "On the line")
      try await workplace.onlyCall("answered") { $0.outcome == "answered" && $0.duration == nil }
      try await workplace.clicktocall("--event", "end", "--call-id", "b")
      try await workplace.onlyCall("ended") { $0.outcome == "answered" && $0.duration != nil }
    }

    @Test func aWithheldCallerIsSaidSo() async throws {
      let workplace = try await Workplace()
      let window = try await workplace.openWindow()
      try await workplace.clicktocall("anonymous")
      try await window.wait(for: "Withheld number")
      let call = try await workplace.onlyCall("withheld") { _ in true }
      #expect(call.number == nil)
      #expect(call.name == nil)
    }

    @Test(arguments: [
      ("fr_FR.UTF-8", "Appel entrant", "Fiche"), ("en_GB.UTF-8", "Incoming call", "Record"),
    ])
    func speaksTheOperatorsLanguage(locale: String, title: String, button: String) async throws {
      var workplace = try await Workplace()
      workplace.environment["LC_ALL"] = nil
      workplace.environment["LANG"] = locale
      let window = try await workplace.openWindow()
      try await workplace.clicktocall("0388202122")
      let screen = try await window.wait(for: "Dupont SA")
      #expect(screen.contains(title))
      #expect(screen.contains(button))
    }

    @Test func theDemonstrationRingsItselfAndKeepsToItself() async throws {
      let workplace = try await Workplace(sample: false)
      let window = try await workplace.openWindow("--demo")
      try await window.press("p")
      try await window.wait(for: "Incoming call")
      try await workplace.clicktocall("0388202122")
      try await window.wait(for: "Dupont SA")
      #expect(try await workplace.journal().isEmpty)
      let found = try await workplace.screenpop("lookup", "--json", "0388202122")
      #expect(found.output.hasSuffix("\"matches\":[]}\n"))
    }

    @Test func sixCallsAtOnce() async throws {
      let workplace = try await Workplace()
      let window = try await workplace.openWindow()
      for index in 0..<6 {
        try await workplace.clicktocall("019900123\(index)", "--call-id", "\(index)")
      }
      try await window.wait(for: "+1 in the journal")
      let calls = try await workplace.journal(until: "six calls") { $0.count == 6 }
      #expect(calls.map(\.number) == (0..<6).map { "+3319900123\($0)" })
    }
  }
}

extension String {
  /// Where `words` stand on a screen, from 0, 0.
  fileprivate func position(of words: String) -> (x: Int, y: Int)? {
    for (y, line) in split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if let found = line.firstRange(of: words) {
        return (line.distance(from: line.startIndex, to: found.lowerBound), y)
      }
    }
    return nil
  }
}

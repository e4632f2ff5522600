import Foundation
import TestSupport
import Testing

extension ProgramTests {
  /// Options on two levels, on the screen and on the command line (R46), and the exceptions screen
  /// (R47).
  struct Options {
    @Test func theOperatorsFileGoesBeforeTheMachines() async throws {
      let workplace = try await Workplace()
      try workplace.configureMachine("min_digits = 6\ninhibit_internal = true")
      try workplace.configure("min_digits = 0")
      let window = try await workplace.openWindow()
      try await workplace.clicktocall("1025")
      try await window.wait(for: "1025")
      try await workplace.onlyCall("the machine's option") { $0.reason == "internal" }
    }

    @Test func aFixedKeyCannotBeChanged() async throws {
      let workplace = try await Workplace()
      try workplace.configureMachine("min_digits = 6\nfixed = [\"min_digits\", \"popup\"]")
      try workplace.configure("min_digits = 0")
      let window = try await workplace.openWindow("--popup")
      try await window.wait(for: "min_digits")
      try await workplace.clicktocall("1025", "--call-id", "a")
      try await workplace.onlyCall("short") { $0.reason == "short number (4 < 6)" }
      try await workplace.clicktocall("0388202122", "--call-id", "b")
      let screen = try await window.wait(for: "Dupont SA")
      #expect(!screen.contains("12 rue des Tanneurs"))

      try await window.press("Escape")
      try await window.press(",")
      try await window.wait(for: "fixed")
      try await window.press("Right")
      try await window.wait(for: "This option is fixed")
    }

    @Test func aChoiceOnTheScreenOutlivesTheWindow() async throws {
      let workplace = try await Workplace()
      let first = try await workplace.openWindow()
      try await first.press(",")
      try await first.wait(for: "Open the record at every call")
      let before = try await first.text()
      #expect(!before.contains("chosen here"))
      try await first.press("Right")
      let chosen = try await first.wait(for: "chosen here")
      #expect(chosen.line(of: "Open the record at every call")?.contains("yes") == true)
      try await first.press("Escape")
      try await first.wait(until: "the options closed") { !$0.contains("chosen here") }
      // It holds at once …
      try await workplace.clicktocall("0388202122", "--call-id", "a")
      try await first.wait(for: "12 rue des Tanneurs")
      try await workplace.clicktocall("--event", "end", "--call-id", "a")
      try await first.wait(for: "Waiting")
      try await first.press("q")
      #expect(try await first.exitStatus() == 0)
      // … and for the next window; nobody's file was written.
      let second = try await workplace.openWindow()
      try await workplace.clicktocall("0388202122", "--call-id", "b")
      try await second.wait(for: "12 rue des Tanneurs")
      let files = try FileManager.default.subpathsOfDirectory(
        atPath: workplace.folder.file("config"))
      #expect(files.isEmpty)

      // The command line goes before it, and `r` goes back to the configuration.
      try await second.press("Escape")
      try await second.press(",")
      try await second.wait(for: "chosen here")
      try await second.press("r")
      try await second.wait(until: "the default") {
        $0.line(of: "Open the record at every call")?.contains("default") == true
      }
    }

    @Test(arguments: ["--popup"])
    func theCommandLineOpensRecords(option: String) async throws {
      let workplace = try await Workplace()
      let window = try await workplace.openWindow(option)
      try await workplace.clicktocall("0388202122")
      try await window.wait(for: "12 rue des Tanneurs")
    }

    @Test func noColorIsHonoured() async throws {
      var workplace = try await Workplace()
      let coloured = try await workplace.openWindow(station: "1")
      try await coloured.wait(for: "● launcher")
      #expect(try await coloured.colours() > 0)
      workplace.environment["NO_COLOR"] = "1"
      let plain = try await workplace.openWindow(station: "2")
      try await plain.wait(for: "● launcher")
      #expect(try await plain.colours() == 0)
    }

    @Test(arguments: ["top-left", "top-right", "bottom-left", "bottom-right"])
    func theCornerIsWhereItIsAskedFor(corner: String) async throws {
      let workplace = try await Workplace(sample: false)
      let window = try await workplace.openWindow("--corner", corner)
      let screen = try await window.wait(for: "Waiting")
      let lines = screen.split(separator: "\n", omittingEmptySubsequences: false)
      let line = try #require(lines.firstIndex { $0.contains("Waiting") })
      let column = try #require(lines[line].firstRange(of: "Waiting")).lowerBound
      #expect((line < 15) == corner.hasPrefix("top"))
      #expect(
        (lines[line].distance(from: lines[line].startIndex, to: column) < 50)
          == corner.hasSuffix("left"))
    }
  }

  /// The exceptions screen (R47).
  struct ExceptionsOnScreen {
    @Test func addsToBothListsAndRemoves() async throws {
      let workplace = try await Workplace()
      let window = try await workplace.openWindow()
      try await window.press("X")
      try await window.wait(for: "No exceptions.")
      try await window.press("a")
      try await window.wait(for: "for me:")
      try await window.type("03 88 20 21 22")
      try await window.press("Enter")
      try await window.wait(for: "+33388202122")
      try await window.press("a")
      try await window.wait(for: "for me:")
      try await window.press("Tab")
      try await window.wait(for: "for everybody:")
      try await window.type("0800*")
      try await window.press("Enter")
      try await window.wait(for: "+33800*")
      let machine = workplace.folder.file("machine/screenpop/exceptions.csv")
      #expect(contents(ofFile: machine) == "number,collaborator,comment\n+33800*,,\n")

      try await window.press("Up")
      try await window.press("Up")
      try await window.press("d")
      try await window.wait(until: "one entry less") { !$0.contains("+33388202122") }
      let list = try await workplace.screenpop("exception", "list", "--json")
      #expect(
        list.output
          == #"{"number":"+33800*","collaborator":null,"comment":"","list":"machine"}"# + "\n")
    }

    @Test func oneKeyMakesACallAnException() async throws {
      let workplace = try await Workplace()
      let window = try await workplace.openWindow()
      try await workplace.clicktocall("0388202122", "--call-id", "a")
      try await window.wait(for: "Dupont SA")
      try await window.press("x", until: "for me only")
      try await window.press("Enter")
      try await window.wait(for: "Exception added.")
      try await workplace.clicktocall("--event", "end", "--call-id", "a")
      try await workplace.clicktocall("0388202122", "--call-id", "b")
      try await workplace.journal(until: "a quiet call") {
        $0.count == 2 && $0[1].reason == "exception +33388202122"
      }
    }

    /// Even an administrator cannot make a folder below a regular file.
    @Test func saysWhenEverybodysListIsClosed() async throws {
      let workplace = try await Workplace()
      try workplace.folder.write("", to: "machine/screenpop")
      let window = try await workplace.openWindow()
      try await window.press("X")
      try await window.wait(for: "No exceptions.")
      try await window.press("a")
      try await window.wait(for: "for me:")
      try await window.press("Tab")
      try await window.wait(for: "for everybody:")
      try await window.type("0388202122")
      try await window.press("Enter")
      try await window.wait(for: "Everybody's list cannot be changed from here.")
      let added = try await workplace.screenpop("exception", "add", "0388202122")
      #expect(added.status != 0)
      #expect(added.output.contains("screenpop cannot be opened: Not a directory"))
    }
  }
}

extension String {
  /// The line of a screen that holds `words`.
  fileprivate func line(of words: String) -> Substring? {
    split(separator: "\n").first { $0.contains(words) }
  }
}

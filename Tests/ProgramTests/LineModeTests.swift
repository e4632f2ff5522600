import Glibc
import TestSupport
import Testing

extension ProgramTests {
  /// The window line by line (R60).
  struct LineMode {
    @Test func aCallIsSaidAndTheKeysAreTyped() async throws {
      let workplace = try await Workplace()
      let window = try await workplace.openWindow("--lines")
      #expect(try await window.fact("alternate_on") == "0")
      try await workplace.clicktocall("0388202122")
      try await window.wait(for: "> 1 Incoming call: 03 88 20 21 22  Dupont SA")
      // A key within the grace of a new call opens nothing.
      try await waitUntil("the record") {
        try await window.type("\n")
        return try await window.text().contains("C00123 · Dupont SA · customer")
      }
      try await window.type(".esc\nq\n")
      try await window.wait(for: "A call is ringing. Quit all the same?")
      try await window.type("q\n")
      try await workplace.onlyCall("found") { $0.code == "C00123" }
    }

    /// Where nothing can be typed, the window tells on until it is ended; what strangers send stays text.
    @Test func aProgramListens() async throws {
      let workplace = try await Workplace()
      let output = workplace.folder.file("lines")
      let window = try Child(
        try builtProgram("screenpop"), ["watch", "--station", "1024", "--lines"],
        environment: workplace.environment, output: output)
      try await waitUntil("somebody who listens") { workplace.isListening() }
      try await workplace.clicktocall("Eve\u{1B}]0;x\u{7}\u{202E}")
      try await waitUntil("the text") { contents(ofFile: output).contains("Eve") }
      try await workplace.clicktocall("0388202122")
      try await waitUntil("the name") { contents(ofFile: output).contains("Dupont SA") }
      window.signal(SIGTERM)
      #expect(try await window.status() == 128 + SIGTERM)
      let said = contents(ofFile: output)
      #expect(!said.contains { $0 == "\u{1B}" || $0 == "\u{202E}" || $0 == "\u{7}" })
      #expect(said.split(separator: "\n").filter { $0.hasSuffix("Dupont SA") }.count == 1)
    }
  }
}

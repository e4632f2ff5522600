import TestSupport
import Testing

extension ProgramTests {
  /// `screenpop replay` (R45).
  struct Replay {
    private static let recording = """
      # a call that is answered, and one that nobody takes
      0    v=1&event=ring&tel=0388202122&id=1&mid=a
      0.1  v=1&event=answer&tel=0388202122&id=1
      0.2  v=1&event=end&tel=0388202122&id=1
      v=1&event=ring&tel=0199009999&id=2

      """

    @Test func recordedCallsRingTheWindow() async throws {
      let workplace = try await Workplace()
      let window = try await workplace.openWindow()
      let file = try workplace.folder.write(Self.recording, to: "calls")
      // Twice: a message that was seen is told again.
      for count in 1...2 {
        let played = try await workplace.screenpop("replay", file)
        #expect(played.status == 0)
        #expect(played.output == "played 4 messages\n")
        try await window.wait(for: "01 99 00 99 99")
        let calls = try await workplace.journal(until: "\(count) answered calls") {
          $0.count { $0.outcome == "answered" && $0.duration != nil && $0.code != nil } == count
        }
        #expect(calls.first?.number == "+33388202122")
      }
    }

    @Test func onlyTheStationsWindowIsPlayedTo() async throws {
      let workplace = try await Workplace()
      let window = try await workplace.openWindow(station: "1025")
      let file = try workplace.folder.write(Self.recording, to: "calls")
      #expect(try await workplace.screenpop("replay", file, "--station", "1024").status == 69)
      #expect(try await workplace.journal().isEmpty)
      #expect(try await workplace.screenpop("replay", file, "--station", "1025").status == 0)
      try await window.wait(for: "01 99 00 99 99")
    }

    @Test func whatCannotBePlayedIsSaid() async throws {
      let workplace = try await Workplace(sample: false)
      let file = try workplace.folder.write("v=1&tel=1024\nbye\n", to: "calls")
      let none = workplace.folder.file("none")
      let relays = try workplace.folder.write(
        "# ScreenPop trace 1\n0.000 screenpop ! begin 0 0\n"
          + "0.000 screenpop ! option --address=127.0.0.1\n", to: "trace")
      for (path, status, sentence) in [
        (file, 65, "\(file):2: the message says no version"),
        (none, 66, "there is no file \(none)"),
        (relays, 65, "\(relays) is a relay's trace: ctirelay replay \(relays) plays it"),
        (workplace.folder.path, 66, "could not read \(workplace.folder.path): Is a directory"),
      ] as [(String, Int32, String)] {
        let played = try await workplace.screenpop("replay", path)
        #expect(played.status == status)
        #expect(played.output.hasPrefix(sentence), "\(played.output)")
        #expect(played.output.filter { $0 == "\n" }.count == 1)
      }
      let empty = try workplace.folder.write("v=1&tel=1024\n", to: "calls")
      #expect(try await workplace.screenpop("replay", empty).status == 69)
    }
  }
}

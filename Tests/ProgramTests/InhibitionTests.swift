import TestSupport
import Testing

extension ProgramTests {
  /// What keeps a call quiet, from the configuration to the journal (R35, R36).
  struct Inhibitions {
    @Test(arguments: [
      ("inhibit_unknown = true", "0199009999", "no match"),
      ("inhibit_unknown = true", "0399004567", "no match"),
      ("min_digits = 6", "1025", "short number (4 < 6)"),
      ("inhibit_internal = true", "1025", "internal"),
    ])
    func anOptionKeepsACallQuiet(option: String, number: String, reason: String) async throws {
      let workplace = try await Workplace()
      try workplace.configure(option)
      let window = try await workplace.openWindow()
      // Even a demand stays quiet (R3).
      try await workplace.clicktocall(number, "popup")
      let call = try await workplace.onlyCall(reason) { $0.reason == reason }
      #expect(call.outcome == "inhibited")
      try await window.wait(until: "an empty corner") { $0.contains("Waiting") }

      // Another outcome replaces it, and the reason stays.
      try await workplace.clicktocall("--event", "end", number)
      try await workplace.onlyCall("missed") { $0.outcome == "missed" && $0.reason == reason }
    }

    @Test func aBusyStationKeepsCallsQuiet() async throws {
      let workplace = try await Workplace()
      try workplace.configure("inhibit_busy = true")
      let window = try await workplace.openWindow()
      try await workplace.clicktocall("0388202122", "--call-id", "a")
      try await workplace.clicktocall("--event", "answer", "--call-id", "a")
      try await window.wait(for: "On the line")
      try await workplace.clicktocall("0199004567", "--call-id", "b")
      let calls = try await workplace.journal(until: "a quiet call") {
        $0.count == 2 && $0[1].reason == "busy"
      }
      #expect(calls[1].outcome == "inhibited")
      try await window.wait(for: "station busy")

      try await workplace.clicktocall("--event", "end", "--call-id", "a")
      try await workplace.clicktocall("0199009999", "--call-id", "c")
      try await window.wait(for: "Incoming call")
    }

    @Test func anExceptionHoldsFromTheNextCallOn() async throws {
      let workplace = try await Workplace()
      let window = try await workplace.openWindow("--collaborator", "MD")
      try await workplace.clicktocall("0388202122", "--call-id", "a")
      try await window.wait(for: "Dupont SA")
      try await workplace.clicktocall("--event", "end", "--call-id", "a")
      try await window.wait(for: "Waiting")

      _ = try await workplace.screenpop("exception", "add", "+33 3 88 20 21 22")
      _ = try await workplace.screenpop("exception", "add", "0199*", "--collaborator", "MD")
      _ = try await workplace.screenpop("exception", "add", "1025", "--collaborator", "XY")
      try await workplace.clicktocall("0388202122", "popup", "--call-id", "b")
      try await workplace.clicktocall("0199009999", "--call-id", "c")
      try await workplace.clicktocall("1025", "--call-id", "d")
      let calls = try await workplace.journal(until: "four calls") {
        $0.count == 4 && $0[3].code != nil
      }
      #expect(calls.map(\.reason) == [nil, "exception +33388202122", "exception +33199*", nil])
      #expect(calls.map(\.outcome) == ["missed", "inhibited", "inhibited", "ringing"])
    }

    @Test func anExceptionThatIsRemovedHoldsNoMore() async throws {
      let workplace = try await Workplace()
      _ = try await workplace.screenpop("exception", "add", "0388202122")
      let window = try await workplace.openWindow()
      try await workplace.clicktocall("0388202122", "--call-id", "a")
      try await workplace.onlyCall("quiet") { $0.reason == "exception +33388202122" }
      _ = try await workplace.screenpop("exception", "remove", "0388202122")
      try await workplace.clicktocall("--event", "end", "--call-id", "a")
      try await workplace.clicktocall("0388202122", "--call-id", "b")
      try await window.wait(for: "Incoming call")
    }
  }
}

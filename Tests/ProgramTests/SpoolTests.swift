import Foundation
import TestSupport
import Testing

extension ProgramTests {
  /// Calls that came while no window could take them (R17).
  struct Spool {
    @Test func aFreshRingIsShownWhenTheWindowStarts() async throws {
      let workplace = try await Workplace()
      #expect(try await workplace.clicktocall("0388202122").status == 75)
      let window = try await workplace.openWindow()
      try await window.wait(for: "Incoming call")
      try await window.wait(for: "Dupont SA")
      try await workplace.onlyCall("ringing") { $0.outcome == "ringing" && $0.reason == nil }
      try await waitUntil("an empty spool") { try workplace.spooled().isEmpty }
    }

    @Test func anOldRingIsAQuietLine() async throws {
      let workplace = try await Workplace()
      #expect(try await workplace.clicktocall("0388202122", "popup").status == 75)
      try workplace.age(by: 600)
      let window = try await workplace.openWindow()
      let screen = try await window.wait(for: "too old")
      #expect(!screen.contains("Incoming call"))
      let call = try await workplace.onlyCall("too old") {
        $0.reason == "too old" && $0.code != nil
      }
      #expect(call.outcome == "inhibited")
      #expect(call.name == "Dupont SA")
      let began = try #require(try? Date(call.at, strategy: .iso8601))
      #expect(began < Date(timeIntervalSinceNow: -500))
    }

    @Test func answerAndEndAreAppliedAtAnyAge() async throws {
      let workplace = try await Workplace()
      for event in ["ring", "answer", "end"] {
        let given = try await workplace.clicktocall(
          "--event", event, "--call-id", "c", "0388202122")
        #expect(given.status == 75)
      }
      try workplace.age(by: 600)
      let window = try await workplace.openWindow()
      try await window.wait(for: "Dupont SA")
      let call = try await workplace.onlyCall("answered") {
        $0.outcome == "answered" && $0.code != nil && $0.duration != nil
      }
      #expect(call.duration == 1)
      #expect(call.reason == "too old")
    }

    @Test func aSpooledCallKeepsItsStation() async throws {
      let workplace = try await Workplace()
      #expect(try await workplace.clicktocall("--station", "1025", "0388202122").status == 75)
      #expect(try await workplace.clicktocall("--station", "1024", "0199009999").status == 75)
      let window = try await workplace.openWindow()
      try await window.wait(for: "01 99 00 99 99")
      try await workplace.onlyCall("its own") { $0.number == "+33199009999" }
      try await waitUntil("the other's message") { try workplace.spooled().count == 1 }
    }

    @Test func aFrozenWindowCostsLittleAndLosesNothing() async throws {
      let site = try await ShellSite()
      kill(site.window, SIGSTOP)
      try await waitUntil("a frozen window") { processState(site.window) == "T" }
      for number in ["0388202122", "0199009999"] {
        let given = try await site.workplace.clicktocall(number)
        #expect(given.status == 75, "\(given.output)")
      }
      #expect(try site.workplace.spooled().count == 2)
      kill(site.window, SIGCONT)
      try await site.screen.wait(for: "Dupont SA")
      try await waitUntil("an empty spool") { try site.workplace.spooled().isEmpty }
      let calls = try await site.workplace.journal(until: "both calls") { $0.count >= 2 }
      // Both were waiting when it went on, and are told at once: in either order.
      #expect(calls.count == 2)
      #expect(Set(calls.map(\.number)) == ["+33388202122", "+33199009999"])
    }

    /// A message of a later release waits for a window of that release.
    @Test func aFileThatIsNoMessageIsPutAside() async throws {
      let workplace = try await Workplace()
      #expect(try await workplace.clicktocall("0388202122").status == 75)
      let spool = try workplace.folder.folder("runtime/screenpop/spool")
      try workplace.folder.write("\u{0}\u{1}binary", to: "runtime/screenpop/spool/0.call")
      try workplace.folder.write("v=9&event=ring\n", to: "runtime/screenpop/spool/1.call")
      let window = try await workplace.openWindow()
      try await window.wait(for: "Dupont SA")
      // A call is shown before it is on the disk, and its file goes after that.
      try await waitUntil("what is no message") {
        try Set(FileManager.default.contentsOfDirectory(atPath: spool)) == ["1.call", "refused"]
      }
    }
  }
}

extension Workplace {
  /// The messages that wait in the spool.
  fileprivate func spooled() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.file("runtime/screenpop/spool"))
      .filter { $0.hasSuffix(".call") }
  }

  /// Makes all spooled messages so many seconds older, each a second less than the one before it.
  fileprivate func age(by seconds: Double) throws {
    // Whole seconds, which no rounding turns into one millisecond less.
    let now = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down))
    for (place, name) in try spooled().sorted().enumerated() {
      try FileManager.default.setAttributes(
        [.modificationDate: now.addingTimeInterval(Double(place) - seconds)],
        ofItemAtPath: folder.file("runtime/screenpop/spool/" + name))
    }
  }
}

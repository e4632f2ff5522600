import Foundation
import TestSupport
import Testing

/// A trace of a real softphone tells what the window told.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct TraceTests {
  private let workplace: Workplace

  init() async throws { workplace = try await Workplace() }

  /// One call that is answered from the window, and one that nobody takes; then the window's end.
  private func day(_ options: String...) async throws -> String {
    let phone = try await BaresipPhone(station: "1024", in: workplace.folder)
    try workplace.configure(phone.configuration)
    let path = workplace.folder.file("trace")
    let terminal = try await TmuxScreen(
      builtProgram("screenpop"), ["watch", "--station", "1024", "--trace", path] + options,
      environment: workplace.environment, width: 120, height: 30)
    try await workplace.listening(terminal)
    try await terminal.wait(for: "● baresip")
    let first = try SipCaller(
      .ringAnswerBye, from: "0388202122", name: "Caller", to: "1024", phonePort: phone.port,
      callID: "one")
    try await first.wait(for: "ringing")
    try await terminal.wait(for: "R answer")
    try await terminal.press("R", until: "On the line")
    try await first.wait(for: "answered")
    try await first.hangUp()
    try await workplace.onlyCall("ended") { $0.duration != nil }
    let second = try SipCaller(
      .ringThenCancel, from: "0199001111", name: "Caller", to: "1024", phonePort: phone.port,
      callID: "two")
    try await second.wait(for: "ringing")
    try await terminal.wait(for: "01 99 00 11 11")
    try await second.hangUp()
    try await workplace.clicktocall("0199009999", "--event", "request")
    try await workplace.journal(until: "three calls") {
      $0.count == 3 && $0.contains { $0.outcome == "missed" }
    }
    phone.kill()
    try await terminal.wait(for: "○ baresip")
    try await terminal.press("q")
    try await terminal.press("q")
    try await waitUntil("the window's end", instead: contents(ofFile: log)) {
      contents(ofFile: log).contains("ScreenPop ends")
    }
    // The trace is another file than the log.
    try await terminal.gone()
    return path
  }

  private var log: String {
    workplace.folder.file("home/.local/state/screenpop/screenpop.log")
  }

  @Test func aTraceWithNumbersGivesTheSameJournal() async throws {
    let calls = try await workplace.sameJournal(day("--trace-numbers"))
    #expect(calls.map(\.outcome).sorted() == ["answered", "missed", "ringing"])
    #expect(calls.contains { $0.code == "C00123" })
    let text = contents(ofFile: log)
    for words in [
      "notice ScreenPop", "configured: station = \"1024\"", "notice baresip is up",
      "warning baresip is down: ",
    ] {
      #expect(text.contains(words), "\(text)")
    }
  }

  @Test func aMaskedTraceGivesTheSameJournalOfOthers() async throws {
    let path = try await day()
    let text = contents(ofFile: path) + contents(ofFile: log)
    for digits in ["88202122", "99001111", "99009999", "388202"] {
      #expect(!text.contains(digits))
    }
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let replayed = try await workplace.replay(path)
    #expect(try await replayed.map(\.shape) == workplace.journal().map(\.shape))
    #expect(Set(replayed.compactMap(\.number)).count == 3)
  }
}

import Foundation
import TestSupport
import Testing

/// A trace of what a real Asterisk said, over TCP, tells what the window told.
struct TraceTests {
  static let captures = [
    "answered", "cancelled", "group-answered-elsewhere", "outgoing", "blind", "pickup-ours",
    "names",
  ]

  private func day(_ capture: String, _ options: String...) async throws -> (Workplace, String) {
    let manager = StandInManager()
    let workplace = try await WindowTests.place(at: manager)
    let path = workplace.folder.file("trace")
    let window = try await TmuxScreen(
      builtProgram("screenpop"), ["watch", "--station", "1024", "--trace", path] + options,
      environment: workplace.environment, width: 100, height: 30)
    try await workplace.listening(window)
    try await window.wait(for: "● asterisk")
    // In pieces, as a network cuts them.
    let bytes = try CaptureTests.bytes(capture)
    for start in stride(from: 0, to: bytes.count, by: 777) {
      try await manager.play(bytes[start..<min(start + 777, bytes.count)])
    }
    try await workplace.journal(until: "calls that are over") {
      !$0.isEmpty && $0.allSatisfy { $0.outcome != "ringing" }
    }
    // What follows has come when the connection's end has.
    try await manager.stop()
    try await window.wait(for: "○ asterisk")
    try await window.press("q")
    try await window.press("q")
    let log = workplace.folder.file("home/.local/state/screenpop/screenpop.log")
    try await waitUntil("the window's end", instead: contents(ofFile: log)) {
      contents(ofFile: log).contains("ScreenPop ends")
    }
    // The trace is another file than the log.
    try await window.gone()
    return (workplace, path)
  }

  @Test(arguments: captures)
  func aTraceWithNumbersGivesTheSameJournal(capture: String) async throws {
    let (workplace, path) = try await day(capture, "--trace-numbers")
    try await workplace.sameJournal(path)
    #expect(!contents(ofFile: path).contains("geheim"))
  }

  @Test(arguments: captures)
  func aMaskedTraceGivesTheSameJournalOfOthers(capture: String) async throws {
    let (workplace, path) = try await day(capture)
    let text = contents(ofFile: path)
    for digits in ["88202122", "99001111", "99004444", "geheim"] { #expect(!text.contains(digits)) }
    let replayed = try await workplace.replay(path)
    #expect(try await replayed.map(\.shape) == workplace.journal().map(\.shape))
  }
}

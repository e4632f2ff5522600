import CallWire
import LauncherSource
import LauncherSupport
import Telephony
import TestSupport
import Testing

/// The launcher that tells Twinkle the caller's name (R20).
@Suite struct ReplyNameTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// What Twinkle puts into the environment of a script for an incoming call.
  private let call = [
    "TWINKLE_TRIGGER": "in_call", "SIP_FROM_USER": "0388202122", "SIP_FROM_DISPLAY": "Somebody",
    "SIP_CALL_ID": "42",
  ]

  private func run(_ environment: [String: String]) async throws -> LauncherRun {
    try await LauncherRun(["--reply-name"], runtime: folder.path, environment: environment)
  }

  @Test func theNameOfTheWindowIsPrinted() async throws {
    let source = RunningSource(
      folder.runtime,
      knowledge: WindowKnowledge(name: { number, answer in
        answer(number.key == "+33388202122" ? "Étienne Dupont & Fils" : nil)
      }))
    #expect(await source.isUp())
    let known = try await run(call)
    #expect(known.output == "caller_name=Étienne Dupont & Fils\nend\n")
    #expect(known.code == 0)
    let unknown = try await run(call.merging(["SIP_FROM_USER": "0199001111"]) { $1 })
    #expect(unknown.output == "")
    #expect(unknown.code == 0)
    // No telephone waits for a name when the call is over.
    let ended = try await run(call.merging(["TWINKLE_TRIGGER": "in_call_failed"]) { $1 })
    #expect(ended.output == "")
    #expect(source.events.count == 3)
    await source.stop()
  }

  /// A name cannot make Twinkle do anything: its lines would be orders, such as `action=reject`.
  @Test(arguments: [
    ("name=Dupont%0Aaction=reject%0Aend", "caller_name=Dupont action=reject end\nend\n"),
    ("name=%1B[31m%E2%80%AEDupont", "caller_name=[31mDupont\nend\n"), ("name=%0A%0D+", ""),
    ("name=", ""),
    ("ok", ""), ("state taken=1", ""),
  ])
  func aNameIsOneHarmlessLine(answer: String, printed: String) async throws {
    let window = try StandInWindow(folder.runtime, .answers(answer + "\n"))
    let run = try await run(call)
    #expect(run.output == printed)
    #expect(run.code == 0)
    #expect(window.lines.first?.hasSuffix("&reply=name") == true)
  }

  @Test(arguments: [StandInWindow.Manner.silent, .frozen, .closes])
  func withoutAnAnswerNothingIsPrinted(manner: StandInWindow.Manner) async throws {
    let window = try StandInWindow(folder.runtime, manner)
    let run = try await run(call)
    #expect(run.output == "")
    #expect(run.code == 75)
    window.crash()
    let kept = try #require(folder.runtime.spool.list(station: nil).entries.first)
    #expect(try CallMessage(line: kept.line).wantsName)
  }
}

import CallWire
import LauncherSupport
import PhoneNumbers
import Telephony
import TestSupport
import Testing

/// Every caller is the same whether the launcher gets it as an argument or in Twinkle's environment.
@Suite struct DoorTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Who the window makes of what a run leaves in the spool.
  private func caller(_ arguments: [String], _ environment: [String: String] = [:]) async throws
    -> Caller
  {
    let run = try await LauncherRun(arguments, runtime: folder.path, environment: environment)
    #expect(run.code == 75, "\(run.errors)")
    let entry = try #require(folder.runtime.spool.list(station: nil).entries.first)
    let message = try CallMessage(line: entry.line)
    return NumberPlan().caller(message.tel, name: message.name)
  }

  @Test(arguments: CallerRow.all)
  func anArgumentSaysWhoItIs(row: CallerRow) async throws {
    // The launcher says that nothing of it can be seen.
    guard row.raw != "\u{3164}" else { return }
    let name = row.said.map { ["--name", $0] } ?? []
    let caller = try await caller(name + ["--", row.raw])
    #expect(CallerRow.words(caller) == row.who)
    #expect(caller.name == row.name)
  }

  @Test(arguments: CallerRow.all)
  func twinklesHeaderSaysWhoItIs(row: CallerRow) async throws {
    guard row.raw != "\u{3164}" else { return }
    var variables = ["TWINKLE_TRIGGER": "in_call", "SIP_FROM": row.raw, "SIP_FROM_USER": ""]
    variables["SIP_FROM_DISPLAY"] = row.said
    let caller = try await caller([], variables)
    #expect(CallerRow.words(caller) == row.who)
    #expect(caller.name == row.name)
  }
}

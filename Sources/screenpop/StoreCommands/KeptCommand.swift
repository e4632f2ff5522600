import ArgumentParser
import CallWire
import CommandOutput
import Glibc
import OperatorConfiguration
import OperatorWindow
import Telephony
import TextForms
import ThirdPartyStore

/// `screenpop kept`: what is kept of callers, where, and since when (R61).
struct KeptCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "kept", abstract: "Say what is kept of callers, where, and since when.")

  @Flag(help: "One JSON object a line.")
  var json = false

  @OptionGroup var options: StoreOptions

  func perform(_ context: StoreContext, _ output: OutputFile) async throws {
    let kept = PersonalData(
      context, try context.operatorData(), runtime.spool, now: WindowClock.wall())
    let log = Directories(environment: environment).state + "/screenpop.log"
    let files: [PersonalData.Kept] =
      [log + ".1", log].map { .init(what: "log", place: $0) }
      + [context.settings?.trace].compactMap(\.self).map { .init(what: "trace", place: $0) }
    for line in try kept.kept() + files.filter({ access($0.place, F_OK) == 0 }) {
      try output.write(json ? Self.object(line) : Self.row(line))
    }
    let days = context.settings?.retentionDays ?? 0
    let rule =
      days == 0
      ? "All is kept: retention_days = 0."
      : "Calls, notes on numbers, logs and traces are kept for \(days.counted("day")): retention_days."
    if !json { try output.write(rule + "\n") }
  }

  private static func object(_ kept: PersonalData.Kept) -> String {
    var line = JSONLine()
    line.add("what", kept.what)
    line.add("place", kept.place)
    line.add("count", kept.count)
    line.add("since", kept.since?.iso8601)
    return line.text + "\n"
  }

  private static func row(_ kept: PersonalData.Kept) -> String {
    let columns = [
      (kept.count.map { "\($0)" } ?? "").padded(8), kept.what.padded(20),
      (kept.since?.iso8601 ?? "").padded(26), kept.place.printable,
    ]
    return columns.joined(separator: "  ") + "\n"
  }
}

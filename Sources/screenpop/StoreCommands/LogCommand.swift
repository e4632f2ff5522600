import ArgumentParser
import Telephony
import ThirdPartyStore

struct LogCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "Print the journal of calls, oldest first.")

  @Flag(help: "One JSON object a line.")
  var json = false

  @Option(help: "Only the latest calls.")
  var last: Int?

  @OptionGroup var options: StoreOptions

  func validate() throws {
    if let last, last < 0 { throw ValidationError("--last counts calls: 0 or more") }
  }

  func perform(_ context: StoreContext, _ output: OutputFile) async throws {
    for entry in try context.operatorData().journal(limit: last).reversed() {
      try output.write(json ? Self.object(entry) : Self.row(entry))
    }
  }

  private static func object(_ entry: JournalEntry) -> String {
    var line = JSONLine()
    line.add("at", entry.at.iso8601)
    line.add("number", entry.isWithheld ? nil : entry.number)
    // Who is no number, in its place.
    if entry.number == nil, !entry.isWithheld { line.add("text", entry.text) }
    line.add("name", entry.name)
    line.add("code", entry.code)
    line.add("outcome", entry.outcome.rawValue)
    line.add("reason", entry.reason?.text)
    line.add("duration", entry.duration)
    return line.text + "\n"
  }

  private static func row(_ entry: JournalEntry) -> String {
    let columns = [
      entry.at.iso8601, entry.outcome.rawValue.padded(18),
      (entry.duration.map { "\($0) s" } ?? "").padded(8),
      (entry.isWithheld ? "withheld" : entry.text).printable.padded(18),
      (entry.code ?? "").printable.padded(12),
      [entry.name, entry.reason.map { "[\($0.text)]" }].compactMap { $0?.printable }
        .joined(separator: " "),
    ]
    return columns.joined(separator: "  ").trimmingEnd + "\n"
  }
}

extension String {
  /// Without blanks at the end.
  fileprivate var trimmingEnd: String {
    lastIndex { $0 != " " }.map { String(self[...$0]) } ?? ""
  }
}

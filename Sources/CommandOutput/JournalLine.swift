package import Telephony
import TextForms
import ThirdPartyStore

/// A line of the journal as `screenpop log` prints it.
package struct JournalLine {
  private let entry: JournalEntry

  /// The line of this entry.
  package init(_ entry: JournalEntry) { self.entry = entry }

  /// As a JSON object.
  package var object: String { object(JSONLine()) }

  /// The same for somebody who follows the journal: `call` is the same for each line that tells of one call.
  package var news: String {
    var line = JSONLine()
    line.add("call", entry.key)
    return object(line)
  }

  private func object(_ beginning: JSONLine) -> String {
    var line = beginning
    line.add("at", entry.at.iso8601)
    line.add("number", entry.isWithheld ? nil : entry.number)
    // Who is no number, in its place.
    if entry.number == nil, !entry.isWithheld { line.add("text", entry.text) }
    line.add("name", entry.name)
    line.add("code", entry.code)
    line.add("outcome", entry.outcome.rawValue)
    line.add("reason", entry.reason?.text)
    line.add("duration", entry.duration)
    // Only where it may be another's name.
    if entry.isInDoubt { line.add("certainty", entry.certainty?.rawValue) }
    // Only where the telephony told it, as few do.
    if let own = entry.own {
      line.add("called", own.called.isEmpty ? nil : own.called)
      line.add("line", own.line.isEmpty ? nil : own.line)
    }
    if isDone { line.add("done", true) }
    return line.text + "\n"
  }

  /// Whether the operator marked the missed call as done.
  private var isDone: Bool { entry.outcome == .missed && entry.isDone }

  /// The header of a table of such lines.
  package static let heading = CSVWriter.row([
    "at", "number", "text", "name", "code", "outcome", "reason", "duration", "called", "line",
    "certainty", "done",
  ])

  /// As a row of that table; what a spreadsheet would take for a formula is text there.
  package var record: String {
    let doubt = entry.isInDoubt ? entry.certainty?.rawValue ?? "" : ""
    let fields: [String] = [
      entry.at.iso8601, entry.isWithheld ? "" : entry.number ?? "",
      entry.isWithheld ? "withheld" : entry.text, entry.name ?? "", entry.code ?? "",
      entry.outcome.rawValue, entry.reason?.text ?? "", entry.duration.map { "\($0)" } ?? "",
      entry.own?.called ?? "", entry.own?.line ?? "",
      doubt, isDone ? "yes" : "",
    ]
    return CSVWriter.row(fields.map { SpreadsheetText.guarded($0) })
  }

  /// In columns, for people.
  package var row: String {
    let name: [String?] = [
      entry.isInDoubt ? "?" : nil, entry.name, entry.reason.map { "[\($0.text)]" },
      isDone ? "[done]" : nil,
    ]
    let columns = [
      entry.at.iso8601, entry.outcome.rawValue.padded(18),
      (entry.duration.map { "\($0) s" } ?? "").padded(8),
      (entry.isWithheld ? "withheld" : entry.text).printable.padded(18),
      (entry.code ?? "").printable.padded(12),
      name.compactMap { $0?.printable }.joined(separator: " "),
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

package import Telephony
import TextForms

/// A line of the journal as `screenpop log` prints it.
package struct JournalLine {
  private let entry: JournalEntry

  /// The line of this entry.
  package init(_ entry: JournalEntry) { self.entry = entry }

  /// As a JSON object.
  package var object: String {
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
    // Only where the telephony told it, as few do.
    if let own = entry.own {
      line.add("called", own.called.isEmpty ? nil : own.called)
      line.add("line", own.line.isEmpty ? nil : own.line)
    }
    return line.text + "\n"
  }

  /// In columns, for people.
  package var row: String {
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

package import Doctor
import TextForms

/// What `screenpop doctor` prints of one thing that it found.
package struct FindingLines {
  private let subject: String
  private let finding: Finding

  /// The lines of a finding; `subject` is what was looked at.
  package init(_ subject: String, _ finding: Finding) {
    self.subject = subject
    self.finding = finding
  }

  /// As a JSON object.
  package var object: String {
    var line = JSONLine()
    line.add("check", subject)
    line.add("verdict", finding.verdict.rawValue)
    line.add("finding", finding.sentence)
    line.add("advice", finding.advice)
    return line.text + "\n"
  }

  /// For people; the subject stands beside its first finding only.
  package func rows(isFirst: Bool) -> String {
    let mark =
      switch finding.verdict {
      case .well: "✓"
      case .note: "–"
      case .mend: "✗"
      }
    let row = "\((isFirst ? subject : "").padded(14)) \(mark) \(finding.sentence.printable)\n"
    let advice = finding.advice.map { "\("".padded(16)) → \($0.printable)\n" }
    return row + (advice ?? "")
  }
}

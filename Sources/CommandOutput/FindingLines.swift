package import Doctor
import Telephony
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
    line.add("verdict", finding.weight.rawValue)
    line.add("finding", finding.sentence)
    line.add("advice", finding.advice)
    return line.text + "\n"
  }

  /// For people; the subject stands beside its first finding only. `width` is the terminal's, nil without one [columns].
  package func rows(isFirst: Bool, width: Int? = nil) -> String {
    let mark =
      switch finding.weight {
      case .well: "✓"
      case .note: "–"
      case .mend: "✗"
      }
    let row = TerminalLines.hang(
      finding.sentence.printable, behind: "\((isFirst ? subject : "").padded(14)) \(mark) ",
      width: width)
    let advice = finding.advice.map {
      TerminalLines.hang($0.printable, behind: "\("".padded(16)) → ", width: width)
    }
    return [row, advice].compactMap { $0 }.map { $0 + "\n" }.joined()
  }
}

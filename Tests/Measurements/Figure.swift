import Glibc

/// One measured figure, with what it is held against.
struct Figure {
  /// What was measured.
  let name: String
  let value: Double
  /// `ms`, `µs`, `s`, `MB`, `×` or empty for a count.
  let unit: String
  /// The most that the requirements allow; nil: told for information.
  var limit: Double?

  static func printHeader() {
    printRow("what", "figure", "limit", "figure/limit", "verdict")
  }

  /// A row of the table.
  func print() {
    let shown = text(value)
    guard let limit else { return printRow(name, shown, "", "", "") }
    printRow(
      name, shown, text(limit), limit > 0 ? rounded(value / limit, 2) : "",
      value <= limit ? "met" : "MISSED")
  }

  private func text(_ number: Double) -> String {
    let digits = unit.isEmpty ? 0 : number < 100 ? 2 : 0
    return "\(rounded(number, digits)) \(unit)"
  }
}

private func printRow(
  _ name: String, _ figure: String, _ limit: String, _ ratio: String, _ verdict: String
) {
  printLine(
    padded(name, 66) + padded(figure, 12) + padded(limit, 12) + padded(ratio, 14) + verdict)
}

/// Prints at once, because a measurement takes long.
func printLine(_ text: String) {
  print(text)
  fflush(nil)
}

private func padded(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(1, width - text.count))
}

/// A number in decimal with so many digits after the point: `1.07`.
func rounded(_ number: Double, _ digits: Int) -> String {
  let scale = pow(10, Double(digits))
  let units = Int((number.magnitude * scale).rounded())
  let whole = units / Int(scale)
  let sign = number < 0 ? "-" : ""
  guard digits > 0 else { return "\(sign)\(whole)" }
  let rest = String(units % Int(scale))
  return "\(sign)\(whole)." + String(repeating: "0", count: digits - rest.count) + rest
}

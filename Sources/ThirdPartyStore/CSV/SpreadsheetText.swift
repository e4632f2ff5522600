/// Texts in a file that somebody may open in a spreadsheet, which runs what looks like a formula: names and
/// notes come from strangers, and `=HYPERLINK(…)` may be one.
///
/// An export puts an apostrophe before such a text, as spreadsheets do themselves, and an import takes it
/// off (OWASP, CSV Injection). A number alone, `+33388202122`, stays as it is.
///
///     =1+2   '=1+2        '=1+2   ''=1+2       O'Brien   O'Brien       +33388202122   +33388202122
public enum SpreadsheetText {
  /// The text as an export writes it.
  public static func guarded(_ text: String) -> String {
    isFormula(text) && !isNumber(text) ? "'" + text : text
  }

  /// The text that an export meant.
  static func unguarded(_ text: String) -> String {
    text.utf8.first == apostrophe && isFormula(text) ? String(text.dropFirst()) : text
  }

  private static let apostrophe = UInt8(ascii: "'")

  /// Whether a spreadsheet would take what follows the apostrophes, if any, for a formula.
  private static func isFormula(_ text: String) -> Bool {
    text.utf8.first { $0 != apostrophe }.map { "=+-@".utf8.contains($0) } ?? false
  }

  private static func isNumber(_ text: String) -> Bool {
    text.utf8.first == UInt8(ascii: "+")
      && text.utf8.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
  }
}

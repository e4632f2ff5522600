/// Rows of comma-separated values as ``CSVReader`` reads them: RFC 4180, UTF-8, LF.
public enum CSVWriter {
  /// One row, its line end included.
  public static func row(_ fields: some Sequence<String>) -> String {
    fields.map(quoted).joined(separator: ",") + "\n"
  }

  private static func quoted(_ field: String) -> String {
    // Blanks at the ends would be trimmed on reading; the quotation marks cost nothing there.
    let needsMarks = field.utf8.contains {
      $0 == Ascii.quote || $0 == Ascii.cr || $0 == Ascii.lf
        || [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")].contains($0)
    }
    guard needsMarks else { return field }
    // By scalars: a quotation mark is one whatever mark stands over it.
    var quoted = "\"".unicodeScalars
    for scalar in field.unicodeScalars {
      if scalar == "\"" { quoted.append(scalar) }
      quoted.append(scalar)
    }
    quoted.append("\"")
    return String(quoted)
  }
}

extension String {
  /// The text on one line and harmless to a terminal: escape sequences, control and format characters
  /// are left out, white space is one blank, and what is longer than 200 characters ends in `…`.
  package var printable: String {
    var result = String.UnicodeScalarView()
    var rest = unicodeScalars[...]
    // The cut comes before the work: a value may be a megabyte.
    while let scalar = rest.popFirst(), result.count <= 400 {
      switch scalar.properties.generalCategory {
      case .control where scalar == "\u{1B}":
        Self.dropSequence(&rest)
      case .control, .spaceSeparator, .lineSeparator, .paragraphSeparator:
        if !result.isEmpty, result.last != " ", scalar.properties.isWhitespace {
          result.append(" ")
        }
      case .format, .surrogate, .privateUse, .unassigned:
        continue
      default:
        result.append(scalar)
      }
    }
    if result.last == " " { result.removeLast() }
    let text = String(result)
    return text.count > 200 ? text.prefix(200) + "…" : text
  }

  /// Drops what follows an escape character: a control sequence (ECMA-48, 5.4: `[`, parameters, one
  /// final byte), or nothing, since a lone escape takes no text with it.
  private static func dropSequence(_ rest: inout Substring.UnicodeScalarView) {
    guard rest.first == "[" else { return }
    rest.removeFirst()
    while let scalar = rest.popFirst(), !("@"..."~").contains(scalar) {}
  }
}

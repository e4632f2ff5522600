extension String {
  /// The text on one line and harmless to a terminal: escape sequences, control and format characters
  /// are left out, white space is one blank, and what is longer than 200 characters ends in `…`.
  package var printable: String {
    var result = String.UnicodeScalarView()
    // Cut before the work, since a value may be a megabyte, and again after it.
    var rest = unicodeScalars.prefix(4096)
    while let scalar = rest.popFirst() {
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
    guard result.count > 200 else { return String(result) }
    return String(String.UnicodeScalarView(result.prefix(200))) + "…"
  }

  /// Drops what follows an escape character: a control sequence (ECMA-48, 5.4: `[`, parameters, one
  /// final byte), or nothing, since a lone escape takes no text with it.
  private static func dropSequence(_ rest: inout Substring.UnicodeScalarView) {
    guard rest.first == "[" else { return }
    rest.removeFirst()
    while let scalar = rest.popFirst(), !("@"..."~").contains(scalar) {}
  }
}

import TextForms

extension String {
  /// The text as SQLite keeps it: without NUL, at which SQLite would cut it.
  var storable: String {
    utf8.contains(0) ? String(unicodeScalars.filter { $0.value != 0 }) : self
  }

  /// The text as a party keeps it: storable, trimmed, and with LF for every line end. vCards know no other
  /// one, and what comes back from an export must be what went out.
  var unified: String {
    let text = Windows1252.onceEncoded(self).storable.trimmed
    guard text.utf8.contains(Ascii.cr) else { return text }
    return text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
  }

  /// Without blanks at both ends; the string itself where there are none.
  package var trimmed: String {
    guard mayHaveBlanks, first?.isWhitespace == true || last?.isWhitespace == true else {
      return self
    }
    guard let start = firstIndex(where: { !$0.isWhitespace }),
      let end = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[start...end])
  }

  /// False when both ends are letters, digits or marks of ASCII, as nearly always: that spares Unicode's
  /// tables.
  private var mayHaveBlanks: Bool {
    guard let first = utf8.first, let last = utf8.last else { return false }
    return !(0x21...0x7E).contains(first) || !(0x21...0x7E).contains(last)
  }
}

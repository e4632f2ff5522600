extension String {
  /// The text as SQLite keeps it: without NUL, at which SQLite would cut it.
  var storable: String {
    utf8.contains(0) ? String(unicodeScalars.filter { $0.value != 0 }) : self
  }

  /// Without blanks at both ends; the string itself where there are none.
  var trimmed: String {
    guard first?.isWhitespace == true || last?.isWhitespace == true else { return self }
    guard let start = firstIndex(where: { !$0.isWhitespace }),
      let end = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[start...end])
  }
}

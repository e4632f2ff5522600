import Canvas

extension String {
  /// The text in lines of at most `width` columns, broken at blanks; a longer word is left whole.
  func wrapped(to width: Int) -> [String] {
    var lines: [String] = []
    for word in split(separator: " ") {
      if let last = lines.last, Frame.columns(of: last + " " + word) <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}

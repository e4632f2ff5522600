import Canvas

extension String {
  /// The text in lines of at most `width` columns, broken at blanks; a longer word is broken where the
  /// line ends.
  func wrapped(to width: Int) -> [String] {
    var lines: [String] = []
    for word in split(separator: " ") {
      if let last = lines.last, Frame.columns(of: last + " " + word) <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines += String(word).pieces(of: width)
      }
    }
    return lines
  }

  /// The word in pieces of at most `width` columns; no character is taken apart.
  private func pieces(of width: Int) -> [String] {
    guard Frame.columns(of: self) > width else { return [self] }
    var (pieces, used) = ([""], 0)
    for character in self {
      let columns = Frame.columns(of: String(character))
      if used > 0, used + columns > width {
        pieces.append("")
        used = 0
      }
      pieces[pieces.count - 1].append(character)
      used += columns
    }
    return pieces
  }

  /// Hints with two blanks between them, as many as fit: none is cut, and the last one, which leads
  /// out, stays longest.
  func fittingHints(in width: Int) -> String {
    guard Frame.columns(of: self) > width else { return self }
    var hints = split(separator: "  ", omittingEmptySubsequences: true)
    while hints.count > 1, Frame.columns(of: hints.joined(separator: "  ")) > width {
      hints.remove(at: hints.count - 2)
    }
    return hints.joined(separator: "  ")
  }
}

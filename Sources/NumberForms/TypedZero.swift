/// A letter O that somebody typed, or a scanner read, for a zero.
public enum TypedZero {
  /// Whether the letter O at `index` stands for one: `O3 88 2O`, and `OO` between two groups of digits.
  public static func stands(at index: Int, in scalars: [Unicode.Scalar]) -> Bool {
    guard isLetterO(scalars[index]) else { return false }
    let before = scalars[..<index].lastIndex { !isLetterO($0) }
    let after = scalars[index...].firstIndex { !isLetterO($0) }
    let isWord = { (index: Int?) in
      index.map { scalars[$0].properties.isAlphabetic } ?? false
    }
    guard !isWord(before), !isWord(after) else { return false }
    let isDigit = { (index: Int?) in index.map { ("0"..."9").contains(scalars[$0]) } ?? false }
    if isDigit(before) || isDigit(after) { return true }
    guard let before, let after, after - before == 3 else { return false }
    return isDigit(before - 1 < 0 ? nil : before - 1)
      && isDigit(after + 1 < scalars.count ? after + 1 : nil)
  }

  /// Whether a caller who is nothing else than digits may have such letters: as many digits as one number has. With
  /// more, the letter is likelier a name (`O2 0199003161`).
  static func mayStand(in scalars: [Unicode.Scalar]) -> Bool {
    let digits = scalars.count { ("0"..."9").contains($0) || isLetterO($0) }
    return digits >= 6 && (digits <= 11 || scalars.first == "+")
  }

  private static func isLetterO(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "O" || scalar == "o"
  }
}

/// A letter that somebody typed, or a scanner read, for a digit: O for zero, I and l for one.
public enum TypedDigit {
  /// The ASCII digit for which the letter at `index` stands: in `O3 88 2O`, `06 39 98 l2 34`, and for `OO` between two
  /// groups of digits; nil: for none.
  public static func digit(at index: Int, in scalars: [Unicode.Scalar]) -> UInt8? {
    guard let digit = digit(scalars[index]) else { return nil }
    let before = scalars[..<index].lastIndex { Self.digit($0) == nil }
    let after = scalars[index...].firstIndex { Self.digit($0) == nil }
    let isWord = { (index: Int?) in
      index.map { scalars[$0].properties.isAlphabetic || "'’".unicodeScalars.contains(scalars[$0]) }
        ?? false
    }
    guard !isWord(before), !isWord(after) else { return nil }
    let isDigit = { (index: Int?) in index.map { ("0"..."9").contains(scalars[$0]) } ?? false }
    if isDigit(before) || isDigit(after) { return digit }
    guard let before, let after, after - before == 3,
      scalars[(before + 1)..<after].allSatisfy({ Self.digit($0) == UInt8(ascii: "0") })
    else { return nil }
    return isDigit(before - 1 < 0 ? nil : before - 1)
      && isDigit(after + 1 < scalars.count ? after + 1 : nil) ? digit : nil
  }

  /// Whether a caller who is nothing else than digits may have such letters: as many digits as one number has. With
  /// more, the letter is likelier a name (`O2 0199003161`).
  static func mayStand(in scalars: [Unicode.Scalar]) -> Bool {
    let digits = scalars.count { ("0"..."9").contains($0) || digit($0) != nil }
    return digits >= 6 && (digits <= 11 || scalars.first == "+")
  }

  private static func digit(_ scalar: Unicode.Scalar) -> UInt8? {
    switch scalar {
    case "O", "o": UInt8(ascii: "0")
    case "I", "l": UInt8(ascii: "1")
    default: nil
    }
  }
}

/// Digits that programs put where there is no number: a whole number below zero (`-1`), and zeros alone.
public enum Sentinel {
  /// Whether the text is one: it is no number, and no extension either.
  ///
  /// `-1`, `-2147483648`, `0`, `0000000000`, `00 00 00 00 00`, `+0` are; `-0388202122` is a number behind a
  /// dash, for no program writes a zero at the beginning of a whole number.
  public static func matches(_ text: String) -> Bool {
    var digits = 0
    var hasOther = false
    var isWhole = true
    var isNegative = false
    var isFirst = true
    for scalar in text.unicodeScalars {
      switch scalar {
      case "0":
        if digits == 0 && isNegative { isWhole = false }
        digits += 1
      case "1"..."9":
        digits += 1
        hasOther = true
      case "-", "\u{2010}"..."\u{2015}", "\u{2212}":
        if isFirst { isNegative = true } else { isWhole = false }
      // `+-1` is what a program writes that puts a plus before every number.
      case "+" where isFirst: continue
      case " ", "\u{A0}", "\u{202F}", ".", "/", "(", ")", "+": isWhole = false
      default: return false
      }
      isFirst = false
    }
    return digits > 0 && (!hasOther || (isNegative && isWhole))
  }
}

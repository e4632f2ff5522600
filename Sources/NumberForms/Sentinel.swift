/// Digits that programs put where there is no number: a whole number below zero (`-1`), zeros alone, and a word on the
/// keys of a telephone.
public enum Sentinel {
  /// Whether the text is one: it is no number, and no extension either.
  ///
  /// `-1`, `-2147483648`, `0`, `0000000000`, `00 00 00 00 00`, `+0` are; `-0388202122` is a number behind a
  /// dash, for no program writes a zero at the beginning of a whole number.
  public static func matches(_ text: String) -> Bool {
    if isSpelled(text) { return true }
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

  /// Whether it is `anonymous`, `unavailable`, `restricted`, `unknown` or `blocked` on the keys: networks pass it on as a
  /// number, and none has it. Source: Twilio, "Why am I getting calls from these strange numbers?"
  private static func isSpelled(_ text: String) -> Bool {
    switch text {
    case "+266696687", "266696687", "+86282452253", "86282452253", "+7378742833", "7378742833",
      "+8656696", "+2562533":
      true
    default: false
    }
  }
}

/// Digits that programs put where there is no number: a whole number below zero (`-1`), zeros alone, and a word on the
/// keys of a telephone.
public enum Sentinel {
  /// Whether the text is one: it is no number, and no extension either.
  ///
  /// `-1`, `-2147483648`, `0`, `0000000000`, `00 00 00 00 00`, `+0` are; `-0388202122` is a number behind a
  /// dash, for no program writes a zero at the beginning of a whole number.
  public static func matches(_ text: String) -> Bool {
    if isSpelled(text) { return true }
    let scalars = text.unicodeScalars
    guard scalars.contains(where: isDigit),
      scalars.allSatisfy({
        isDigit($0) || isDash($0) || " \u{A0}\u{202F}./()+".unicodeScalars.contains($0)
      })
    else { return false }
    guard scalars.contains(where: { isDigit($0) && $0 != "0" }) else { return true }
    // `+-1` is what a program writes that puts a plus before every number.
    let signed = scalars.first == "+" ? scalars.dropFirst() : scalars[...]
    guard let sign = signed.first, isDash(sign) else { return false }
    return signed.dropFirst().first != "0" && signed.dropFirst().allSatisfy(isDigit)
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private static func isDash(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "-" || ("\u{2010}"..."\u{2015}").contains(scalar) || scalar == "\u{2212}"
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

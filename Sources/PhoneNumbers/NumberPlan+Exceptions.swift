internal import Telephony

extension NumberPlan {
  /// The pattern of an exception entry on the normal form (R36), nil when `text` is nonsense.
  ///
  /// A number in any spelling gives its normal form. With `*` (any digits) or `?` (one digit):
  /// `0800*` and `0033800*` give `+33800*`; `+33800*` and patterns of extensions (`10??`) stay. A
  /// pattern needs a digit: one that holds for every call is a mistake.
  public func exceptionPattern(_ text: String) -> String? {
    let keys = text.filter { !$0.isWhitespace && !"\u{202F}.-()/".contains($0) }
    guard keys.utf8.count <= Self.longestPattern, keys.contains(where: \.isDigitKey) else {
      return nil
    }
    guard keys.contains(where: { $0 == "*" || $0 == "?" }) else { return number(text)?.key }
    let body = keys.first == "+" ? keys.dropFirst() : Substring(keys)
    guard body.allSatisfy({ $0.isDigitKey || "*?#".contains($0) }) else { return nil }
    if keys.first == "+" { return keys }
    return international(body) ?? national(body) ?? keys
  }

  private static let longestPattern = 32

  /// `0033800*` as `+33800*`; 00 is the prefix that ITU-T E.164 recommends, others write a plus.
  private func international(_ pattern: Substring) -> String? {
    guard pattern.hasPrefix("00"), let third = pattern.dropFirst(2).first, third.isDigitKey,
      third != "0"
    else { return nil }
    return "+" + pattern.dropFirst(2)
  }

  /// `0800*` as `+33800*`: a pattern with the trunk prefix, under the country code of its numbers.
  private func national(_ pattern: Substring) -> String? {
    let trunk = Region.trunkPrefix(region)
    guard !trunk.isEmpty, pattern.hasPrefix(trunk), let home = Region.countryCode(region),
      let next = pattern.dropFirst(trunk.count).first, next != "?"
    else { return nil }
    let significant = pattern.dropFirst(trunk.count)
    return "+\(countryCode(of: significant, home: home))\(significant)"
  }

  /// The country code under which numbers of this pattern have their normal form: only the French
  /// plan has several, and a sample number tells which (`0262*` is +262).
  private func countryCode(of pattern: Substring, home: Int) -> Int {
    guard FrenchPlan.contains(home) else { return home }
    let fixed = pattern.prefix { $0.isDigitKey }
    for filler in 0...9 {
      let missing = max(0, 9 - fixed.count)
      let sample = "+\(home)\(fixed)" + String(repeating: "\(filler)", count: missing)
      if let number = CountryNumber(sample, region: region) {
        let canonical = FrenchPlan.canonical(number)
        if canonical.fit == .valid { return canonical.countryCode }
      }
    }
    return FrenchPlan.mainland
  }
}

extension Character {
  fileprivate var isDigitKey: Bool { ("0"..."9").contains(self) }
}

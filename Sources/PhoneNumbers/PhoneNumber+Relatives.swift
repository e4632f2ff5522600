public import Telephony

extension PhoneNumber {
  /// The same line as other spellings of its country's plan know it: what the plan adds or drops (R52).
  ///
  ///     +55 11 9 5550 0123   Brazil: mobile numbers got a 9 behind the area (Anatel, 2012–2016)
  ///     +54 9 11 5550 0126   Argentina: a 9 before the area of a mobile, from abroad (ITU-T E.129)
  ///     +52 1 55 5550 0127   Mexico: a 1 before a mobile, until 2019
  ///     +39 06 5550 0127     Italy: the zero of fixed numbers belongs to them, and is often dropped
  ///
  /// Both are E.164 numbers; at most one of them is a line at a time. Empty for other countries.
  public var alternates: [String] {
    guard kind == .complete || kind == .national, key.utf8.first == UInt8(ascii: "+") else {
      return []
    }
    let digits = key.dropFirst()
    for rule in Self.rules where digits.hasPrefix(rule.country) {
      let national = digits.dropFirst(rule.country.utf8.count)
      let area = national.prefix(rule.area)
      let rest = national.dropFirst(rule.area)
      if rest.hasPrefix(rule.digit), rule.long.contains(national.utf8.count) {
        return ["+\(rule.country)\(area)\(rest.dropFirst(rule.digit.utf8.count))"]
      }
      if !rest.hasPrefix(rule.digit),
        rule.long.contains(national.utf8.count + rule.digit.utf8.count)
      {
        return ["+\(rule.country)\(area)\(rule.digit)\(rest)"]
      }
    }
    return []
  }

  /// The switchboards that a direct number of this spelling may belong to, longest first: in plans without a fixed
  /// length a company's direct numbers are its number with another ending than the switchboard's 0.
  ///
  ///     +496990009123   →   +4969900091 20, …   its key without the last 1 to 5 digits, and a 0
  public var switchboards: [String] {
    guard kind == .complete, let country = Self.countryCode(of: key),
      Region.isOpen(countryCode: country.code)
    else { return [] }
    let national = key.utf8.count - 1 - country.digits
    return (1...5).compactMap { ending in
      // An area and three digits of its own have all of them at the least.
      guard national - ending >= 5 else { return nil }
      let board = key.dropLast(ending) + "0"
      return board == key ? nil : String(board)
    }
  }

  private struct Rule: Sendable {
    var country: String
    /// How many digits stand before what is added.
    var area: Int
    var digit: String
    /// How long national numbers are that have it [digits].
    var long: ClosedRange<Int>
  }

  private static let rules = [
    Rule(country: "55", area: 2, digit: "9", long: 11...11),
    Rule(country: "54", area: 0, digit: "9", long: 11...11),
    Rule(country: "52", area: 0, digit: "1", long: 11...11),
    Rule(country: "39", area: 0, digit: "0", long: 7...11),
  ]

  /// The country code at the beginning of an E.164 number (ITU-T E.164, Annex D): one digit for zones 1 and 7, two
  /// or three elsewhere.
  private static func countryCode(of key: String) -> (code: Int, digits: Int)? {
    let digits = key.utf8.dropFirst().prefix(3).map { Int($0) - 0x30 }
    guard key.utf8.first == UInt8(ascii: "+"), digits.count == 3 else { return nil }
    if digits[0] == 1 || digits[0] == 7 { return (digits[0], 1) }
    let two = digits[0] * 10 + digits[1]
    let isTwo =
      switch two {
      case 20, 27, 30...34, 36, 39...41, 43...49, 51...58, 60...66, 81, 82, 84, 86, 90...95, 98:
        true
      default: false
      }
    return isTwo ? (two, 2) : (two * 10 + digits[2], 3)
  }
}

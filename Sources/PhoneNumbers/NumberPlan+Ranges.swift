import Telephony

/// The numbers of a company that are known by their beginning only.
public struct NumberRange: Hashable, Sendable {
  /// The beginning in E.164: `+3319900`.
  public var prefix: String

  /// The numbers that begin so.
  public init(prefix: String) { self.prefix = prefix }

  /// As it is written: `+3319900*`.
  public var text: String { prefix + "*" }
}

extension NumberPlan {
  private static let fewestDigits = PhoneNumber.fewestRangeDigits
  /// The most digits of a number (ITU-T E.164), of which a range leaves one open at least.
  private static let mostDigits = 15

  /// The whole ranges of numbers that a phone field names, and what else it holds.
  ///
  ///     +3319900*                          +3319900
  ///     Standard : 01 99 00 *              FR: +3319900
  ///     01 99 00 45 67 ; 01 99 00 46 *     FR: +331990046, and the first number is left
  ///     *21*0199004567#, 01 99 *           none: a code, and more than a company has
  public func ranges(
    inField text: String, region: String? = nil
  ) -> (ranges: [NumberRange], rest: String) {
    guard text.utf8.contains(UInt8(ascii: "*")), text.utf8.count <= 1024 else { return ([], text) }
    let plan = region.map { NumberPlan(region: $0) } ?? self
    var ranges: [NumberRange] = []
    var rest: [Substring] = []
    for piece in text.replacing(" / ", with: ";").split(whereSeparator: { ";,|\n\r".contains($0) })
    {
      if let range = plan.range(piece) {
        if !ranges.contains(range) { ranges.append(range) }
      } else {
        rest.append(piece)
      }
    }
    return ranges.isEmpty ? ([], text) : (ranges, rest.joined(separator: ";"))
  }

  /// The ranges that may hold a number, in their order: its beginnings, the longest first.
  public static func ranges(around number: String) -> [NumberRange] {
    guard number.hasPrefix("+"), number.utf8.count - 1 > fewestDigits else { return [] }
    return (fewestDigits + 1..<number.utf8.count).reversed().map {
      NumberRange(prefix: String(number.prefix($0)))
    }
  }

  /// Digits, how they are grouped, and a star at the end; before them a label at most.
  private func range(_ piece: Substring) -> NumberRange? {
    var body = piece.drop { !($0 == "+" || ("0"..."9").contains($0)) }
    guard piece[..<body.startIndex].allSatisfy({ $0.isLetter || " .:(".contains($0) }) else {
      return nil
    }
    while let last = body.last, last.isWhitespace { body.removeLast() }
    guard body.last == "*" else { return nil }
    while let last = body.last, last == "*" || last.isWhitespace || ".-/".contains(last) {
      body.removeLast()
    }
    guard body.allSatisfy({ "+0123456789 .-()/\u{A0}\u{202F}".contains($0) }),
      let pattern = exceptionPattern(String(body) + "*"), pattern.hasPrefix("+")
    else { return nil }
    let digits = pattern.dropFirst().prefix { ("0"..."9").contains($0) }
    guard "+" + digits + "*" == pattern,
      (Self.fewestDigits..<Self.mostDigits).contains(digits.utf8.count)
    else { return nil }
    // A star behind a whole number is a mark.
    let whole = CountryNumber("+" + digits, region: self.region)
    if let whole, whole.fit == .valid, !Region.isOpen(countryCode: whole.countryCode) { return nil }
    return NumberRange(prefix: "+" + digits)
  }
}

/// A code or a telephone number that a spreadsheet took for a number and wrote in its own way.
///
///     493023125012.0   639980011,00        493023125012   639980011     a fraction of nothing
///     199,001,001      33'199'001'002.00   199001001      33199001002   thousands
///     3,3199001002E+10                     33199001002                  all digits are there
///     1,20E+04         4.93023E+11         rounded: digits are lost
package enum SpreadsheetNumber: Hashable {
  /// The whole number, as digits.
  case whole(String)
  /// So much was rounded that nobody knows the number.
  case rounded

  /// What a whole cell says; nil when it is no number of a spreadsheet, or one that says what it means.
  package init?(_ text: String) {
    guard (3...40).contains(text.utf8.count), let first = text.utf8.first, Self.isDigit(first),
      // Nearly all cells are plain digits or have a letter: neither is looked at further.
      text.utf8.contains(where: { !Self.isDigit($0) }), let last = text.utf8.last,
      Self.isDigit(last)
    else { return nil }
    if let power = text.utf8.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) {
      guard let number = Self.raised(String(text[..<power]), text[text.index(after: power)...])
      else { return nil }
      self = number
      return
    }
    guard let whole = Self.withoutThousands(text) ?? Self.withoutFraction(text) else { return nil }
    self = .whole(whole)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func isDigits(_ text: some StringProtocol) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy(isDigit)
  }

  /// `1,20` and `+04`.
  private static func raised(_ mantissa: String, _ power: Substring) -> SpreadsheetNumber? {
    let digits = power.first == "+" ? power.dropFirst() : power
    guard (1...3).contains(digits.utf8.count), isDigits(digits), let power = Int(digits) else {
      return nil
    }
    let parts = mantissa.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
    guard (1...2).contains(parts.count), parts[0].utf8.count == 1, parts.allSatisfy(isDigits) else {
      return nil
    }
    let fraction = parts.count == 2 ? parts[1] : ""
    guard fraction.utf8.count >= power,
      fraction.utf8.dropFirst(power).allSatisfy({ $0 == UInt8(ascii: "0") })
    else { return .rounded }
    return .whole(parts[0] + String(fraction.prefix(power)))
  }

  /// A fraction of zeros. What begins with a zero is no number, unless it is as long as one of a telephone.
  private static func withoutFraction(_ text: String) -> String? {
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
    guard parts.count == 2, parts.allSatisfy(isDigits),
      parts[1].utf8.allSatisfy({ $0 == UInt8(ascii: "0") }),
      parts[0].first != "0" || parts[0].utf8.count >= 8
    else { return nil }
    return String(parts[0])
  }

  /// Groups of three with one mark between them all. A blank or a point alone is how people write, too.
  private static func withoutThousands(_ text: String) -> String? {
    guard text.first != "0", let mark = text.first(where: { !isDigits(String($0)) }),
      ",.' \u{A0}\u{202F}\u{2009}\u{2019}".contains(mark)
    else { return nil }
    var groups = text.split(separator: mark, omittingEmptySubsequences: false)
    guard groups.count > 1 else { return nil }
    var isFraction = false
    if let last = groups.last, let point = last.firstIndex(where: { $0 == "." || $0 == "," }) {
      let zeros = last[last.index(after: point)...]
      guard isDigits(zeros), zeros.utf8.allSatisfy({ $0 == UInt8(ascii: "0") }) else { return nil }
      groups[groups.count - 1] = last[..<point]
      isFraction = true
    }
    guard isFraction || !" .".contains(mark), groups.allSatisfy(isDigits),
      groups[0].utf8.count <= 3, groups.dropFirst().allSatisfy({ $0.utf8.count == 3 })
    else { return nil }
    return groups.joined()
  }
}

public import Telephony

/// Keys under which a number is found that is not the same: other spellings of it in its own plan, and the
/// switchboard of the same company.
///
///     stored 069/90009-0 in DE        +496990009*          asked for by +496990009123, and five digits less
///     stored 069/90009-123 in DE      +496990009*3         asked for by its colleagues: all have as many digits
///                                     +4969900090, +496990009   asked for by the switchboard
///     stored 030 123-4567 in DE       +49301230, +4930123  by the switchboard only: too many have that beginning
///     +55 11 8555-0124                ~551185550124        asked for by +55 11 98555-0124 too
///     +54 9 11 5550-0126              ~541155500126        asked for by +54 11 5550-0126 too
///     +39 06 5550 0127                ~39655500127         asked for by +39 6 5550 0127 too
///
/// Whoever keeps a number keeps ``kept(for:exchange:)`` with it, and who looks for one looks for ``asked(by:)``
/// too, by equality: nothing is compared digit by digit.
public struct RelatedKey: Hashable, Sendable {
  /// How a number that is found under the key stands to the one that was asked for.
  public enum Relation: Hashable, Sendable {
    /// The switchboard of the same company, or a direct number behind it.
    case switchboard
    /// The same number, to which the plan has added digits, or from which it has dropped some.
    case spelling
    /// The same, or another: both are numbers in their plan.
    case likeSpelling
  }

  /// The key; no number's own but a switchboard's.
  public var key: String
  /// How the numbers stand to each other.
  public var relation: Relation

  /// The longest direct number behind an exchange [digits].
  private static let longestDirect = 5
  /// By how many digits an exchange is longer than the direct number behind it, where nobody but one company has it.
  private static let ownDigits = 5

  /// The most keys that a number is asked for under beside its own.
  public static let mostAsked = 2 + 2 * longestDirect

  /// The keys that a number is asked for under beside its own; none for most numbers.
  public static func asked(by number: PhoneNumber) -> [String] {
    guard number.kind == .complete || number.kind == .national else { return [] }
    var keys: [String] = []
    if let spelling = spelling(of: number.key) { keys.append(spelling) }
    if isOpen(number.key) {
      for cut in 0...longestDirect where number.key.utf8.count - cut > 6 {
        keys.append(number.key.dropLast(cut) + "*")
        if cut > 0 { keys.append("\(number.key.dropLast(cut))*\(cut)") }
      }
    }
    return keys
  }

  /// The keys under which a number is kept beside its own; `exchange` as of ``FieldNumber``.
  public static func kept(for number: PhoneNumber, exchange: String? = nil) -> [RelatedKey] {
    guard number.kind == .complete || number.kind == .national else { return [] }
    var kept: [RelatedKey] = []
    if let exchange, number.key.hasPrefix(exchange) {
      let direct = number.key.dropFirst(exchange.count)
      let isSwitchboard = direct.allSatisfy { $0 == "0" }
      let isOwn = exchange.utf8.count - 1 - direct.utf8.count >= ownDigits
      let keys =
        isSwitchboard
        ? [exchange + "*"]
        : [exchange + "0", exchange] + (isOwn ? ["\(exchange)*\(direct.utf8.count)"] : [])
      kept += keys.map { RelatedKey(key: $0, relation: .switchboard) }
    }
    if let key = spelling(of: number.key) {
      let isOther = isAnother(number.key)
      kept.append(RelatedKey(key: key, relation: isOther ? .likeSpelling : .spelling))
    }
    return kept
  }

  /// Whether numbers of the country have no fixed length. Country codes are free of prefixes: at most one of
  /// the three is one.
  private static func isOpen(_ key: String) -> Bool {
    let digits = key.dropFirst()
    return (1...3).contains { length in
      Int(digits.prefix(length)).map { Region.isOpen(countryCode: $0) } ?? false
    }
  }

  /// What all spellings of a number have in common; nil where a plan has one spelling.
  private static func spelling(of key: String) -> String? {
    guard let (country, significant) = parts(key) else { return nil }
    return "~\(country)\(shortest(significant, country))"
  }

  /// The country code and the rest, of countries with several spellings.
  private static func parts(_ key: String) -> (country: Substring, significant: Substring)? {
    let digits = key.dropFirst()
    let country = digits.prefix(2)
    guard ["39", "54", "55"].contains(country) else { return nil }
    return (country, digits.dropFirst(2))
  }

  /// The number without what its plan adds: Italy's zeros, which mobiles have not and older systems drop
  /// (ITU Operational Bulletin 671); the 9 of Argentine mobiles, which is dialled from abroad only; the ninth
  /// digit of Brazilian mobiles (Anatel, resolution 553).
  private static func shortest(_ significant: Substring, _ country: Substring) -> String {
    switch country {
    case "39": String(significant.drop { $0 == "0" })
    case "54" where significant.count == 11 && significant.first == "9":
      String(significant.dropFirst())
    case "55" where significant.count == 11 && significant.dropFirst(2).first == "9":
      String(significant.prefix(2) + significant.dropFirst(3))
    default: String(significant)
    }
  }

  /// Whether the other spelling is a number of its own: Brazil's 11 5550-0123 is a fixed telephone, and
  /// 11 95550-0123 may be anybody's mobile. Argentina gives no digits to both.
  private static func isAnother(_ key: String) -> Bool {
    guard let (country, significant) = parts(key), country != "54" else { return false }
    let short = shortest(significant, country)
    var other = short
    if short == significant {
      other = country == "39" ? "0\(short)" : "\(short.prefix(2))9\(short.dropFirst(2))"
    }
    return [other, String(significant)].allSatisfy { digits in
      CountryNumber("+\(country)\(digits)", region: NumberPlan.unknownRegion)?.fit == .valid
    }
  }
}

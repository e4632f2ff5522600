/// A telephone number in normal form: the key under which callers and third parties are compared.
public struct PhoneNumber: Hashable, Sendable, Codable {
  /// How much of the number is known.
  public enum Kind: String, Hashable, Sendable, Codable {
    /// Complete with its country (ITU-T E.164), as received or read in the region.
    case complete
    /// The trunk prefix was lost on the way (`388202122`): the digits read validly in the region,
    /// but nobody said which country they belong to. `key` is the E.164 number they would be.
    case national
    /// An internal extension or a feature code (`1024`, `*97`): matches extensions only.
    case `extension`
    /// Digits that make no complete number in any reading (`88202122`): matches weakly or not at all.
    case fragment
  }

  /// How much of the number is known.
  public var kind: Kind
  /// The normal form: `+33388202122` when complete or national, the bare digits otherwise.
  public var key: String

  /// A number in normal form; reading one out of a spelling is the work of `PhoneNumbers`.
  public init(_ kind: Kind, _ key: String) {
    self.kind = kind
    self.key = key
  }

  /// The fewest digits of a range of numbers, the country code counted: fewer are more than a company has.
  public static let fewestRangeDigits = 6

  /// The last eight digits, under which numbers match weakly; nil for extensions and shorter numbers.
  public var tail: String? {
    guard kind != .extension else { return nil }
    let digits = key.utf8.filter { (0x30...0x39).contains($0) }
    return digits.count < 8 ? nil : String(decoding: digits.suffix(8), as: UTF8.self)
  }

  /// The number for logs and error texts, its middle hidden: `+33*****2122`; all of it when fewer than
  /// three characters would be hidden: `****`.
  ///
  /// Numbers are personal data; only the window and the store show them whole.
  public var masked: String {
    guard key.count >= 10 else { return String(repeating: "*", count: key.count) }
    let head = key.utf8.first == UInt8(ascii: "+") ? 3 : 2
    let hidden = String(repeating: "*", count: key.count - head - 4)
    return key.prefix(head) + hidden + key.suffix(4)
  }
}

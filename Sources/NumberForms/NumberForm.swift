/// What telephony software passes as "the number", taken out of its wrapping.
///
///     "Dupont, Jean" <sip:%2B33388202122@host;user=phone>;tag=xyz   →  +33388202122, "Dupont, Jean"
///     ctidivalto:0388202122?popup                                   →  0388202122, wants the record
///     tel:1024;phone-context=pbx.example.com                        →  1024, local
///     Anonymous <sip:anonymous@anonymous.invalid>                   →  withheld
///
/// Nothing is decided here about number plans: that is the work of `PhoneNumbers`. Every input is
/// normal input; the work is linear in its length, and more than 4096 bytes are not read.
public struct NumberForm: Hashable, Sendable {
  /// What stands where the number should.
  public enum Content: Hashable, Sendable {
    /// Digits with a leading `+`, `*`, `#` and the separators ` .-()/,` as received, all ASCII. A
    /// leading blank is kept: it may have been a `+`.
    case digits(String)
    /// The caller is withheld, or there is nothing.
    case withheld
    /// A placeholder that the software did not replace (`$remote`).
    case unreplaced(keyword: String)
    /// Characters that make no number.
    case unreadable
  }

  /// What stands where the number should.
  public var content: Content
  /// The display name that came along, harmless and on one line.
  public var name: String?
  /// Whether the record is asked for: `?popup`, or the word at the end.
  public var wantsPopup: Bool
  /// Whether a `phone-context` names a private plan (RFC 3966, 5.1.5): an extension, never E.164.
  public var isLocal: Bool
  /// The global `phone-context` of a local number: `+33`.
  public var countryContext: String?

  /// The number in `raw`.
  public init(_ raw: String) {
    guard raw.utf8.count <= Self.longest else {
      self.init(Unwrapping(), .unreadable)
      return
    }
    var unwrapping = Unwrapping()
    let content = unwrapping.content(of: Array(raw.utf8)[...])
    self.init(unwrapping, content)
  }

  private init(_ found: Unwrapping, _ content: Content) {
    self.content = content
    name = found.name
    wantsPopup = found.wantsPopup
    isLocal = found.isLocal
    countryContext = found.countryContext
  }

  /// The longest input that is read [bytes]: the length of a message (R17).
  public static let longest = 4096
}

/// What is dialled: only digits, a leading `+`, and `*` and `#` (R32).
///
/// Everything that reaches a protocol, a URL or a command went through here, so that a line break in
/// an extension can never be a command of its own.
public struct DialledNumber: Hashable, Sendable {
  /// The characters to dial: `00388202122`, `+33388202122`, `*21#`.
  public let text: String
  /// The same number in international form, for programs that want it; nil for extensions and codes.
  public let e164: String?
  /// Whether the number holds `*` or `#`, which can change the telephony's settings: dialled after a
  /// confirmation only. The site's own outside prefix asks for none.
  public let needsConfirmation: Bool

  /// A number of these characters; nil when one is not allowed, none is a digit or a key, or there are
  /// more than 32 of them with the site's prefix before them.
  public init?(_ number: String, behind prefix: String = "", e164: String? = nil) {
    let text = prefix + number
    let keys = text.hasPrefix("+") ? text.dropFirst() : text[...]
    guard !number.isEmpty, (1...32).contains(keys.utf8.count),
      keys.utf8.allSatisfy("0123456789*#".utf8.contains)
    else { return nil }
    self.text = text
    self.e164 = e164
    needsConfirmation = number.contains("*") || number.contains("#")
  }
}

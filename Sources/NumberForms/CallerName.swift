// The launcher has these files in itself.
#if !hasFeature(Embedded)
  import TextForms
#endif

/// What telephony sends as a caller's name, and whether it is one.
///
///     Dupont SA, "Dupont SA"           a name
///     Inconnu, Anonymous, $name, ""    none
///     01 99 00 30 20, sip:alice@pbx    none: the number or the address once more
struct CallerName {
  /// The name, harmless and on one line; nil when it is none.
  private(set) var name: String?
  /// The number that stands where the name should.
  private(set) var number: String?

  /// The name in a text of the telephony.
  init(_ text: String) {
    let bytes = Array(text.utf8.prefix(NumberForm.longest))[...].trimmed.unquoted.trimmed
      .withoutEscapes
    let cleaned = PlainText.cleaned(bytes.text)
    guard PlainText.isVisible(cleaned), !Unwrapping.isNobody(bytes),
      !UnreplacedKeyword.matches(bytes)
    else { return }
    if DialCharacters.cleaned(bytes) != nil {
      number = Self.number(bytes)
    } else if Self.isAddress(bytes) {
      number = Self.number(bytes)
    } else {
      name = cleaned
    }
  }

  /// The number, when there are enough digits for one: `24/7` and `12` are what people call themselves.
  private static func number(_ bytes: Bytes) -> String? {
    let digits = bytes.count { $0.isDigit }
    guard digits >= 6 || (digits >= 3 && digits == bytes.count) else { return nil }
    var unwrapping = Unwrapping()
    if case .digits(let number) = unwrapping.content(of: bytes) { return number }
    return nil
  }

  private static func isAddress(_ bytes: Bytes) -> Bool {
    guard case (let scheme, let rest?) = bytes.cut(at: UInt8(ascii: ":")),
      rest.first?.isBlank == false
    else { return false }
    return scheme.spells("sip") || scheme.spells("sips") || scheme.spells("tel")
  }
}

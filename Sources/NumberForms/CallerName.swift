// The launcher has these files in itself.
#if !hasFeature(Embedded)
  import TextForms
#endif

/// What telephony sends as a caller's name, and whether it is one.
///
///     Dupont SA, "Dupont SA"                 a name
///     Durand &amp; Fils, =?UTF-8?Q?Jos=C3=A9?=   a name in its wrapping
///     Inconnu, WIRELESS CALLER, $name, ""    none
///     01 99 00 30 20, sip:alice@pbx          none: the number or the address once more
///     Ventes: 0199003161                     a name beside the number
struct CallerName {
  /// The name, harmless and on one line; nil when it is none.
  private(set) var name: String?
  /// The number that stands where the name should, or beside it.
  private(set) var number: String?

  /// The name in a text of the telephony.
  init(_ text: String) {
    let bytes = Self.plain(Array(PlainText.cut(text, bytes: NumberForm.longest).utf8)[...])
    guard !Unwrapping.isNobody(bytes), !UnreplacedKeyword.matches(bytes),
      !WithheldWord.isAboutCalls(bytes), !Self.isSerial(bytes)
    else { return }
    if DialCharacters.cleaned(bytes) != nil || Self.isAddress(bytes) {
      number = Self.number(bytes)
      name = NameAddress(bytes).name.flatMap { CallerName($0.text).name }
    } else if let inside = NumberInText(bytes) {
      number = inside.digits
      name = inside.names.lazy.compactMap { CallerName($0.text).name }.first
    } else {
      let cleaned = PlainText.cleaned(bytes.text)
      let isSaid = cleaned.unicodeScalars.contains {
        $0.properties.isAlphabetic || DialCharacters.digit($0) != nil
      }
      name = isSaid && PlainText.isVisible(cleaned) ? cleaned : nil
    }
  }

  /// The name of whoever has this number: without it, and all of the text when the number in it is another one.
  static func name(in text: String, of digits: String) -> String? {
    let read = CallerName(text)
    guard let number = read.number, !isSame(number, digits) else { return read.name }
    let isLong = number.utf8.count { $0.isDigit } >= shortestOther
    return isLong ? PlainText.cleaned(plain(Array(text.utf8)[...]).text) : read.name
  }

  /// Whether two writings end alike, as those of one number do.
  private static func isSame(_ first: String, _ second: String) -> Bool {
    let (first, second) = (first.utf8.filter { $0.isDigit }, second.utf8.filter { $0.isDigit })
    let count = min(first.count, second.count, 8)
    return count > 0 && first.suffix(count).elementsEqual(second.suffix(count))
  }

  /// The fewest digits of another number than the caller's, which is shown beside it.
  private static let shortestOther = 8

  /// Without quotes and codings, however often they were put around it.
  private static func plain(_ bytes: Bytes) -> Bytes {
    var plain = bytes.trimmed
    for _ in 0..<4 {
      let next = plain.unquoted.trimmed.withoutEscapes.decodedName.trimmed
      if next == plain { break }
      plain = next
    }
    // One that was not closed, or not opened.
    guard !plain.count(where: { $0 == .quote }).isMultiple(of: 2) else { return plain }
    if plain.first == .quote { return plain.dropFirst().trimmed }
    return plain.last == .quote ? plain.dropLast().trimmed : plain
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
    let (user, host) = NameAddress(bytes).address.cut(at: UInt8(ascii: "@"))
    if host != nil || bytes.last == UInt8(ascii: ">"), DialCharacters.cleaned(user) != nil {
      return true
    }
    guard case (let scheme, let rest?) = bytes.cut(at: UInt8(ascii: ":")),
      rest.first?.isBlank == false
    else { return false }
    return scheme.isAddressScheme
  }

  /// `V12211530000123`: what North American exchanges write for whom their list of names does not have.
  private static func isSerial(_ bytes: Bytes) -> Bool {
    bytes.count > 8 && bytes.first?.isLetter == true && bytes.dropFirst().allSatisfy { $0.isDigit }
  }
}

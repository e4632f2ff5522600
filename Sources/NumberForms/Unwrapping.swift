// The launcher has these files in itself.
#if !hasFeature(Embedded)
  import TextForms
#endif

/// Takes one wrapping after the other off a number, and remembers what was written on them.
struct Unwrapping {
  /// The display names, the innermost first.
  var names: [String] = []
  var wantsPopup = false
  var isLocal = false
  /// Whether the number stood in a text of words (``NumberInText``).
  var isAmongWords = false
  var countryContext: String?

  /// The number inside. A decoded part that is itself wrapped (`ctidivalto:tel%3A0388202122`) is
  /// opened again, `rounds` times at most.
  mutating func content(of bytes: Bytes, rounds: Int = 3) -> NumberForm.Content {
    let bytes = withoutKeyword(bytes.withoutEntities.unquoted).unquoted
    if let nobody = Self.nobody(bytes) { return nobody }
    if let switches = SwitchForm(bytes.trimmed) {
      return rounds == 0
        ? Self.content(text: bytes.text) : content(of: switches.number ?? [], rounds: rounds - 1)
    }
    if rounds > 0, let labelled = LabelledCaller(bytes) {
      return content(of: labelled, rounds: rounds - 1)
    }
    if rounds > 0, let channel = ChannelName(bytes) {
      let isRead = channel.isNumber || Self.isNobody(channel.peer)
      return isRead ? content(of: channel.peer, rounds: 0) : Self.content(text: bytes.text)
    }
    let header = NameAddress(bytes)
    if let name = header.name { names.insert(name.text, at: 0) }
    // The blank of a lost `+` stands at the very beginning, or not at all.
    let address = header.isWrapped ? header.address.trimmed : bytes
    let (rest, scheme) = withoutSchemes(address)
    // `Garage: Paris` is text as a whole, `callto:alice` an address.
    let isText = !header.isWrapped && (scheme.isEmpty || rest.first?.isBlank == true)
    if scheme.isSIP, AddressParts(rest, isText: false).hasHostOnly { return .withheld }
    let content = content(ofAddress: rest, text: isText ? bytes : nil, rounds: rounds)
    // `<sip:alice@pbx>, <tel:+33199003161>`: an account, and its number.
    var other = Unwrapping()
    guard case .text = content, rounds > 0, header.others.contains(UInt8(ascii: "<")),
      case .digits(let number) = other.content(of: header.others, rounds: rounds - 1)
    else { return content }
    names += other.names
    return .digits(number)
  }

  private mutating func content(of caller: LabelledCaller, rounds: Int) -> NumberForm.Content {
    let content = content(of: caller.number, rounds: rounds)
    if let name = caller.name { names.append(PercentCoding.decode(name)[...].text) }
    return content
  }

  /// The number in what follows the scheme; `text` is all of it where it need not be an address.
  private mutating func content(
    ofAddress address: Bytes, text: Bytes?, rounds: Int
  ) -> NumberForm.Content {
    if let keyword = Self.keyword(address) { return keyword }
    let parts = AddressParts(address, isText: text != nil)
    if let query = parts.query { note(query: query) }
    // An address with its name may have been encoded as a whole, to stand behind a scheme. Other addresses follow the
    // question mark: `?Route=%3Csip:proxy%3E` (RFC 3261, 19.1.1).
    let resource = address.cut(at: UInt8(ascii: "?")).head
    let whole = PercentCoding.decode(resource)[...]
    if rounds > 0, whole.count < resource.count, whole.contains(UInt8(ascii: "<")) {
      return content(of: whole, rounds: rounds - 1)
    }
    if parts.isAnonymous { return .withheld }
    let isAlone = parts.host == nil
    if parts.hasSecondNumber {
      return Self.content(text: (text ?? resource.cut(at: UInt8(ascii: "@")).head).text)
    }
    if text != nil, isAlone, let name = parts.name { names.append(name.text) }

    let encoded = Self.withoutSlashes(parts.user)
    let user = PercentCoding.decode(encoded)[...]
    if let keyword = Self.keyword(encoded) ?? Self.keyword(user) { return keyword }
    if rounds > 0, user.count < encoded.count, user.contains(where: Self.isWrapping) {
      return content(of: user, rounds: rounds - 1)
    }
    if rounds > 0, isAlone, text != nil, let time = CallTime(user), time.isCaller {
      return content(of: time.rest, rounds: rounds - 1)
    }
    let digits = DialCharacters.cleaned(user)
    if digits == nil, isAlone, let query = parts.query {
      if rounds > 0, let labelled = LabelledCaller(query) {
        return content(of: labelled, rounds: rounds - 1)
      }
      if let digits = number(inText: query, isNamed: false) { return digits }
    }
    if Self.isNobody(user.trimmed) { return .withheld }
    guard let digits else {
      let text = isAlone ? text : nil
      return text.flatMap { number(inText: $0, isNamed: true) }
        ?? Self.content(text: (text ?? user).text)
    }
    if !digits.utf8.contains(UInt8(ascii: "+")), let context = parts.context { note(context) }
    return Self.content(digits: digits)
  }

  /// The number among words, of which the others may be the caller's name.
  private mutating func number(inText text: Bytes, isNamed: Bool) -> NumberForm.Content? {
    guard let inside = NumberInText(PercentCoding.decode(text)[...]) else { return nil }
    if isNamed { names += inside.names.map { $0.text } }
    isAmongWords = true
    return Self.content(digits: inside.digits)
  }

  /// What stands for nobody: a word or a sentinel, or a placeholder.
  private static func nobody(_ bytes: Bytes) -> NumberForm.Content? {
    isNobody(bytes.trimmed) ? .withheld : keyword(bytes)
  }

  private static func keyword(_ bytes: Bytes) -> NumberForm.Content? {
    let bytes = bytes.trimmed
    return UnreplacedKeyword.matches(bytes) ? .unreplaced(keyword: bytes.text) : nil
  }

  /// What is shown of a caller who is no number; one of whom nothing can be seen is withheld.
  ///
  /// A control character in the middle leaves a mark: without it, what is no number might read as one.
  static func content(text: String) -> NumberForm.Content {
    let bytes = Array(PlainText.cut(text, bytes: NumberForm.longest).utf8)[...].trimmed
    let marked = bytes.text.unicodeScalars.map {
      $0.properties.generalCategory == .control ? "\u{FFFD}" : $0
    }
    let text = PlainText.cleaned(
      String(String.UnicodeScalarView(marked)), limit: longestText)
    // `Appel entrant`; one word may be an account's name.
    let isAboutCalls = text.utf8.contains(0x20) && WithheldWord.isAboutCalls(Array(text.utf8)[...])
    return PlainText.isVisible(text) && !isAboutCalls ? .text(text) : .withheld
  }

  /// Digits that may be a number; so many that they are none are text, and shown like it.
  private static func content(digits: String) -> NumberForm.Content {
    guard digits.utf8.count > mostDigits else { return .digits(digits) }
    let keys = digits.filter { "0123456789*#+".contains($0) }
    return keys.utf8.count > mostDigits ? content(text: keys) : .digits(keys)
  }

  /// The longest text of a caller [characters]: longer than ``mostDigits``, so that it never reads as digits.
  private static let longestText = 80
  /// The most digits and separators that are taken for a number; no plan has half as many.
  private static let mostDigits = 64

  /// Whether a user part or a name says that nobody is named: a word for it, or `s`, which Asterisk writes where
  /// its dialplan has no number.
  static func isNobody(_ bytes: Bytes) -> Bool { WithheldWord.matches(bytes) || bytes.spells("s") }

  /// Without the last word, when it asks for the record.
  private mutating func withoutKeyword(_ bytes: Bytes) -> Bytes {
    guard let word = LastWord(bytes), EventWord.asksForRecord(word.word.unquoted) else {
      return bytes
    }
    wantsPopup = true
    return word.before
  }

  private mutating func note(query: Bytes) {
    for item in query.split(whereSeparator: { $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: ";") })
    where EventWord(item.cut(at: UInt8(ascii: "=")).head.text) == .request {
      wantsPopup = true
    }
  }

  /// A context is a global prefix (`+33`) or the name of a private plan (RFC 3966, 5.1.5).
  private mutating func note(_ context: Bytes) {
    guard context.first == UInt8(ascii: "+") else {
      isLocal = !context.isEmpty
      return
    }
    let digits = context.filter { $0.isDigit }
    if !digits.isEmpty { countryContext = "+" + digits[...].text }
  }

  /// Without `scheme:`, several times over (`ctidivalto:tel:…`), and the last scheme taken off.
  private func withoutSchemes(_ bytes: Bytes) -> (rest: Bytes, scheme: Bytes) {
    var (rest, scheme): (Bytes, Bytes) = (bytes, [])
    for _ in 0..<4 {
      let text = rest.drop { $0.isBlank }
      let (head, tail) = text.cut(at: UInt8(ascii: ":"))
      guard let tail, let first = head.first, first.isLetter,
        head.allSatisfy({ $0.isLetter || $0.isDigit || "+-.".utf8.contains($0) }),
        !Self.isHost(head, port: tail, behind: scheme), !Self.isName(head, before: tail)
      else { break }
      (rest, scheme) = (Self.withoutSlashes(tail), head)
    }
    return (rest, scheme)
  }

  /// `sbc1.example.com:5061` stands where an address without a user has its host; behind `sip:` so does a user with a
  /// password.
  private static func isHost(_ name: Bytes, port: Bytes, behind scheme: Bytes) -> Bool {
    if scheme.isSIP { return !name.isAddressScheme }
    return name.contains(UInt8(ascii: ".")) && (1...5).contains(port.count)
      && port.allSatisfy { $0.isDigit }
  }

  /// `Dupont:0199003161`, `Ventes:Dupont:0199003161`; schemes are written in small letters.
  private static func isName(_ head: Bytes, before tail: Bytes) -> Bool {
    guard let first = head.first, first != first.lowercase, head.count > 2,
      !head.isAddressScheme,
      head.dropFirst().allSatisfy({ $0.isLetter && $0 == $0.lowercase })
    else { return false }
    if tail.first.map({ $0.isDigit || $0 == UInt8(ascii: "+") }) == true { return true }
    guard case (let next, let rest?) = tail.cut(at: UInt8(ascii: ":")) else { return false }
    return isName(next, before: rest)
  }

  /// `//0388202122/` is what remains of a URL in which the number stands where the host would.
  private static func withoutSlashes(_ bytes: Bytes) -> Bytes {
    guard let last = bytes.lastIndex(where: { $0 != UInt8(ascii: "/") }) else { return [] }
    return bytes[...last].drop { $0 == UInt8(ascii: "/") }
  }

  /// Characters that no number has, but the wrapping of one.
  private static func isWrapping(_ byte: UInt8) -> Bool { "<@:%\";?".utf8.contains(byte) }
}

/// The last word of a text that has several.
struct LastWord {
  var before: Bytes
  var word: Bytes

  /// Nil when there is only one word.
  init?(_ bytes: Bytes) {
    guard let end = bytes.lastIndex(where: { !$0.isBlank }),
      let blank = bytes[...end].lastIndex(where: { $0.isBlank }),
      let last = bytes[..<blank].lastIndex(where: { !$0.isBlank })
    else { return nil }
    before = bytes[...last]
    word = bytes[(blank + 1)...end]
  }
}

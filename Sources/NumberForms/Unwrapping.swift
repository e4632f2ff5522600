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
    if Self.isNobody(bytes.trimmed) { return .withheld }
    if let keyword = Self.keyword(bytes) { return keyword }
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
    let isPlain = !header.isWrapped && (scheme.isEmpty || rest.first?.isBlank == true)
    let isSIP = scheme.spells("sip") || scheme.spells("sips")
    return number(in: rest, isSIP: isSIP, plain: isPlain ? bytes : nil, rounds: rounds)
  }

  private mutating func content(of caller: LabelledCaller, rounds: Int) -> NumberForm.Content {
    let content = content(of: caller.number, rounds: rounds)
    if let name = caller.name { names.append(PercentCoding.decode(name)[...].text) }
    return content
  }

  /// The number in what follows the scheme: `user:password@host:port;parameters?headers`; `plain` is what
  /// is shown when it is neither a number nor an address.
  private mutating func number(
    in uri: Bytes, isSIP: Bool, plain: Bytes?, rounds: Int
  ) -> NumberForm.Content {
    if let keyword = Self.keyword(uri) { return keyword }
    // An address with its name may have been encoded as a whole, to stand behind a scheme.
    let whole = PercentCoding.decode(uri)[...]
    if rounds > 0, whole.count < uri.count, whole.contains(UInt8(ascii: "<")) {
      return content(of: whole, rounds: rounds - 1)
    }
    let (resource, query) = uri.cut(at: UInt8(ascii: "?"))
    if let query { note(query: query) }
    let isMark = plain != nil && resource.first == UInt8(ascii: "@")
    let (userPart, host) = isMark ? (resource, nil) : resource.cut(at: UInt8(ascii: "@"))
    var parts = userPart.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    // A password, or a port, has something else around it: `01:99:00:31:61` is none.
    let first = parts.removeFirst()
    let user = plain != nil && host == nil ? first : first.cut(at: UInt8(ascii: ":")).head
    if let host {
      let hostParts = host.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      parts += hostParts.dropFirst()
      if Self.isAnonymous(host: hostParts[0]) { return .withheld }
    } else if isSIP, user.isIPv4 || user.first == UInt8(ascii: "[") {
      return .withheld  // `sip:192.0.2.1`, `sip:[2001:db8::1]` have a host and no user
    }
    if let second = Self.second(among: parts, behind: user) {
      // Two callers, of whom nobody says which one it is.
      guard second.isName else { return Self.content(text: (plain ?? userPart).text) }
      if plain != nil, host == nil { names.append(second.text.text) }
    }
    let encoded = Self.withoutSlashes(user)
    if let keyword = Self.keyword(encoded) { return keyword }
    let decoded = PercentCoding.decode(encoded)[...]
    if rounds > 0, decoded.count < encoded.count, decoded.contains(where: Self.isWrapping) {
      return content(of: decoded, rounds: rounds - 1)
    }
    if let keyword = Self.keyword(decoded) { return keyword }
    if rounds > 0, host == nil, let query, DialCharacters.cleaned(decoded) == nil,
      let labelled = LabelledCaller(query)
    {
      return content(of: labelled, rounds: rounds - 1)
    }
    if rounds > 0, host == nil, plain != nil, let time = CallTime(decoded),
      time.isCaller
    {
      return content(of: time.rest, rounds: rounds - 1)
    }
    if host == nil, let query, DialCharacters.cleaned(decoded) == nil,
      let inside = NumberInText(PercentCoding.decode(query)[...])
    {
      isAmongWords = true
      return Self.content(digits: inside.digits)
    }
    if Self.isNobody(decoded.trimmed) { return .withheld }
    guard let digits = DialCharacters.cleaned(decoded) else {
      if host == nil, let plain, let inside = NumberInText(PercentCoding.decode(plain)[...]) {
        names += inside.names.map { $0.text }
        isAmongWords = true
        return Self.content(digits: inside.digits)
      }
      return Self.content(text: (host == nil ? plain ?? decoded : decoded).text)
    }
    if !digits.utf8.contains(UInt8(ascii: "+")) { note(parameters: parts) }
    return Self.content(digits: digits)
  }

  private static func keyword(_ bytes: Bytes) -> NumberForm.Content? {
    let bytes = bytes.trimmed
    return UnreplacedKeyword.matches(bytes) ? .unreplaced(keyword: bytes.text) : nil
  }

  /// What stands behind a number and a semicolon and is no parameter: another number, or a name.
  private static func second(
    among parts: [Bytes], behind user: Bytes
  ) -> (text: Bytes, isName: Bool)? {
    guard let first = DialCharacters.cleaned(PercentCoding.decode(user)[...]) else { return nil }
    let digits = { (text: String) in text.utf8.filter { $0.isDigit } }
    for part in parts where !part.contains(UInt8(ascii: "=")) {
      guard let number = DialCharacters.cleaned(PercentCoding.decode(part)[...]),
        // What a telephone is to dial once it is answered.
        !number.utf8.contains(where: { "*#".utf8.contains($0) })
      else { continue }
      if digits(number).count > 5, digits(number) != digits(first) { return (part, false) }
    }
    guard parts.count == 1, let name = parts.first, name.contains(where: { $0.isLetter }),
      !name.contains(UInt8(ascii: "=")), !name.spells("npdi"), !name.spells("lr")
    else { return nil }
    return (name, true)
  }

  /// What is shown of a caller who is no number; one of whom nothing can be seen is withheld.
  ///
  /// A control character in the middle leaves a mark: without it, what is no number might read as one.
  static func content(text: String) -> NumberForm.Content {
    let bytes = Array(PlainText.cut(text, bytes: NumberForm.longest).utf8)[...].trimmed
    let marked = bytes.text.unicodeScalars.map { isControl($0) ? "\u{FFFD}" : $0 }
    let text = PlainText.cleaned(
      String(String.UnicodeScalarView(marked)), limit: longestText)
    // `Appel entrant`; one word may be an account's name.
    let isAboutCalls = text.utf8.contains(0x20) && WithheldWord.isAboutCalls(Array(text.utf8)[...])
    return PlainText.isVisible(text) && !isAboutCalls ? .text(text) : .withheld
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .control
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

  /// RFC 3966, 5.1.5: a context is a global prefix (`+33`) or the name of a private plan.
  private mutating func note(parameters: [Bytes]) {
    for parameter in parameters {
      let (key, value) = parameter.cut(at: UInt8(ascii: "="))
      guard let value, key.trimmed.spells("phone-context") else { continue }
      let context = PercentCoding.decode(value.unquoted)[...].trimmed
      guard context.first == UInt8(ascii: "+") else {
        isLocal = !context.isEmpty
        continue
      }
      let digits = context.filter { $0.isDigit }
      if !digits.isEmpty { countryContext = "+" + digits[...].text }
    }
  }

  /// Without `scheme:`, several times over (`ctidivalto:tel:…`), and the last scheme taken off.
  private func withoutSchemes(_ bytes: Bytes) -> (rest: Bytes, scheme: Bytes) {
    var (rest, scheme): (Bytes, Bytes) = (bytes, [])
    for _ in 0..<4 {
      let text = rest.drop { $0.isBlank }
      let (head, tail) = text.cut(at: UInt8(ascii: ":"))
      guard let tail, let first = head.first, first.isLetter,
        head.allSatisfy({ $0.isLetter || $0.isDigit || "+-.".utf8.contains($0) }),
        !Self.isHost(head, port: tail, behind: scheme)
      else { break }
      (rest, scheme) = (Self.withoutSlashes(tail), head)
    }
    return (rest, scheme)
  }

  /// `sbc1.example.com:5061` stands where an address without a user has its host.
  private static func isHost(_ name: Bytes, port: Bytes, behind scheme: Bytes) -> Bool {
    (name.contains(UInt8(ascii: ".")) || scheme.spells("sip") || scheme.spells("sips"))
      && (1...5).contains(port.count) && port.allSatisfy { $0.isDigit }
  }

  /// `//0388202122/` is what remains of a URL in which the number stands where the host would.
  private static func withoutSlashes(_ bytes: Bytes) -> Bytes {
    guard let last = bytes.lastIndex(where: { $0 != UInt8(ascii: "/") }) else { return [] }
    return bytes[...last].drop { $0 == UInt8(ascii: "/") }
  }

  /// Characters that no number has, but the wrapping of one.
  private static func isWrapping(_ byte: UInt8) -> Bool { "<@:%\";?".utf8.contains(byte) }

  /// RFC 3323, 4.1.1.3: the host of a caller who asked for privacy.
  private static func isAnonymous(host: Bytes) -> Bool {
    host.cut(at: UInt8(ascii: ":")).head.trimmed.spells("anonymous.invalid")
  }
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

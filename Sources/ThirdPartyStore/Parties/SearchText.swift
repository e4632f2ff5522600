import GRDB

/// Names and cities as people look for them: without case and accents, and however they join or shorten
/// words.
///
///     L'Étoile      l'etoile letoile
///     St-Étienne    st-etienne stetienne saint
///     S.N.C.F.      s.n.c.f. sncf
///     Ets Straße    ets strasse etablissements
///     Müller        muller mueller
enum SearchText {
  /// The text in lower case, Latin letters without their accents, ligatures as the letters that they join.
  static func folded(_ text: String) -> String {
    let lower = text.lowercased()
    guard !lower.utf8.allSatisfy({ $0 < 0x80 }) else { return lower }
    return folded(lower, letters)
  }

  /// The text with the letters that people write for those of German and the North where their keys are not:
  /// `mueller`, `soerensen`; nil where it has none of these.
  static func spelled(_ text: some StringProtocol) -> String? {
    guard text.utf8.contains(where: { $0 >= 0x80 }) else { return nil }
    // Composed, whichever way the file has them.
    let lower = composed(text.lowercased())
    guard lower.unicodeScalars.contains(where: { spellings[$0] != nil }) else { return nil }
    return folded(lower, spellings)
  }

  private static func folded(_ lower: String, _ first: [Unicode.Scalar: String]) -> String {
    var folded = String.UnicodeScalarView()
    for scalar in lower.unicodeScalars where !(0x300...0x36F).contains(scalar.value) {
      if scalar.isASCII {
        folded.append(scalar)
      } else if let letters = first[scalar] ?? letters[scalar] {
        folded += letters.unicodeScalars
      } else if (0xFF01...0xFF5E).contains(scalar.value),
        let plain = Unicode.Scalar(scalar.value - 0xFEE0)
      {
        // The wide letters of East Asian keyboards.
        folded.append(plain)
      } else {
        folded.append(scalar)
      }
    }
    return String(folded)
  }

  /// The text with a letter and its dots as one.
  private static func composed(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0 == "\u{308}" || $0 == "\u{30A}" }) else {
      return text
    }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let pair = result.last.flatMap { dotted["\($0)\(scalar)"] }
      if pair != nil { result.removeLast() }
      result.append(pair ?? scalar)
    }
    return String(result)
  }

  private static let dotted: [String: Unicode.Scalar] = [
    "a\u{308}": "ä", "o\u{308}": "ö", "u\u{308}": "ü", "a\u{30A}": "å",
  ]
  private static let spellings: [Unicode.Scalar: String] = [
    "ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa",
  ]

  /// What the index of words holds of a text: it folded, but for the case of ASCII, and the words by which it may
  /// also be called.
  static func indexed(_ text: String) -> String {
    // Most names have nothing to fold, and the tokenizer lowers ASCII: imports are long.
    if isPlain(text) { return text }
    let folded = folded(text)
    var more: [String] = []
    for chunk in chunks(folded) where chunk.unicodeScalars.contains(where: isJoint) {
      if let joined = joined(chunk) { more.append(joined) }
      // `l'arc-en-ciel` is `arcenciel`, too.
      let parts = chunk.unicodeScalars.split { isApostrophe($0) }
      if parts.count > 1 { more += parts.compactMap { joined(Substring($0)) } }
    }
    for chunk in chunks(text) {
      if let spelled = spelled(chunk) { more.append(spelled) }
    }
    for word in words(folded) { more += synonyms[word] ?? [] }
    return more.isEmpty ? folded : folded + " " + more.joined(separator: " ")
  }

  /// The runs between blanks.
  private static func chunks(_ text: String) -> [Substring] {
    text.unicodeScalars.split { $0.isASCII ? $0.value <= 0x20 : $0.properties.isWhitespace }
      .map { Substring($0) }
  }

  /// The query of the index for what was typed: all of the words, each as `term` asks for it. Empty when nothing
  /// was typed that the index knows. More than sixteen words make nothing clearer.
  static func query(_ text: String, term: (String) throws -> String) rethrows -> String {
    var terms: [String] = []
    for typed in chunks(String(text.prefix(longestQuery))) {
      let chunk = Substring(folded(String(typed)))
      let parts = try words(String(chunk)).prefix(16).map(term)
      guard !parts.isEmpty else { continue }
      var ways = [parts.joined(separator: " AND ")]
      if let joined = joined(chunk) { ways.append(try term(joined)) }
      if let spelled = spelled(typed) {
        ways.append(try words(spelled).prefix(16).map(term).joined(separator: " AND "))
      }
      terms.append(
        ways.count == 1 ? ways[0] : "(" + ways.map { "(\($0))" }.joined(separator: " OR ") + ")")
    }
    return terms.prefix(16).joined(separator: " AND ")
  }

  /// The runs of letters and digits, as the index's tokenizer cuts them: nothing of the query language can
  /// remain in them.
  static func words(_ text: String) -> [String] {
    let runs = text.unicodeScalars.split { scalar in
      if scalar.isASCII { return !isLetterOrDigit(UInt8(truncatingIfNeeded: scalar.value)) }
      return switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
        .decimalNumber, .letterNumber, .otherNumber, .nonspacingMark, .privateUse:
        false
      default: true
      }
    }
    return runs.map { String($0) }
  }

  /// ``indexed(_:)`` for SQL.
  static let function = DatabaseFunction("search_words", argumentCount: 1, pure: true) { values in
    String.fromDatabaseValue(values[0]).map { indexed($0) }
  }

  private static let longestQuery = 256

  /// The chunk without the marks that join words in it, nil when there are none: `letoile`.
  private static func joined(_ chunk: Substring) -> String? {
    guard chunk.unicodeScalars.contains(where: isJoint) else { return nil }
    let parts = words(String(chunk.unicodeScalars.filter { !isJoint($0) }))
    return parts.count == 1 && parts[0].unicodeScalars.count > 1 ? parts[0] : nil
  }

  /// Whether the text is ASCII without a mark that joins words, and without a word that may have a synonym.
  private static func isPlain(_ text: String) -> Bool {
    var (previous, start) = (UInt8(ascii: " "), UInt8(0))
    for byte in text.utf8 {
      guard byte < 0x80, !"'`-.".utf8.contains(byte) else { return false }
      let letter = byte | 0x20
      if start == UInt8(ascii: "s"), "tao".utf8.contains(letter) { return false }
      if start == UInt8(ascii: "c"), "io".utf8.contains(letter) { return false }
      if start == UInt8(ascii: "e"), letter == UInt8(ascii: "t") { return false }
      start = isLetterOrDigit(previous) ? 0 : letter
      previous = byte
    }
    return true
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
  }

  private static func isApostrophe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "'", "\u{2019}", "\u{2018}", "\u{B4}", "`": true
    default: false
    }
  }

  private static func isJoint(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "-", "\u{2010}", "\u{2011}", ".", "\u{B7}": true
    default: isApostrophe(scalar)
    }
  }

  private static let synonyms: [String: [String]] = [
    "st": ["saint"], "saint": ["st"], "ste": ["sainte", "societe"], "sainte": ["ste"],
    "societe": ["ste"], "ets": ["etablissements"], "etablissements": ["ets"],
    "cie": ["compagnie"], "compagnie": ["cie"],
  ]

  private static let letters: [Unicode.Scalar: String] = {
    let accented = [
      "a": "àáâãäåāăąǎạảấầẩẫậắằẳẵặ", "ae": "æǽ", "c": "çćĉċč", "d": "ďđð", "e": "èéêëēĕėęěẹẻẽếềểễệ",
      "g": "ĝğġģǧ", "h": "ĥħ", "i": "ìíîïĩīĭįıǐỉị", "ij": "ĳ", "j": "ĵ", "k": "ķ", "l": "ĺļľŀł",
      "n": "ñńņňŉ", "o": "òóôõöøōŏőǒǿọỏốồổỗộớờởỡợơ", "oe": "œ", "r": "ŕŗř", "s": "śŝşšșſ",
      "ss": "ß",
      "t": "ţťŧț", "th": "þ", "u": "ùúûüũūŭůűųǔưụủứừửữự", "w": "ŵẁẃẅ", "y": "ýÿŷỳỵỷỹ", "z": "źżž",
      "ff": "\u{FB00}", "fi": "\u{FB01}", "fl": "\u{FB02}", "ffi": "\u{FB03}", "ffl": "\u{FB04}",
      "st": "\u{FB05}\u{FB06}",
    ]
    var letters: [Unicode.Scalar: String] = [:]
    for (plain, variants) in accented {
      for variant in variants.unicodeScalars { letters[variant] = plain }
    }
    return letters
  }()
}

// The launcher has these files in itself.
#if !hasFeature(Embedded)
  import TextForms
#endif

/// The one number that stands in a text with other words, as people fill the name of a contact and as programs
/// put both into one field.
///
///     Dupont 0199003161            0199003161, Dupont
///     Tél. : +33 1 99 00 31 61     +33 1 99 00 31 61, no name
///     0199003161 (Garage Muller)   0199003161, Garage Muller
///
/// A text with digits anywhere else is none: which of them is the number would be a guess.
struct NumberInText {
  /// The number as it stands there.
  let digits: String
  /// What stands beside it; nil when that only says that it is a number.
  let name: String?

  /// Fewer digits are an extension, a year, a house number.
  private static let fewest = 8
  /// E.164 has fifteen; an exchange code may stand before them.
  private static let most = 17

  /// Nil when there is no such number in the text.
  init?(_ bytes: Bytes) {
    let scalars = Array(bytes.trimmed.text.unicodeScalars)
    guard let start = scalars.firstIndex(where: Self.isBeginning),
      let end = scalars.lastIndex(where: { DialCharacters.digit($0) != nil }), start < end,
      scalars.allSatisfy({ !PlainText.isHarmful($0) && $0 != "\u{FFFD}" }),
      !Self.touches(scalars[..<start].last), !Self.touches(scalars[(end + 1)...].first),
      let digits = DialCharacters.cleaned(scalars[start...end]), Self.isOne(digits),
      (Self.fewest...Self.most).contains(digits.utf8.count { (0x30...0x39).contains($0) })
    else { return nil }
    self.digits = digits
    let words = [scalars[..<start], scalars[(end + 1)...]].map { Self.word($0) }
    name = words.filter { !$0.isEmpty && !Self.isLabel($0) }.first
  }

  private static func isBeginning(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "+" || DialCharacters.digit(scalar) != nil
  }

  /// Whether a character belongs to the same word as a digit beside it: `L0`, `e0`, `a@1`.
  private static func touches(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    return scalar.properties.isAlphabetic || "_@#*%&=/\\".unicodeScalars.contains(scalar)
  }

  /// Whether the groups belong together: between two there is one separator, or a pair with a bracket.
  private static func isOne(_ digits: String) -> Bool {
    var separators: [UInt8] = []
    for byte in digits.utf8 {
      guard !(0x30...0x39).contains(byte) else {
        separators = []
        continue
      }
      guard byte != UInt8(ascii: ","), byte != UInt8(ascii: "*"), byte != UInt8(ascii: "#") else {
        return false
      }
      let isBracket = byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")")
      if separators.contains(where: { !"()+".utf8.contains($0) }), !isBracket,
        !(separators.last == UInt8(ascii: ")"))
      {
        return false
      }
      separators.append(byte)
    }
    return true
  }

  /// Without what people put between a name and a number.
  private static func word(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    let isEdge = { (scalar: Unicode.Scalar) in
      scalar.properties.isWhitespace || "()[]{}<>:;,.-–—/|\"'".unicodeScalars.contains(scalar)
    }
    var rest = scalars.drop(while: isEdge)
    while let last = rest.last, isEdge(last) { rest.removeLast() }
    return PlainText.cleaned(String(String.UnicodeScalarView(rest)))
  }

  /// Whether a word says what the number is, and not whose.
  private static func isLabel(_ word: String) -> Bool {
    switch word.lowercased() {
    case "tel", "tél", "telephone", "téléphone", "telefon", "teléfono", "telefono", "telefone",
      "phone",
      "fon", "mobile", "mobil", "móvil", "cell", "gsm", "portable", "fax", "number", "numéro",
      "nummer",
      "número", "numero", "n°", "call", "call from", "appel", "appel de", "anruf", "anruf von",
      "from",
      "de", "von", "callto":
      true
    default: EventWord(word) != .other(PlainText.cleaned(word, limit: 32))
    }
  }
}

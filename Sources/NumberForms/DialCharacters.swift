// The launcher has these files in itself.
#if !hasFeature(Embedded)
  import TextForms
#endif

/// The characters of a number, as a telephone has them on its keys and as people space them.
struct DialCharacters {
  private var kept: [UInt8] = []
  private var pluses = 0
  private var keys = 0

  /// The text with odd blanks and dashes made plain and invisible marks left out: ASCII digits, at
  /// most one `+`, `*`, `#`, and the separators ` .-()/,`. Nil when anything else is in it, or when
  /// it has neither a digit nor a key of a feature code.
  ///
  /// A letter O or l among the digits of a number is a digit (``TypedDigit``). A plus that is said twice (`++33`,
  /// `+ +33`) is one. An extension that is said in a word at the end is left out (`0199003045 ext. 12`), but for a
  /// German direct number (`069 90009 DW 12`), which is part of the number.
  static func cleaned(_ bytes: Bytes) -> String? {
    let scalars = Array(bytes.trimmed.text.unicodeScalars)
    var characters = DialCharacters()
    for (index, scalar) in scalars.enumerated() {
      if let byte = plain(scalar) {
        characters.add(byte)
      } else if PlainText.isMark(scalar) {
        continue
      } else if let digit = TypedDigit.digit(at: index, in: scalars),
        TypedDigit.mayStand(in: scalars)
      {
        characters.add(digit)
      } else if characters.end(at: scalars[index...]) {
        break
      } else {
        return nil
      }
    }
    guard characters.keys > 0, characters.joinPluses() else { return nil }
    // One leading blank is kept: it may be a `+` that a form decoder has turned into a blank.
    let isLost = bytes.first == 0x20 || characters.kept.first == 0x20
    return (isLost ? " " : "") + characters.kept[...].trimmed.text
  }

  /// The digit, key or separator for which the scalar stands.
  private static func plain(_ scalar: Unicode.Scalar) -> UInt8? {
    switch scalar {
    case "*", "#", "+", " ", ".", "-", "(", ")", "/", ",": UInt8(clamping: scalar.value)
    case "\t", "\u{A0}", "\u{2000}"..."\u{200A}", "\u{202F}", "\u{3000}": 0x20
    case "\u{2010}"..."\u{2015}", "\u{2212}", "\u{FE58}", "\u{FE63}", "\u{FF0D}", "\u{30FC}", "_",
      "~", "|", "\\":
      UInt8(ascii: "-")
    case "\u{B7}", "\u{2022}", "\u{2027}", "\u{2219}", "\u{22C5}", "\u{30FB}", "\u{FF0E}",
      "\u{FF65}":
      UInt8(ascii: ".")
    case "\u{FF08}", "[", "{": 0x28
    case "\u{FF09}", "]", "}": 0x29
    case "\u{FF0F}": UInt8(ascii: "/")
    case "\u{FF0B}": UInt8(ascii: "+")
    default: digit(scalar)
    }
  }

  private mutating func add(_ byte: UInt8) {
    if byte == UInt8(ascii: "+") {
      guard kept.last(where: { !$0.isBlank }) != byte else { return }
      pluses += 1
    } else if byte.isDigit || "*#".utf8.contains(byte) {
      keys += 1
    }
    kept.append(byte)
  }

  /// Whether nothing more of the number follows but its extension, or what ends the digits in a signalling network
  /// (`33199003161F`; ITU-T Q.763, 3.10).
  private mutating func end(at rest: ArraySlice<Unicode.Scalar>) -> Bool {
    if keys > 8, rest.count == 1, rest.first == "F" || rest.first == "f" { return true }
    guard keys > 2, let said = SpokenExtension(rest) else { return false }
    while let last = kept.last, !last.isDigit { kept.removeLast() }
    if said.isPartOfNumber { kept += Array("-\(said.digits)".utf8) }
    return true
  }

  /// Makes separators of the pluses in a number, which a form makes of blanks (`+33+1+99+00+31+61`); false where they
  /// stand before other numbers. Before the first an outside-line prefix may stand, or a code.
  private mutating func joinPluses() -> Bool {
    let before = kept.prefix { $0 != UInt8(ascii: "+") }.reversed()
    let prefix = before.prefix { !"*#".utf8.contains($0) }.count { $0.isDigit }
    guard pluses > 1 || (pluses == 1 && prefix > Self.longestPrefix) else { return true }
    guard keys <= Self.mostDigits, !kept.contains(0x20) else { return false }
    kept = kept.enumerated().map { $0 > 0 && $1 == UInt8(ascii: "+") ? 0x20 : $1 }
    return true
  }

  /// The most digits of one number (ITU-T E.164).
  private static let mostDigits = 15
  /// The most digits of an outside line's prefix, or of a country's code (`0033`).
  private static let longestPrefix = 4

  /// The ASCII digit for one of any script, and for the wide ones of East Asian keyboards; nil for anything else.
  static func digit(_ scalar: Unicode.Scalar) -> UInt8? {
    if scalar.isASCII {
      let byte = UInt8(clamping: scalar.value)
      return byte.isDigit ? byte : nil
    }
    guard scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue,
      let digit = UInt8(exactly: value)
    else { return nil }
    return UInt8(ascii: "0") + digit
  }
}

/// An extension said in words behind a number: `ext. 12`, `x12`, `poste 12`, `DW 12`.
public struct SpokenExtension {
  /// The extension.
  public var digits: String
  /// Whether it is dialled right behind the number, as a German or Austrian `Durchwahl` or `Klappe` is.
  var isPartOfNumber: Bool

  /// Whether the word says in some language that an extension follows, which is dialled behind the number.
  public static func isDirectDial(_ word: String) -> Bool {
    ["dw", "durchwahl", "klappe", "kl"].contains(word.lowercased())
  }

  /// Whether the word says in some language that an extension follows.
  public static func isExtension(_ word: String) -> Bool {
    isDirectDial(word)
      || [
        "ext", "extn", "extension", "x", "poste", "p", "w", "int", "interne", "interno", "internal",
        "extensión", "anexo", "nst", "nebenstelle", "app", "apparat",
      ].contains(word.lowercased())
  }

  /// Nil when the text is anything else than one such word and a few digits.
  init?(_ scalars: ArraySlice<Unicode.Scalar>) {
    let word = scalars.prefix { $0.properties.isAlphabetic }
    var rest = scalars[word.endIndex...].drop { " .:#\u{A0}\u{202F}".unicodeScalars.contains($0) }
    if rest.last == ")" { rest.removeLast() }
    let text = String(String.UnicodeScalarView(word))
    guard Self.isExtension(text), (1...6).contains(rest.count),
      rest.allSatisfy({ ("0"..."9").contains($0) })
    else { return nil }
    digits = String(String.UnicodeScalarView(rest))
    isPartOfNumber = Self.isDirectDial(text)
  }
}

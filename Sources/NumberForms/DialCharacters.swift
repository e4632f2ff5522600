// The launcher has these files in itself.
#if !hasFeature(Embedded)
  import TextForms
#endif

/// The characters of a number, as a telephone has them on its keys and as people space them.
enum DialCharacters {
  /// The text with odd blanks and dashes made plain and invisible marks left out: ASCII digits, at
  /// most one `+`, `*`, `#`, and the separators ` .-()/,`. Nil when anything else is in it, or when
  /// it has neither a digit nor a key of a feature code.
  ///
  /// A letter O or l among the digits of a number is a digit (``TypedDigit``).
  ///
  /// A plus that is said twice (`++33`, `+ +33`) is one. An extension that is said in a word at the end is
  /// left out (`0199003045 ext. 12`), but for a German direct number (`069 90009 DW 12`), which is part of
  /// the number.
  static func cleaned(_ bytes: Bytes) -> String? {
    let scalars = Array(bytes.trimmed.text.unicodeScalars)
    var kept: [UInt8] = []
    var pluses = 0
    var keys = 0
    var index = 0
    loop: while index < scalars.count {
      let scalar = scalars[index]
      switch scalar {
      case "0"..."9", "*", "#":
        keys += 1
        kept.append(UInt8(clamping: scalar.value))
      case "+":
        if kept.last(where: { !$0.isBlank }) != UInt8(ascii: "+") {
          pluses += 1
          kept.append(UInt8(clamping: scalar.value))
        }
      case " ", ".", "-", "(", ")", "/", ",": kept.append(UInt8(clamping: scalar.value))
      case "\t", "\u{A0}", "\u{2000}"..."\u{200A}", "\u{202F}", "\u{3000}": kept.append(0x20)
      case "\u{2010}"..."\u{2015}", "\u{2212}", "\u{FE58}", "\u{FE63}", "\u{FF0D}", "\u{30FC}", "_",
        "~",
        "|", "\\":
        kept.append(UInt8(ascii: "-"))
      case "\u{B7}", "\u{2022}", "\u{2027}", "\u{2219}", "\u{22C5}", "\u{30FB}", "\u{FF0E}",
        "\u{FF65}":
        kept.append(UInt8(ascii: "."))
      case "\u{FF08}", "[", "{": kept.append(0x28)
      case "\u{FF09}", "]", "}": kept.append(0x29)
      case "\u{FF0F}": kept.append(UInt8(ascii: "/"))
      case _ where PlainText.isMark(scalar): break
      case "\u{FF0B}" where !kept.contains(UInt8(ascii: "+")):
        pluses += 1
        kept.append(UInt8(ascii: "+"))
      case "O", "o", "I", "l":
        guard TypedDigit.mayStand(in: scalars),
          let digit = TypedDigit.digit(at: index, in: scalars)
        else { return nil }
        keys += 1
        kept.append(digit)
      default:
        if let digit = digit(scalar) {
          keys += 1
          kept.append(digit)
          break
        }
        // What ends the digits in a signalling network: `33199003161F` (ITU-T Q.763, 3.10).
        if keys > 8, index == scalars.count - 1, "Ff".unicodeScalars.contains(scalar) { break loop }
        guard keys > 2, let said = SpokenExtension(scalars[index...]) else { return nil }
        while let last = kept.last, !last.isDigit { kept.removeLast() }
        if said.isPartOfNumber { kept += Array("-\(said.digits)".utf8) }
        break loop
      }
      index += 1
    }
    // Before a plus an outside-line prefix may stand, or a code.
    let before = kept.prefix { $0 != UInt8(ascii: "+") }
    let prefix = before.reversed().prefix { !"*#".utf8.contains($0) }
    if pluses > 1 || (pluses == 1 && prefix.count(where: { $0.isDigit }) > longestPrefix) {
      // A form makes pluses of blanks: `+33+1+99+00+31+61`. Else there are two numbers.
      guard keys <= mostDigits, !kept.contains(0x20) else { return nil }
      kept = kept.enumerated().map { $0 > 0 && $1 == UInt8(ascii: "+") ? 0x20 : $1 }
    }
    guard keys > 0 else { return nil }
    // One leading blank is kept: it may be a `+` that a form decoder has turned into a blank.
    let isLost = bytes.first == 0x20 || kept.first == 0x20
    return (isLost ? " " : "") + kept[...].trimmed.text
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
    switch word.lowercased() {
    case "dw", "durchwahl", "klappe", "kl": true
    default: false
    }
  }

  /// Whether the word says in some language that an extension follows.
  public static func isExtension(_ word: String) -> Bool {
    switch word.lowercased() {
    case "ext", "extn", "extension", "x", "poste", "p", "w", "int", "interne", "interno",
      "internal",
      "extensión", "anexo", "nst", "nebenstelle", "app", "apparat":
      true
    default: isDirectDial(word)
    }
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

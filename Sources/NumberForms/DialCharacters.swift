/// The characters of a number, as a telephone has them on its keys and as people space them.
enum DialCharacters {
  /// The text with odd blanks and dashes made plain and invisible marks left out: ASCII digits, at
  /// most one `+`, `*`, `#`, and the separators ` .-()/,`. Nil when anything else is in it, or when
  /// it has neither a digit nor a key of a feature code.
  static func cleaned(_ bytes: Bytes) -> String? {
    var kept: [UInt8] = []
    var pluses = 0
    var keys = 0
    for scalar in bytes.trimmed.text.unicodeScalars {
      switch scalar {
      case "0"..."9", "*", "#":
        keys += 1
        kept.append(UInt8(scalar.value))
      case "+":
        pluses += 1
        kept.append(UInt8(scalar.value))
      case " ", ".", "-", "(", ")", "/", ",": kept.append(UInt8(scalar.value))
      case "\t", "\u{A0}", "\u{2000}"..."\u{200A}", "\u{202F}", "\u{3000}": kept.append(0x20)
      case "\u{2010}"..."\u{2015}", "\u{2212}": kept.append(UInt8(ascii: "-"))
      case _ where PlainText.isMark(scalar): break
      default: return nil
      }
    }
    guard keys > 0, pluses <= 1 else { return nil }
    // One leading blank is kept: it may be a `+` that a form decoder has turned into a blank.
    let isLost = bytes.first == 0x20 || kept.first == 0x20
    return (isLost ? " " : "") + kept[...].trimmed.text
  }
}

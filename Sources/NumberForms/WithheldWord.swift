/// The words that telephone systems put where the number of a withheld caller would stand.
enum WithheldWord {
  /// Folded to letters: `OUT-OF-AREA` is `outofarea`.
  ///
  /// `p` and `o` are the codes of analogue caller identification (ETSI EN 300 659-3: private, out of
  /// area); `asterisk` is the user that Asterisk sends when it has no number.
  private static let words: Set<String> = [
    "p", "o", "anonymous", "anonyme", "asterisk", "blocked", "callerunknown", "hidden", "idblocked",
    "inconnu", "invalid", "masque", "na", "nc", "nil", "nocallerid", "none", "nonumber",
    "notavailable", "null", "numberunavailable", "numeroinconnu", "numeromasque", "numeroprive",
    "outofarea", "prive", "private", "privatenumber", "restricted", "secret", "unavailable",
    "undefined", "unknown", "unknowncaller", "unknownnumber", "withheld",
  ]
  private static let longest = 32

  /// Whether the text says that there is no number: one of the words, or nothing but separators.
  static func matches(_ bytes: Bytes) -> Bool {
    guard bytes.count <= longest * 2 else { return false }
    var folded: [UInt8] = []
    for scalar in bytes.text.unicodeScalars {
      switch scalar {
      case "é", "è", "É", "È": folded.append(UInt8(ascii: "e"))
      case " ", "\u{A0}", "\u{202F}", "-", "_", ".", "/", "(", ")", "<", ">": break
      default:
        guard scalar.isASCII, UInt8(scalar.value).isLetter else { return false }
        folded.append(UInt8(scalar.value).lowercase)
      }
    }
    return folded.isEmpty || words.contains(folded[...].text)
  }
}

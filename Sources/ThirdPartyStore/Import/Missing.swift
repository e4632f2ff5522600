/// What programs and people write where there is nothing.
package enum Missing {
  /// Whether the text only says that nothing is there, in a program's way: no letter or digit, zeros alone,
  /// `-1`, `NULL`, `#N/A`, `n/a`, `\N` of a database's dump.
  package static func isMark(_ text: String) -> Bool {
    guard text.utf8.count <= longest, !hasOtherDigits(text) else { return isMinusOne(text) }
    let letters = ImportColumn.folded(text)
    if letters.isEmpty { return text.allSatisfy { !$0.isLetter && !$0.isNumber } }
    if letters.utf8.allSatisfy({ $0 == UInt8(ascii: "0") }) { return true }
    return marks.contains(letters) && (letters.utf8.count > 2 || !text.allSatisfy(\.isLetter))
      && !(surnames.contains(letters)
        && text == letters.prefix(1).uppercased() + letters.dropFirst())
      || isError(text) || text == "\\N"
  }

  /// The same, and in people's words: `néant`, `inconnu`, `keine`.
  package static func isWord(_ text: String) -> Bool {
    guard text.utf8.count <= longest, !hasOtherDigits(text) else { return isMinusOne(text) }
    let letters = ImportColumn.folded(text)
    return isMark(text) || marks.contains(letters) || words.contains(letters)
  }

  /// Whether a name only says that nobody is named; a surname may be a word of the others.
  package static func isNobody(_ text: String) -> Bool {
    isMark(text)
      || (text.utf8.count <= longest && !hasOtherDigits(text)
        && nobodies.contains(ImportColumn.folded(text)))
  }

  /// Whether the text answers a question, `nein` under `Firma`, and names nothing.
  package static func isAnswer(_ text: String) -> Bool {
    text.utf8.count < 10 && answers.contains(ImportColumn.folded(text))
  }

  private static let answers: Set<String> = [
    "oui", "non", "yes", "no", "ja", "nein", "nee", "si", "nej", "tak", "nie", "sim", "nao", "true",
    "false", "vrai", "faux", "wahr", "falsch", "vero", "falso",
  ]

  private static let longest = 48

  /// Whether it has a digit that counts, as nearly all codes have.
  private static func hasOtherDigits(_ text: String) -> Bool {
    text.utf8.contains { (0x31...0x39).contains($0) }
  }

  /// `-1`, which programs write for no key and for a withheld number.
  private static func isMinusOne(_ text: String) -> Bool {
    let text = text.trimmed
    return text.hasPrefix("-1")
      && (text.utf8.count == 2 || ".,".contains(text.dropFirst(2).prefix(1)))
      && text.utf8.dropFirst(3).allSatisfy { $0 == UInt8(ascii: "0") }
  }

  /// `#REF!`, `#NOM?`, `#DIV/0!`
  private static func isError(_ text: String) -> Bool {
    text.first == "#" && (text.last == "!" || text.last == "?")
      && text.utf8.dropFirst().allSatisfy { $0 < 0x61 }
  }

  /// Folded. Those of two letters only count with something else between or around them.
  private static let marks: Set<String> = [
    "null", "undefined", "nan", "nil", "none", "na", "nc", "nd", "nv", "nr", "ka", "so", "novalue",
    "unset",
    "notset", "memberalias", "notavailable", "notapplicable", "blank",
  ]

  /// Those of the marks that are surnames, too, as they are written then: `Blank`, but `(blank)` and `NaN`.
  private static let surnames: Set<String> = ["blank", "nan", "nil"]

  private static let nobodies: Set<String> = [
    "neant", "aucun", "aucune", "inconnu", "inconnue", "unknown", "noncommunique", "nonrenseigne",
    "nonrenseignee", "keine", "unbekannt", "desconocido", "sconosciuto", "onbekend",
    "keineangabe", "sansobjet",
  ]

  private static let words: Set<String> = nobodies.union([
    "sans", "vide", "empty", "auto", "automatique", "automatic", "automatisch", "nouveau", "new",
    "neu", "false", "faux", "falsch", "x", "xx",
    "listerouge", "exdirectory", "acompleter",
    "adefinir", "pasdetelephone", "pasdenumero", "pasdetel", "nophone", "nonumber", "notelephone",
    "sanstelephone", "aucunnumero", "tbd", "tba", "tbc", "todo", "leer", "kein", "keine", "keiner",
    "unbekannt", "ohne", "entfallt", "ninguno", "ninguna", "desconocido", "nessuno", "nessuna",
    "sconosciuto", "geen", "onbekend", "xxx", "xxxx",
  ])
}

extension String {
  /// The text without marks that nobody sees, and which would make two codes of one; every blank a plain one.
  package var visible: String {
    guard utf8.contains(where: { $0 < 0x20 || $0 >= 0x7F }) else { return self }
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      if scalar.isPlain || !(scalar.properties.isWhitespace || scalar.isUnseen) {
        result.append(scalar)
      } else if scalar.properties.isWhitespace {
        result.append(" ")
      }
    }
    return String(result)
  }

  /// The text with a blank for every letter that looks like one: Hangul's fillers, Braille's empty cell.
  var withoutFillers: String {
    guard utf8.contains(where: { $0 >= 0xE1 }) else { return self }
    return String(
      String.UnicodeScalarView(unicodeScalars.map { $0.isFiller ? " " : $0 }))
  }
}

extension Unicode.Scalar {
  /// Whether it is one of ASCII's or Latin's visible letters and marks, as nearly all are: that spares Unicode's tables.
  fileprivate var isPlain: Bool {
    (0x20...0x7E).contains(value) || (0xAE...0x2FF).contains(value)
  }

  fileprivate var isUnseen: Bool {
    properties.isDefaultIgnorableCodePoint || isFiller
      || [.format, .control].contains(properties.generalCategory)
  }

  fileprivate var isFiller: Bool {
    switch value {
    case 0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800: true
    default: false
    }
  }
}

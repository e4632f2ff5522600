import Canvas
import TextForms

/// What the terminal can show: all of Unicode, or ASCII.
///
/// The first of LC_ALL, LC_CTYPE and LANG that is not empty decides. A locale that names another
/// character set than UTF-8 (`fr_FR.ISO-8859-1`, `de_DE@euro`) means a terminal that would show
/// UTF-8 as gibberish: it gets ASCII, `é` as `e` and frames of `+-|`. No locale, `C` and `POSIX`
/// say nothing about the terminal, and today's terminals are UTF-8: it gets all of Unicode, as with
/// a locale that names no character set (`fr_FR`).
enum Charset {
  case unicode
  case ascii

  init(environment: [String: String]) {
    let locale = localeName(of: "LC_CTYPE") { environment[$0] }
    let name = locale.drop { $0 != "." && $0 != "@" }.lowercased()
    let isLegacy =
      name.hasPrefix(".")
      ? !name.hasPrefix(".utf-8") && !name.hasPrefix(".utf8") : name.hasPrefix("@euro")
    self = isLegacy ? .ascii : .unicode
  }

  /// A character of one column that stands for `scalar` where only ASCII can be shown.
  static func ascii(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar.isASCII { return scalar }
    if let sign = signs[scalar] { return sign }
    // "LATIN SMALL LETTER E WITH ACUTE": the letter is the fourth word.
    let words = scalar.properties.name?.split(separator: " ") ?? []
    guard words.count > 4, words[0] == "LATIN", words[2] == "LETTER", words[4] == "WITH",
      words[3].unicodeScalars.count == 1, let letter = words[3].unicodeScalars.first
    else { return "?" }
    return words[1] == "SMALL"
      ? letter.properties.lowercaseMapping.unicodeScalars.first ?? "?" : letter
  }

  private static let signs: [Unicode.Scalar: Unicode.Scalar] = [
    "─": "-", "│": "|", "┌": "+", "┐": "+", "└": "+", "┘": "+", "├": "+", "┤": "+", "┬": "+",
    "┴": "+", "┼": "+", "…": "~", "⏎": "<", "●": "*", "○": "o", "▸": ">", "◂": "<", "·": "-",
    "«": "<", "»": ">", "“": "\"", "”": "\"", "‘": "'", "’": "'", "–": "-", "—": "-", "×": "x",
    "↑": "^", "↓": "v", "←": "<", "→": ">", "œ": "o", "Œ": "O", "æ": "a", "Æ": "A", "ß": "s",
    "€": "E", "°": "o", "✓": "v", "✗": "x", "▲": "^", "▼": "v", "█": "#", "░": ".",
  ]
}

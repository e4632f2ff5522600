internal import NumberForms

/// An ERP's phone field, taken apart into runs of digits and their separators.
struct PhoneField {
  /// Stretches of digits, `+`, `*`, `#`, blanks and ` .-()/`.
  private(set) var runs: [String] = []
  /// Whether the words beside the runs are only labels of a number.
  private(set) var isLabelled = true

  /// The longest field that is read [bytes].
  private static let longest = 1024

  /// Words that say of a number what it is and nothing else, without accents.
  private static let labels: Set<String> = [
    "tel", "telephone", "phone", "fixe", "mobile", "portable", "port", "gsm", "fax", "poste", "p",
    "ext", "extension", "int", "interne", "internal", "bureau", "standard", "std", "ligne", "line",
    "no", "n", "num", "numero", "number", "direct",
  ]

  /// The field's runs.
  init(_ text: String) {
    guard text.utf8.count <= Self.longest else { return }
    var run = ""
    var word = ""
    let scalars = Array(text.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      let digit = Self.digit(at: index, in: scalars)
      if digit == nil, scalar.properties.isAlphabetic {
        if word.isEmpty { close(&run, beforeLetter: true) }
        word.unicodeScalars.append(scalar)
        continue
      }
      // Digits that hang on a word are part of it: `C00123`.
      if digit != nil, !word.isEmpty {
        word.unicodeScalars.append(scalar)
        continue
      }
      close(&word)
      if let character = digit ?? Self.separator(scalar) {
        run.append(character)
      } else if !PlainText.isMark(scalar) {
        close(&run, beforeLetter: false)
      }
    }
    close(&word)
    close(&run, beforeLetter: false)
  }

  /// Ends a run. Digits that a letter follows at once are part of a word, not of a number.
  private mutating func close(_ run: inout String, beforeLetter: Bool) {
    defer { run = "" }
    guard run.contains(where: { ("0"..."9").contains($0) }) else { return }
    if beforeLetter, let last = run.last, ("0"..."9").contains(last) {
      isLabelled = false
      return
    }
    let trimmed = run.drop { " .-/,)".contains($0) }
    runs.append(String(trimmed))
  }

  private mutating func close(_ word: inout String) {
    guard !word.isEmpty else { return }
    let folded = word.lowercased().replacing("é", with: "e")
    if !Self.labels.contains(folded) { isLabelled = false }
    word = ""
  }

  /// The digit or key that the scalar stands for; a letter O among digits is a zero.
  private static func digit(at index: Int, in scalars: [Unicode.Scalar]) -> Character? {
    let scalar = scalars[index]
    switch scalar {
    case "0"..."9", "*", "#", "+": return Character(scalar)
    case "O", "o":
      func isDigit(_ index: Int) -> Bool {
        scalars.indices.contains(index) && ("0"..."9").contains(scalars[index])
      }
      func isFree(_ index: Int) -> Bool {
        !scalars.indices.contains(index) || !scalars[index].properties.isAlphabetic
      }
      return (isDigit(index - 1) && isFree(index + 1)) || (isDigit(index + 1) && isFree(index - 1))
        ? "0" : nil
    default: return nil
    }
  }

  private static func separator(_ scalar: Unicode.Scalar) -> Character? {
    switch scalar {
    case " ", ".", "-", "(", ")", "/": Character(scalar)
    case "\u{2010}"..."\u{2015}", "\u{2212}": "-"
    case "\n", "\r": nil
    case _ where scalar.properties.isWhitespace: " "
    default: nil
    }
  }
}

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
    "no", "n", "num", "numero", "number", "direct", "t", "m", "f", "pro", "perso", "et", "ou",
    "and",
    "or", "extn", "x", "tph",
  ]

  /// The field's runs. `ignoringMarks`: a mark such as `,` `:` `_` `·` `[` stands between the digits of a
  /// number, instead of ending it.
  init(_ text: String, ignoringMarks: Bool = false) {
    guard text.utf8.count <= Self.longest else { return }
    var run = ""
    var word = ""
    let scalars = Array(text.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      let digit = Self.digit(at: index, in: scalars)
      if digit == nil, Self.isLetter(scalar) {
        if word.isEmpty { close(&run, beforeLetter: true) }
        word.unicodeScalars.append(scalar)
        continue
      }
      // Digits that hang on a word are part of it, `C00123`, unless that only says what they are.
      if digit != nil, !word.isEmpty, !Self.isLabel(word) {
        word.unicodeScalars.append(scalar)
        continue
      }
      close(&word)
      if let digit {
        if Self.begins(digit, after: run) { close(&run, beforeLetter: false) }
        run.append(digit)
      } else if let separator = Self.separator(scalar) {
        run.append(separator)
      } else if ignoringMarks, scalar.isMark {
        run.append(" ")
      } else if !PlainText.isMark(scalar) {
        close(&run, beforeLetter: false)
      }
    }
    close(&word)
    close(&run, beforeLetter: false)
  }

  /// Whether a plus, `#` or `*` begins something new behind these digits: another number, or an extension.
  private static func begins(_ key: Character, after run: String) -> Bool {
    switch key {
    case "+": DialString.digitCount(run) > 5
    case "#", "*": DialString.digitCount(run) > 8
    default: false
    }
  }

  /// Ends a run. A few digits that a letter follows at once are part of a word, not of a number.
  private mutating func close(_ run: inout String, beforeLetter: Bool) {
    defer { run = "" }
    let digits = DialString.digitCount(run)
    guard digits > 0 else { return }
    if beforeLetter, digits < 9, let last = run.last, ("0"..."9").contains(last) {
      isLabelled = false
      return
    }
    let trimmed = run.drop { " .-/,)".contains($0) }
    runs.append(String(trimmed))
  }

  private mutating func close(_ word: inout String) {
    guard !word.isEmpty else { return }
    if !Self.isLabel(word) { isLabelled = false }
    word = ""
  }

  private static func isLabel(_ word: String) -> Bool {
    labels.contains(word.lowercased().replacing("é", with: "e"))
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
        !scalars.indices.contains(index) || !isLetter(scalars[index])
      }
      return (isDigit(index - 1) && isFree(index + 1)) || (isDigit(index + 1) && isFree(index - 1))
        ? "0" : nil
    default:
      // Digits of other scripts, and the wide ones of East Asian keyboards.
      guard !scalar.isASCII, scalar.properties.numericType == .decimal else { return nil }
      return scalar.properties.numericValue.flatMap { Character(String(Int($0))) }
    }
  }

  /// Whether it is a letter of any script; those of ASCII, which are nearly all, without Unicode's tables.
  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.isASCII else { return scalar.properties.isAlphabetic }
    return ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
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

extension Unicode.Scalar {
  /// Whether it is punctuation or a symbol, but not one that stands between two numbers.
  fileprivate var isMark: Bool {
    switch properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol,
      .modifierSymbol, .otherSymbol:
      !";&\n\r".unicodeScalars.contains(self)
    default: false
    }
  }
}

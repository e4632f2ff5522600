internal import NumberForms

/// An ERP's phone field, taken apart into runs of digits and their separators.
struct PhoneField {
  /// Stretches of digits, `+`, `*`, `#`, blanks and ` .-()/`; with `|` for a word such as "or" between two
  /// groups, `~` for one such as "to".
  private(set) var runs: [String] = []
  /// Whether the words beside the runs are only labels of a number.
  private(set) var isLabelled = true
  /// Whether a mark ended a run that would go on with ``init(_:ignoringMarks:)``.
  private(set) var hasMarks = false
  /// Whether the next run is something else, by the word before it.
  private var isOther = false

  /// Whether the word before the next run may be the beginning of an account's number: `DE89`.
  private var isBehindCheck = false

  /// The longest field that is read [bytes].
  private static let longest = 1024

  /// Words that say of a number what it is and nothing else, without accents.
  private static let labels: Set<String> = [
    "tel", "telephone", "phone", "fixe", "mobile", "portable", "port", "gsm", "fax", "poste", "p",
    "ext", "extension", "int", "interne", "internal", "bureau", "standard", "std", "ligne", "line",
    "no", "n", "num", "numero", "number", "direct", "t", "m", "f", "pro", "perso", "et", "ou",
    "and", "or", "extn", "x", "tph",
  ]
  /// Words that say of the next digits that they are no telephone number.
  private static let otherLabels: Set<String> = [
    "siret", "siren", "tva", "vat", "rcs", "iban", "rib", "bic", "naf", "ape", "ust", "ustid",
    "idnr", "steuernummer", "hrb", "hra", "mwst", "kvk", "btw", "kbo", "bce", "nif", "cif", "piva",
    "iva", "ein", "ssn", "imei", "iccid", "matricule", "dossier", "contrat", "facture", "rechnung",
    "badge", "licence",
  ]
  /// Words that join a number to another ending, and words behind one that make it a time of the day.
  private static let rangeWords: Set<String> = [
    "à", "a", "au", "jusqu", "to", "thru", "through", "until", "bis", "al", "hasta", "fino",
  ]
  private static let orWords: Set<String> = [
    "ou", "et", "or", "and", "und", "oder", "sowie", "o", "e", "y", "u", "ed", "od", "bzw",
    "resp", "of", "en", "og", "och", "eller", "lub", "i", "nebo", "sau", "és", "vagy", "veya",
    "puis", "sinon", "и", "или",
  ]
  private static let timeWords: Set<String> = [
    "h", "hrs", "heure", "heures", "uhr", "am", "pm", "ore",
  ]

  /// The field's runs. `ignoringMarks`: a mark such as `,` `:` `_` `·` `[` stands between the digits of a
  /// number, instead of ending it.
  init(_ text: String, ignoringMarks: Bool = false) {
    guard text.utf8.count <= Self.longest else { return }
    var run = ""
    var word = ""
    // The run that a word follows, until the word says whether it goes on.
    var held = ""
    let scalars = Array(text.unicodeScalars)
    var minutes = 0
    for (index, scalar) in scalars.enumerated() {
      guard minutes == 0 else {
        minutes -= 1
        continue
      }
      let digit = Self.digit(at: index, in: scalars)
      if digit == nil, Self.isLetter(scalar) {
        if word.isEmpty { (held, run) = (run, "") }
        word.unicodeScalars.append(scalar)
        continue
      }
      // Digits that hang on a word are part of it, `C00123`, unless that only says what they are.
      if digit != nil, !word.isEmpty, !Self.isLabel(word) {
        word.unicodeScalars.append(scalar)
        continue
      }
      if !word.isEmpty { run = end(&word, after: &held) }
      if let digit {
        if Self.begins(digit, after: run) {
          if Self.stands(at: index, in: scalars) {
            run.append("|")
          } else {
            close(&run, beforeLetter: false)
          }
        }
        run.append(digit)
      } else if let separator = Self.separator(scalar) {
        run.append(separator)
      } else if "&\\|".unicodeScalars.contains(scalar), DialString.digitCount(run) > 5 {
        run.append("|")
      } else if scalar == ":", Self.isMinutes(scalars[(index + 1)...]), Self.cutHours(&run) {
        close(&run, beforeLetter: false)
        minutes = 2
      } else if ignoringMarks, scalar.isMark {
        run.append(" ")
      } else if !scalar.isInvisible {
        if scalar == ",", DialString.digitCount(run) > 5,
          Self.isEnding(scalars[(index + 1)...])
        {
          run.append("|")
          continue
        }
        if scalar == "," || scalar == ";",
          Self.isLocal(scalars[(index + 1)...], behind: run)
        {
          run.append(" / ")
          continue
        }
        // `… 11 à 18:30`.
        if scalar == ":" { Self.cutEnding(&run) }
        hasMarks = hasMarks || scalar.isMark
        close(&run, beforeLetter: false)
      }
    }
    if !word.isEmpty { run = end(&word, after: &held) }
    close(&run, beforeLetter: false)
  }

  /// Ends a word: the run before it, which goes on when the word joins an ending to it.
  private mutating func end(_ word: inout String, after held: inout String) -> String {
    let small = word.lowercased()
    let isWord = held.last.map { !("0"..."9").contains($0) } ?? false
    if DialString.digitCount(held) > 5, isWord, let joint = Self.joint(small) {
      word = ""
      defer { held = "" }
      while held.last == " " { held.removeLast() }
      // The direct number stands beside that of the switchboard, not behind it.
      let isBeside = joint == "-" && ["-0", "-00"].contains(where: held.hasSuffix)
      return held + (isBeside ? "|" : "") + joint
    }
    if Self.timeWords.contains(small) {
      if !Self.cutEnding(&held) { Self.cutHours(&held) }
    }
    Self.cutOrdinal(&held)
    close(&held, beforeLetter: true)
    close(&word)
    return ""
  }

  /// Whether another ending of the number before a comma follows: a blank, and a few digits with nothing
  /// behind them.
  private static func isEnding(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    var rest = scalars.drop { $0 == " " }
    guard rest.startIndex > scalars.startIndex else { return false }
    let word = rest.prefix(while: isLetter)
    if !word.isEmpty {
      guard SpokenExtension.isDirectDial(String(String.UnicodeScalarView(word))) else {
        return false
      }
      rest = rest[word.endIndex...].drop { " .:".unicodeScalars.contains($0) }
    }
    return isEndings(rest.first == "-" ? rest.dropFirst() : rest)
  }

  /// Whether it begins with an ending, behind which nothing stands but another: `23`, `23, 24`, `23 et 24`.
  private static func isEndings(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
    let digits = rest.prefix { ("0"..."9").contains($0) }
    guard (1...4).contains(digits.count) else { return false }
    let behind = rest[digits.endIndex...].drop { $0 == " " }
    guard let next = behind.first, !",;/&".unicodeScalars.contains(next) else { return true }
    let word = behind.prefix(while: isLetter)
    return orWords.contains(String(String.UnicodeScalarView(word)).lowercased())
      && isEndings(behind[word.endIndex...].drop { $0 == " " })
  }

  /// Whether another number of the same area follows without it: groups as long as the last of the run,
  /// `(030) 12 34 56, 12 34 57`.
  private static func isLocal(_ scalars: ArraySlice<Unicode.Scalar>, behind run: String) -> Bool {
    let rest = scalars.drop { $0 == " " }
    let text = rest.prefix { ("0"..."9").contains($0) || " .-".unicodeScalars.contains($0) }
    let next = rest[text.endIndex...].first
    guard rest.startIndex > scalars.startIndex, let first = text.first, ("1"..."9").contains(first),
      next.map({ ",;/&(\n".unicodeScalars.contains($0) }) ?? true
    else { return false }
    let others = FieldGroup.groups(of: String(String.UnicodeScalarView(text)))
    let groups = FieldGroup.groups(of: run)
    let pairs = zip(groups.suffix(others.count), others).map {
      abs($0.keys.utf8.count - $1.keys.utf8.count)
    }
    // A mobile's first group may have a digit more.
    return groups.count > others.count
      && others.reduce(0) { $0 + $1.keys.utf8.count } >= shortestLocal
      && pairs.dropFirst().allSatisfy { $0 == 0 } && pairs[0] <= (pairs.count > 1 ? 1 : 0)
  }

  /// The fewest digits of a number that is written without its area.
  private static let shortestLocal = 6

  private static func joint(_ word: String) -> String? {
    if rangeWords.contains(word) { return "~" }
    if orWords.contains(word) { return "|" }
    return SpokenExtension.isDirectDial(word) ? "-" : nil
  }

  /// Takes the last ending off again, if there is one.
  @discardableResult
  private static func cutEnding(_ run: inout String) -> Bool {
    guard let joint = run.lastIndex(where: { "~|".contains($0) }),
      DialString.digitCount(String(run[joint...])) < 5
    else { return false }
    run = String(run[..<joint])
    return true
  }

  /// Whether blanks stand around the scalar, or the beginning before it.
  private static func stands(at index: Int, in scalars: [Unicode.Scalar]) -> Bool {
    (index == 0 || scalars[index - 1].properties.isWhitespace) && index + 1 < scalars.count
      && scalars[index + 1].properties.isWhitespace
  }

  private static func isMinutes(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    scalars.prefix(2).count == 2 && scalars.prefix(2).allSatisfy { ("0"..."9").contains($0) }
  }

  /// Takes the hours off that stand behind a number, `8`, `(8-17`, if there are; not what is grouped as the rest
  /// of it is.
  @discardableResult
  private static func cutHours(_ run: inout String) -> Bool {
    while run.last == " " { run.removeLast() }
    let groups = FieldGroup.groups(of: run)[...]
    var rest = groups
    while groups.count - rest.count < 2, let last = rest.last, last.keys.utf8.count <= 2,
      Int(last.keys).map({ $0 <= 24 }) ?? false
    {
      rest.removeLast()
      if !last.before.contains("-") { break }
    }
    guard rest.count < groups.count, let last = rest.last, DialString.digitCount(rest.text) > 5,
      let hours = groups[rest.endIndex...].first,
      hours.before != last.before || hours.keys.utf8.count != last.keys.utf8.count
    else { return false }
    run = rest.text
    return true
  }

  /// Takes the digit off before a word that it counts: `2. Stock`.
  private static func cutOrdinal(_ run: inout String) {
    guard run.hasSuffix(". ") else { return }
    let groups = FieldGroup.groups(of: run)
    guard let last = groups.last, last.keys.utf8.count == 1, last.before == " " else { return }
    let rest = groups.dropLast().text
    if DialString.digitCount(rest) > 5 { run = rest }
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
    defer { isOther = false }
    if beforeLetter, digits < 9, let last = run.last, ("0"..."9").contains(last) {
      isLabelled = false
      return
    }
    guard !isOther, !(isBehindCheck && Self.isAccount(run)) else { return }
    let trimmed = OtherDigits.withoutDates(run).drop { " .-/,)|~".contains($0) }
    if DialString.digitCount(String(trimmed)) > 0 { runs.append(String(trimmed)) }
  }

  private mutating func close(_ word: inout String) {
    guard !word.isEmpty else { return }
    let isLabel = Self.isLabel(word)
    isBehindCheck =
      word.utf8.count == 4 && word.prefix(2).allSatisfy(\.isLetter)
      && word.suffix(2).allSatisfy(\.isNumber)
    if !isLabel { isLabelled = false }
    // `RCS Strasbourg 388 202 122`: until digits come, be it in a word, or a number is announced.
    isOther =
      Self.otherLabels.contains(word.lowercased())
      || (isOther && !isLabel && !word.contains(where: \.isNumber))
    word = ""
  }

  /// Whether digits are grouped by four, as those of an IBAN are printed (ISO 13616-1).
  private static func isAccount(_ run: String) -> Bool {
    let groups = FieldGroup.groups(of: run)
    return groups.count > 2 && groups.dropLast().allSatisfy { $0.keys.utf8.count == 4 }
  }

  private static func isLabel(_ word: String) -> Bool {
    labels.contains(word.lowercased().replacing("é", with: "e"))
  }

  /// The digit or key that the scalar stands for; a letter O among digits is a zero.
  private static func digit(at index: Int, in scalars: [Unicode.Scalar]) -> Character? {
    let scalar = scalars[index]
    switch scalar {
    // A bullet is no key.
    case "*" where stands(at: index, in: scalars): return nil
    case "0"..."9", "*", "#", "+": return Character(scalar)
    case "O", "o": return isZero(at: index, in: scalars) ? "0" : nil
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

  /// Whether the letter O at `index` stands for a zero: `O3 88 2O`, and `OO` between two groups of digits.
  private static func isZero(at index: Int, in scalars: [Unicode.Scalar]) -> Bool {
    let isLetterO = { (scalar: Unicode.Scalar) in scalar == "O" || scalar == "o" }
    let before = scalars[..<index].lastIndex { !isLetterO($0) }
    let after = scalars[index...].firstIndex { !isLetterO($0) }
    let isWord = { (index: Int?) in index.map { isLetter(scalars[$0]) } ?? false }
    guard !isWord(before), !isWord(after) else { return false }
    let isDigit = { (index: Int?) in index.map { ("0"..."9").contains(scalars[$0]) } ?? false }
    if isDigit(before) || isDigit(after) { return true }
    guard let before, let after, after - before == 3 else { return false }
    return isDigit(before - 1 < 0 ? nil : before - 1)
      && isDigit(after + 1 < scalars.count ? after + 1 : nil)
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
  /// Whether it takes no place of its own: a zero-width joiner, a direction, what makes an emoji of a digit.
  fileprivate var isInvisible: Bool {
    switch properties.generalCategory {
    case .format, .control, .nonspacingMark, .enclosingMark: !"\n\r".unicodeScalars.contains(self)
    default: false
    }
  }

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

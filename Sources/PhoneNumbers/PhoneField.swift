internal import NumberForms

/// An ERP's phone field, taken apart into runs of digits and their separators.
struct PhoneField {
  /// A stretch of digits, `+`, `*`, `#`, blanks and ` .-()/`; with `|` for a word such as "or" between two
  /// groups, `|,` for a comma before another ending, `~` for a word such as "to".
  struct Run: Hashable {
    var text: String
    /// Whether the words beside it say that it may be no number, or was one once.
    var isDoubtful = false
    /// The two capitals right before it, which may be a country's sign: `BE 0475.123.456`.
    var sign: String?
    /// Whether a word that nobody knows stands right before it, which may say what the digits are: `VKN 1234567890`.
    var isNamed = false
  }

  /// The stretches that may be numbers.
  private(set) var runs: [Run] = []
  /// Whether the words beside the runs are only labels of a number.
  private(set) var isLabelled = true
  /// Whether a mark ended a run that would go on with ``init(_:ignoringMarks:)``.
  private(set) var hasMarks = false
  /// Whether a semicolon did that behind what is no beginning of a number where a zero or a plus is: `212;555;0123`,
  /// which may be extensions.
  private(set) var isList = false
  /// What the words since the latest run say.
  private var phrase = FieldPhrase()
  /// The latest run, where words before it speak of it or of the one before.
  private var either: Int?
  /// Whether `alt` is a word for old here.
  private let isGerman: Bool

  /// The run and the word that are read.
  private var run = ""
  private var word = ""
  /// The run that the word follows, until this says whether it goes on.
  private var held = ""
  /// The two capitals before the next run, if nothing but a blank or a hyphen stands between.
  private var sign: String?
  /// Whether the word before the next run may be the beginning of an account's number: `DE89`.
  private var isBehindCheck = false

  /// The longest field that is read [bytes].
  private static let longest = 1024

  /// Words that join a number to another ending, and words behind one that make it a time of the day.
  private static let rangeWords: Set<String> = [
    "à", "a", "au", "jusqu'à", "jusqu'au", "jusqu'en", "to", "thru", "through", "until", "till",
    "bis", "al", "hasta", "fino", "tot", "até", "do",
  ]
  static let orWords = Set(
    "ou et or and und oder sowie o e y u ed od bzw resp of en og och eller lub i nebo sau és vagy veya sinon и или"
      .split(separator: " ").map { String($0) })
  private static let timeWords: Set = [
    "h", "H", "hr", "hrs", "heure", "heures", "uhr", "Uhr", "am", "AM", "pm", "PM", "ore",
  ]

  /// The field's runs. `ignoringMarks`: a mark such as `,` `:` `_` `·` `[` stands between the digits of a
  /// number, instead of ending it. `isGerman`: where German is spoken.
  init(_ text: String, ignoringMarks: Bool = false, isGerman: Bool = false) {
    self.isGerman = isGerman
    guard text.utf8.count <= Self.longest else { return }
    let scalars = Array(text.unicodeScalars)
    var index = 0
    while index < scalars.count {
      index += take(at: index, in: scalars, ignoringMarks)
    }
    if !word.isEmpty { endWord() }
    closeRun()
    if phrase.isOldAtEnd { doubtLast() }
  }

  /// Takes what stands there; how many characters that is.
  private mutating func take(
    at index: Int, in scalars: [Unicode.Scalar], _ ignoringMarks: Bool
  ) -> Int {
    let scalar = scalars[index]
    if word.isEmpty, Self.isCarrier(at: index, in: scalars, behind: run) { return 2 }
    let digit = Self.digit(at: index, in: scalars)
    if digit == nil,
      Self.isLetter(scalar) || (!word.isEmpty && Self.isElision(at: index, in: scalars))
    {
      if word.isEmpty {
        if let ahead = directNumber(scalars[index...]) { return ahead }
        (held, run) = (run, "")
      }
      word.unicodeScalars.append(scalar == "’" ? "'" : scalar)
      return 1
    }
    if !word.isEmpty {
      // Digits that hang on a word are part of it, `C00123`, unless that only says what they are.
      if digit != nil, !FieldWord.isLabel(word) {
        word.unicodeScalars.append(scalar)
        return 1
      }
      if let (joint, ahead) = Self.ending(word, behind: scalars[index...], held) {
        (run, word, held) = (joint, "", "")
        return ahead
      }
      endWord(before: scalars[index...])
    }
    if let digit {
      if Self.begins(digit, after: run) {
        if Self.stands(at: index, in: scalars) { run.append("|") } else { closeRun() }
      }
      run.append(digit)
    } else if let separator = Self.separator(scalar) {
      run.append(separator)
    } else if !scalar.isInvisible || ignoringMarks {
      return take(mark: scalar, at: index, in: scalars, ignoringMarks)
    }
    return 1
  }

  /// Takes a mark, which joins two groups of digits, or sets off what stands before it.
  private mutating func take(
    mark: Unicode.Scalar, at index: Int, in scalars: [Unicode.Scalar], _ ignoringMarks: Bool
  ) -> Int {
    let rest = scalars[(index + 1)...]
    let isNumber = DialString.digitCount(run) > 5
    if isNumber, "&\\|".unicodeScalars.contains(mark) {
      run.append("|")
    } else if mark == ":", rest.prefix(2).count(where: { ("0"..."9").contains($0) }) == 2,
      Self.cutHours(&run)
    {
      closeRun()
      return 3
    } else if ignoringMarks, mark.isMark || (mark == ";" && Self.isPart(run)) {
      run.append(" ")
    } else if isNumber, mark == "," || mark == ";", let ahead = directNumber(rest) {
      return ahead + 1
    } else if isNumber, mark == "," || mark == ";", Self.isEnding(rest, behind: run) {
      run.append("|,")
    } else if mark == "," || mark == ";", Self.isLocal(rest, behind: run) {
      run.append(" / ")
    } else if !mark.isInvisible {
      setOff(by: mark, at: index, in: scalars)
    }
    return 1
  }

  /// Joins the direct number of a colleague to the run, if words set one off that has a hyphen and as many digits:
  /// `-0, Herr Maier -23`, `-6753 (Vertretung: -6752)`. How far ahead it begins.
  private mutating func directNumber(_ scalars: ArraySlice<Unicode.Scalar>) -> Int? {
    guard isGerman, run.utf8.contains(UInt8(ascii: "-")), DialString.digitCount(run) > 5,
      let last = FieldGroup.groups(of: run).last, last.isShort, last.before.hasSuffix("-")
    else { return nil }
    let words = scalars.prefix(Self.longestWords).prefix {
      Self.isLetter($0) || " .:(),".unicodeScalars.contains($0)
    }
    let rest = scalars[words.endIndex...]
    let digits = rest.dropFirst().prefix { ("0"..."9").contains($0) }
    guard rest.first == "-", words.last.map({ !Self.isLetter($0) }) ?? false,
      (1...5).contains(digits.count), last.isZeros || last.keys.utf8.count == digits.count,
      Self.isEnd(rest[digits.endIndex...]) || rest[digits.endIndex...].first == " ",
      words.split(whereSeparator: { !Self.isLetter($0) }).allSatisfy({
        let word = FieldWord(String(String.UnicodeScalarView($0)), isGerman: true)
        return [.unknown, .telephone, .department, .place, .joining].contains(word)
      })
    else { return nil }
    while let end = run.last, !("0"..."9").contains(end) { run.removeLast() }
    run.append("|-")
    return words.count + 1
  }

  /// The longest words before a direct number [characters].
  private static let longestWords = 40

  private mutating func setOff(by mark: Unicode.Scalar, at index: Int, in scalars: [Unicode.Scalar])
  {
    if mark == "?", Self.isQuestion(scalars[(index + 1)...]) {
      closeRun()
      if runs.isEmpty { phrase.add(.old) } else { doubtLast() }
    }
    // `… 11 à 18:30`.
    if mark == ":" {
      Self.cutEnding(&run)
      phrase.addColon()
    }
    hasMarks = hasMarks || mark.isMark || (mark == ";" && Self.isBegun(run))
    isList = isList || (mark == ";" && Self.isPart(run))
    closeRun()
    sign = nil
    if Self.isArrow(at: index, in: scalars) { phrase.add(.becoming) }
    if ",;&|\n\r".unicodeScalars.contains(mark) { note(Character(mark)) }
  }

  /// A mark ends what the words before it say.
  private mutating func note(_ mark: Character) { if phrase.end(at: mark) { doubtLast() } }

  /// The words speak of the last number, unless of several: `A / B (ancien)`.
  private mutating func doubtLast() {
    // Of `… HS depuis 2019` not the year.
    guard let last = runs.lastIndex(where: { !Self.isYear($0.text) }) ?? runs.indices.last,
      !runs[last].isDoubtful
    else { return }
    guard !phrase.isPlural, let (head, tail) = Self.cut(runs[last].text, isLast: true) else {
      runs[last].isDoubtful = true
      return
    }
    runs[last].text = head
    runs.insert(Run(text: tail, isDoubtful: true), at: last + 1)
  }

  /// Ends a word: the run before it goes on when the word joins an ending to it. `2. OG` is no Danish `and`.
  private mutating func endWord(before rest: ArraySlice<Unicode.Scalar> = []) {
    let small = word.lowercased()
    let next = rest.first { !$0.properties.isWhitespace && $0 != "." } ?? "."
    let isOr = Self.orWords.contains(small) && "+(-0123456789".unicodeScalars.contains(next)
    let isWord = held.last.map { !("0"..."9").contains($0) } ?? false
    let joint = Self.rangeWords.contains(small) ? "~" : isOr ? "|" : nil
    if DialString.digitCount(held) > 5, isWord, let joint {
      while held.last == " " { held.removeLast() }
      (run, word, held) = (held + joint, "", "")
      return
    }
    // `14h30`
    let time = String(word.prefix { !$0.isNumber })
    let isRight = held.last?.isNumber ?? false
    let isTime =
      Self.timeWords.contains(time)
      && (Self.cutEnding(&held) || Self.cutHours(&held, isRightBefore: isRight))
    Self.cutCount(&held)
    (run, held) = (held, "")
    closeRun(beforeLetter: !isTime)
    closeWord()
  }

  /// Whether blanks stand around the scalar, or the beginning before it.
  private static func stands(at index: Int, in scalars: [Unicode.Scalar]) -> Bool {
    (index == 0 || scalars[index - 1].properties.isWhitespace) && index + 1 < scalars.count
      && scalars[index + 1].properties.isWhitespace
  }

  /// Whether an asterisk sets off a word, and is no key: `*ancien*`.
  private static func isEmphasis(at index: Int, in scalars: [Unicode.Scalar]) -> Bool {
    [index - 1, index + 1].contains { scalars.indices.contains($0) && isLetter(scalars[$0]) }
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
  private mutating func closeRun(beforeLetter: Bool = false) {
    defer { run = "" }
    let first = run.utf8.firstIndex(where: FieldGroup.isKey) ?? run.endIndex
    for mark in run[..<first] where "()/".contains(mark) { note(mark) }
    guard DialString.digitCount(run) > 0 else { return }
    if beforeLetter, DialString.digitCount(run) < 9, let last = run.last, ("0"..."9").contains(last)
    {
      isLabelled = false
      phrase.drop()
      return
    }
    let behind = run[(run.utf8.lastIndex(where: FieldGroup.isKey) ?? first)...]
    defer { for mark in behind where "()/".contains(mark) { note(mark) } }
    guard !(isBehindCheck && Self.isAccount(run)) else {
      _ = phrase.begin()
      return
    }
    let dated = OtherDigits.withoutDates(run)
    let start = dated.utf8.firstIndex { !" .-/,)|~".utf8.contains($0) }
    var trimmed = String(dated[(start ?? dated.endIndex)...])
    let isYear = Self.isYear(trimmed)
    let isEnd = (dated != run || isYear) && phrase.addDate()
    guard DialString.digitCount(trimmed) > 0, !(isYear && isEnd) else { return }
    // What stands alone may be an extension.
    if isYear { return runs.append(Run(text: trimmed)) }
    if let rest = Self.behindMark(trimmed) { trimmed = rest }
    if run[first] == "#", trimmed.dropFirst().allSatisfy({ $0 != "#" && $0 != "*" }) {
      phrase.add(.numbering)
    }
    if phrase.endsWithTelephone, let rest = Self.behindCount(trimmed) { trimmed = rest }
    let isPast = Self.cutEnd(&trimmed, hadDate: dated != run)
    let isPlural = phrase.isPlural
    let isNamed = phrase.endsUnknown
    let rest = Self.behindShort(trimmed)
    if phrase.hasBox, let rest { trimmed = rest }
    let said = phrase.begin(
      isDialled: rest != nil
        || (DialString.digitCount(trimmed) > 8 && "0+(".contains(trimmed.first ?? " ")))
    either = nil
    if trimmed.last(where: { $0 != " " }) == "~" { phrase.add(.until) }
    if said.isOldBefore { doubtLast() }
    if said.next == .doubtful || said.next == .other, let rest {
      return runs.append(Run(text: rest, isDoubtful: said.next == .other || isPast))
    }
    // What is said of a number is not said of the one behind a slash: `ancien : A / B`, `SIRET … / 06 …`.
    var other: Run?
    if said.next == .old || said.next == .other, !isPlural, !isPast,
      let (head, tail) = Self.cut(trimmed, isLast: false)
    {
      trimmed = head
      other = Run(text: tail, isDoubtful: said.next == .other)
    }
    if said.next != .other {
      let isBeside = run[..<first].allSatisfy { " -".contains($0) }
      let sign =
        isBeside && trimmed == String(run[first...].prefix(trimmed.count)) ? sign : nil
      if said.isEither { either = runs.count }
      runs.append(
        Run(
          text: trimmed, isDoubtful: said.next != .number || isPast, sign: sign, isNamed: isNamed))
    }
    if let other { runs.append(other) }
  }

  private mutating func closeWord() {
    isBehindCheck =
      word.utf8.count == 4 && word.prefix(2).allSatisfy(\.isLetter)
      && word.suffix(2).allSatisfy(\.isNumber)
    let isSign = word.utf8.count == 2 && word.utf8.allSatisfy { (0x41...0x5A).contains($0) }
    sign = isSign ? word : nil
    if !FieldWord.isLabel(word) { isLabelled = false }
    phrase.add(word, isGerman: isGerman)
    // `A alt B neu`: what is behind the one is behind the other.
    if let run = either, phrase.isLabelBehind { (runs[run].isDoubtful, either) = (false, nil) }
    word = ""
  }

  /// Whether digits are grouped by four, as those of an IBAN are printed (ISO 13616-1).
  private static func isAccount(_ run: String) -> Bool {
    let groups = FieldGroup.groups(of: run)
    return groups.count > 2 && groups.dropLast().allSatisfy { $0.keys.utf8.count == 4 }
  }

  /// The digit or key that the scalar stands for; a letter among digits may be one (``TypedDigit``).
  private static func digit(at index: Int, in scalars: [Unicode.Scalar]) -> Character? {
    let scalar = scalars[index]
    switch scalar {
    // A bullet is no key.
    case "*" where stands(at: index, in: scalars) || isEmphasis(at: index, in: scalars): return nil
    case "0"..."9", "*", "#", "+": return Character(scalar)
    case "O", "o", "I", "l":
      return TypedDigit.digit(at: index, in: scalars).map { Character(Unicode.Scalar($0)) }
    default:
      // Digits of other scripts, and the wide ones of East Asian keyboards.
      guard !scalar.isASCII, scalar.properties.numericType == .decimal else { return nil }
      return scalar.properties.numericValue.flatMap { Character(String(Int($0))) }
    }
  }

  /// Whether it is a letter of any script; those of ASCII, which are nearly all, without Unicode's tables.
  static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
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

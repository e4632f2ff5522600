/// The words between two runs of a phone field, and what they say of the one before and of the one behind.
///
///     SIRET 493 012 345 00028, N° client 06 39 98 00 11        the digits are no telephone's
///     facture 06 39 98 00 11, ancien 06 39 98 00 11            they may be one, or have been
///     030 123456 (alt), 030 123456 wrong number                so may those before
struct FieldPhrase {
  /// What words say of digits.
  enum Meaning {
    case number
    /// They may be something else.
    case doubtful
    /// They were right once, or never.
    case old
    /// They are no telephone's.
    case other
  }

  private struct Word {
    var meaning: FieldWord
    var isCapital: Bool
    /// Whether it may be the initial before a name: `M. Ancien`.
    var isInitial = false
    /// Whether it is no name of a person: in small letters, or in capitals as abbreviations are.
    var isNoName = false
    /// Whether it is `no`, which in some languages is a negation.
    var isNo = false
    /// Whether it denies what stands behind it by itself: `(et non 06 39 98 00 11)`.
    var isNot = false
  }

  private var words: [Word] = []
  /// Whether the latest words speak of several numbers.
  private(set) var isPlural = false
  /// The latest words of one letter each: `C.F.`, `T.V.A.`
  private var initials = ""
  /// Whether digits stand before the words.
  private var isBehindRun = false
  /// Whether a mark sets the words off from them, and whether a bracket alone does.
  private var isSetOff = false
  private var isBracketed = false
  /// Whether what is said stands before the numbers of this field; nil before the first.
  private var isPrefixed: Bool?

  /// Whether a colon stands behind the latest word: it speaks of what follows.
  private var isAnnouncing = false
  /// Whether the latest word says behind digits, as a label of theirs, where they are or that they are new.
  private(set) var isLabelBehind = false
  /// Whether the latest word before digits is none that is known, but for `no.`
  var endsUnknown: Bool { words.last { $0.meaning != .numbering }?.meaning == .unknown }

  /// Whether the digits of a box stand first: `PO Box 12345 212-555-0123`.
  var hasBox: Bool { words.contains { $0.meaning == .box } }

  /// Adds a colon.
  mutating func addColon() { isAnnouncing = !words.isEmpty }

  /// Adds a word.
  mutating func add(_ word: String, isGerman: Bool) {
    // `FR40303265045` is what was announced.
    guard word.utf8.count(where: { (0x30...0x39).contains($0) }) < 3 else {
      words = []
      return
    }
    if word.last == "#", word.utf8.count > 1 {
      add(String(word.dropLast()), isGerman: isGerman)
      return add(.numbering)
    }
    if words.isEmpty { isPlural = false }
    isPlural = isPlural || FieldWord.isPlural(word)
    let isCapital = word.first?.isUppercase ?? false
    let own = FieldWord(word, isGerman: isGerman)
    isAnnouncing = false
    isLabelBehind = isBehindRun && words.isEmpty && !isSetOff && own == .place
    // `no válido`.
    if own == .valid, let last = words.last, last.isNo {
      words[words.count - 1].meaning = .negation
    }
    let count = word.unicodeScalars.count
    words.append(
      Word(
        meaning: own, isCapital: isCapital, isInitial: isCapital && count == 1,
        isNoName: count > 1 && (!isCapital || (count < 5 && word.allSatisfy(\.isUppercase))),
        isNo: word.lowercased() == "no",
        isNot: ["non", "pas", "not", "nicht", "niet"].contains(word.lowercased())))
    initials = word.unicodeScalars.count == 1 ? initials + word.lowercased() : ""
    let letters = initials.unicodeScalars.count
    guard letters > 1, letters <= words.count else { return }
    let meaning = ["cf", "pi"].contains(initials) ? .other : FieldWord(initials)
    guard meaning != .unknown else { return }
    words.replaceSubrange(
      (words.count - letters)..., with: [Word(meaning: meaning, isCapital: isCapital)])
    initials = ""
  }

  /// Adds a year or a date, which is the end of what a word such as "until" stands before; whether one does.
  @discardableResult
  mutating func addDate() -> Bool {
    let isEnd = words.last { $0.meaning != .month }?.meaning == .until
    words.append(Word(meaning: isEnd ? .old : .joining, isCapital: false))
    return isEnd
  }

  /// Adds what a mark says (an arrow between numbers, `?` before one, `# 123`), or a word that joined nothing.
  mutating func add(_ meaning: FieldWord) { words.append(Word(meaning: meaning, isCapital: false)) }

  /// Forgets the words: what they announced was part of a word.
  mutating func drop() { words = [] }

  /// Whether a telephone was announced last, which may be counted: `Tél. 2`.
  var endsWithTelephone: Bool { words.last?.meaning == .telephone }

  /// A mark stands behind the words. Whether these say of the run before that it is no longer right.
  mutating func end(at mark: Character) -> Bool {
    defer {
      if mark == "(" { isBracketed = true } else if mark != ")" { isSetOff = true }
    }
    guard !words.isEmpty else { return false }
    if isBehindRun, !(mark == ")" && isSetOff), saysOld {
      words = []
      return true
    }
    if mark == ")" { return false }
    // A comma ends a thought, but a register's number may be long in coming.
    words.removeAll { [.entity, .thing, .paper, .numbering].contains($0.meaning) }
    if mark != "(", isBehindRun || mark == "\n" || mark == "\r" {
      words.removeAll { $0.meaning != .other }
    }
    return false
  }

  /// What the words say of the digits that follow them now, and whether of the run before that it is not right.
  ///
  /// Between two numbers with nothing that sets them off, `A ancien B`, they may speak of either.
  mutating func begin(
    isDialled: Bool = false
  ) -> (next: Meaning, isOldBefore: Bool, isEither: Bool) {
    if isDialled {
      for index in words.indices where words[index].meaning == .box {
        words[index].meaning = .paper
      }
    }
    let isPrefixed = isPrefixed ?? !words.isEmpty
    let isReplaced = isBehindRun && words.contains { $0.meaning == .becoming }
    let isEither =
      !isReplaced && isBehindRun && !isSetOff && !isBracketed && !isAnnouncing && !isPrefixed
      && saysOld
    let next = isReplaced ? .number : isEither ? .old : meaning
    self.isPrefixed = isPrefixed
    (words, initials) = ([], "")
    (isBehindRun, isSetOff, isBracketed) = (true, false, false)
    (isAnnouncing, isLabelBehind) = (false, false)
    return (next, isReplaced || isEither, isEither)
  }

  /// Whether the field ends with words that say of the run before that it is not right.
  var isOldAtEnd: Bool { isBehindRun && saysOld }

  private var meaning: Meaning {
    // What was announced: surely something else, or perhaps.
    var (isOther, isThing, isPerhaps) = (false, false, false)
    var last: Word?
    for word in words where word.meaning != .joining {
      let pair = Set([last?.meaning, word.meaning].compactMap(\.self))
      let isNumbered = pair.contains(.numbering)
      switch word.meaning {
      case .telephone, .department: (isOther, isThing, isPerhaps) = (false, false, false)
      case .other, .box: isOther = true
      case .numbering, .thing, .paper, .entity:
        if pair.count == 2, pair.isSubset(of: [.numbering, .thing, .paper, .entity]) {
          // `N° client` may be the client's telephone, `code client` is not.
          if pair == [.numbering, .entity] || pair == [.thing, .entity] {
            isPerhaps = true
          } else {
            isThing = true
          }
        } else if isNumbered, last?.meaning == .unknown, last?.isNoName == true,
          last?.isCapital == true
        {
          isPerhaps = true
        }
      case .unknown:
        if isThing { (isThing, isPerhaps) = (false, true) }
        // `N° allocataire`, `n° CAF`: nobody knows all numbers that there are.
        if last?.meaning == .numbering, word.isNoName { isPerhaps = true }
      default: break
      }
      last = word
    }
    if isOther || isThing { return .other }
    return isOld ? .old : isPerhaps || last?.meaning == .paper ? .doubtful : .number
  }

  /// Whether the words before digits say that these are not right any more: the last of them, but for labels. A
  /// name may be such a word: `Hans Alt 030 …`.
  private var isOld: Bool {
    var index = words.endIndex
    while index > 0 {
      index -= 1
      switch words[index].meaning {
      case .old:
        guard words[index].isCapital, index > 0 else { return true }
        return words[index - 1].meaning != .unknown && !words[index - 1].isInitial
      case .negation:
        if words[index].isNot, index + 1 == words.endIndex { return true }
        return isDenied(behind: index) || (index > 0 && words[index - 1].meaning == .negation)
      case .month: return words[..<index].last { $0.meaning != .month }?.meaning == .until
      case .telephone, .department, .place, .numbering, .joining, .valid: continue
      default: return false
      }
    }
    return false
  }

  /// Whether the words say nothing else than that the digits before them are not right.
  private var saysOld: Bool {
    words.allSatisfy { ![.unknown, .other, .entity, .thing].contains($0.meaning) }
      && words.indices.contains { index in
        let next = index + 1 < words.count ? words[index + 1].meaning : nil
        switch words[index].meaning {
        case .old: return true
        case .negation: return next == .negation || isDenied(behind: index)
        case .until: return next == .month
        default: return false
        }
      }
  }

  private func isDenied(behind index: Int) -> Bool {
    // `ne fonctionne plus`.
    if index > 0, words[index - 1].meaning == .valid { return true }
    let next = words[(index + 1)...].first { ![.joining, .negation].contains($0.meaning) }
    return next.map { [.valid, .department].contains($0.meaning) } ?? false
  }
}

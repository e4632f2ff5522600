/// Guesses in which character set a file is written that does not say so.
///
/// Each set is tried by what the bytes are in it: the letters of one language within words (0x8E is `é` in Mac Roman, a
/// symbol in the others), capitals where they may stand, and of scripts that Western Europe does not write words that
/// are of them alone. What may as well be read in another set is not guessed, for a wrong name would look sure.
enum CharsetGuess {
  /// What is said of a file.
  enum Answer {
    /// UTF-8, or Windows-1252, which ``CSVRecord`` tells apart field by field; or nothing tells.
    case usual
    /// Windows-1252, but so few letters tell that they may as well be others in these.
    case perhaps([String])
    case page(CodePage)
    /// Any of these, or one that nobody here knows where there are none.
    case unclear([String])
  }

  /// What is said of the beginning of a file; `region`: whose letters are likelier, where they tell nothing more.
  static func read(_ block: [UInt8], region: String) -> Answer {
    let text = StrayBytes(block)
    guard text.isMuch, let windows else { return .usual }
    let usual = Writing.western.best(of: text, in: windows)
    var narrow: [(page: CodePage, score: Int)] = []
    var alike: [CodePage] = []
    for (page, writing) in narrowSets {
      let score = writing.best(of: text, in: page)
      // A letter or two of another language are not another set.
      if score * 10 > usual * 11 {
        narrow.append((page, score))
      } else if score >= usual {
        alike.append(page)
      }
    }
    let latin = narrow.map(\.score).max() ?? usual
    var others: [(page: CodePage, score: Int, isWide: Bool)] = []
    for (page, writing) in otherSets {
      others.append((page, writing.best(of: text, in: page), false))
    }
    for set in WideSet.allCases {
      guard let page = CodePage(named: set.rawValue) else { continue }
      others.append((page.named(set.shown), set.score(text.fields), true))
    }
    others.sort { $0.score > $1.score }
    // Some bytes are wide characters by chance.
    let best = others.first {
      !$0.isWide || text.count >= fewestWide || latin < text.count * halfScore
    }
    guard let best, best.score > latin else {
      guard latin >= 0 || text.count < fewest else { return .unclear([]) }
      if narrow.isEmpty, usual > 0 {
        let others = alike.filter { page in
          text.fields.contains { page.utf8($0) != windows.utf8($0) }
        }
        if let own = others.first(where: { isUsual($0, in: region) }) { return .page(own) }
        return others.isEmpty ? .usual : .perhaps(others.map(\.name))
      }
      let best = narrow.filter { $0.score == latin }
      let texts = Set(best.map { page in text.fields.map { page.page.utf8($0) } })
      return texts.count > 1
        ? .unclear(best.map(\.page.name)) : best.first.map { .page($0.page) } ?? .usual
    }
    var near = others.filter { $0.score * 100 > best.score * 93 }.map(\.page.name)
    if best.isWide, near.count == 1, WideSet.mayBeNarrowKana(text.fields) {
      near = Array(Set(near + [WideSet.shiftJIS.shown])).sorted()
    }
    guard near.count < 2 else { return .unclear(near) }
    return best.score >= 0 ? .page(best.page) : .unclear([])
  }

  /// Whether old programs of the region write the set, other than in Western Europe.
  private static func isUsual(_ page: CodePage, in region: String) -> Bool {
    switch page.name {
    case "Windows-1250", "ISO-8859-2":
      ["AL", "BA", "CZ", "HR", "HU", "ME", "PL", "RO", "RS", "SI", "SK"].contains(region)
    case "Windows-1254": region == "TR"
    case "Windows-1257": ["EE", "LT", "LV"].contains(region)
    default: false
    }
  }

  /// Half of what a byte may be worth.
  private static let halfScore = 5
  /// So few bytes may be marks of any set.
  private static let fewest = 4
  private static let fewestWide = 8

  private static let windows = CodePage(named: "WINDOWS-1252")
  private static let narrowSets = known([
    ("Mac Roman", "MACINTOSH", .western), ("CP850", "CP850", .western),
    ("ISO-8859-15", "ISO-8859-15", .french),
    ("Windows-1250", "CP1250", .central), ("ISO-8859-2", "ISO-8859-2", .central),
    ("CP852", "CP852", .central), ("Windows-1254", "CP1254", .turkish),
    ("Windows-1257", "CP1257", .baltic),
  ])
  private static let otherSets = known([
    ("Windows-1251", "CP1251", .cyrillic), ("KOI8-R", "KOI8-R", .cyrillic),
    ("CP866", "CP866", .cyrillic), ("Windows-1253", "CP1253", .greek), ("CP737", "CP737", .greek),
    ("Windows-1255", "CP1255", .hebrew), ("Windows-1256", "CP1256", .arabic),
    ("TIS-620", "TIS-620", .thai),
  ])

  /// The sets that the C library knows, under these names; found once, for that takes a while.
  private static func known(
    _ sets: [(shown: String, name: String, writing: Writing)]
  ) -> [(page: CodePage, writing: Writing)] {
    sets.compactMap { shown, name, writing in
      CodePage(named: name).map { ($0.named(shown), writing) }
    }
  }
}

/// The bytes of a text that are neither ASCII nor UTF-8.
struct StrayBytes {
  /// The fields in which they stand, as far as marks of ASCII part them.
  private(set) var fields: [ArraySlice<UInt8>] = []
  /// How often a byte stands between two others.
  private(set) var places: [Place: Int] = [:]
  /// How many there are.
  private(set) var count = 0
  /// How many letters in UTF-8 there are beside them.
  private var letters = 0

  /// A byte and those beside it.
  struct Place: Hashable {
    var before: UInt8
    var byte: UInt8
    var after: UInt8
  }

  private static let marks = Array("\n\r\t;,\"|".utf8)

  init(_ block: [UInt8]) {
    // The block may end within a character.
    let end = block.lastIndex { Self.marks.contains($0) } ?? block.endIndex
    let whole = block[..<(block.count < CSVReader.blockSize ? block.endIndex : end)]
    for field in whole.split(whereSeparator: Self.marks.contains) {
      let high = field.count { $0 >= 0x80 }
      guard high > 0 else { continue }
      guard String(validating: field, as: UTF8.self) == nil else {
        letters += field.count { $0 >= 0xC0 }
        continue
      }
      count += high
      fields.append(field)
      for index in field.indices where field[index] >= 0x80 {
        let before = index > field.startIndex ? field[index - 1] : 0
        let after = index + 1 < field.endIndex ? field[index + 1] : 0
        places[Place(before: before, byte: field[index], after: after), default: 0] += 1
      }
    }
  }

  /// Whether there are more than strays in a text of UTF-8.
  var isMuch: Bool { count > letters }
}

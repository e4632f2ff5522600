import GRDB
public import Telephony

extension PartyStore {
  /// How many parties are read before the best are chosen: bounds the work on a short text that
  /// very many parties match.
  private static let candidates = 300

  /// Parties whose code begins with `text`, or whose name and city have a word beginning with each word
  /// of it, in any case and with or without accents; at most `limit`.
  ///
  /// The party with that code first, with or without its zeros (`c123`: C00123), then names that begin with
  /// the text, codes that do, names with those words, and cities; alike ones by name.
  public func search(_ text: String, limit: Int) throws(StoreError) -> [ThirdPartySummary] {
    let wanted = text.storable.trimmed
    guard !wanted.isEmpty, limit > 0 else { return [] }
    let found = try open.use("searching the third parties") { connections in
      try connections.reader.read { db in
        try Self.candidates(db, wanted, limit).compactMap { id in
          try file.first(
            db, Self.things, "SELECT \(Self.summaryColumns) FROM party WHERE id = ?", [id]
          ) { try Self.summary($0) }
        }
      }
    }
    return Self.ranked(found, by: wanted, limit: limit)
  }

  /// The best of the parties for a text.
  static func ranked(
    _ found: [ThirdPartySummary], by text: String, limit: Int
  ) -> [ThirdPartySummary] {
    let ranking = SearchRanking(text.storable.trimmed)
    return found.map { (party: $0, rank: ranking.rank(of: $0), name: SearchText.folded($0.name)) }
      .sorted { ($0.rank, $0.name, $0.party.code) < ($1.rank, $1.name, $1.party.code) }
      .prefix(limit).map(\.party)
  }

  private static func candidates(
    _ db: Database, _ wanted: String, _ limit: Int
  ) throws -> Set<Int64> {
    // Longer than any code and, but for its beginning, than what tells names apart.
    let start = String(wanted.prefix(128))
    var found: Set<Int64> = []
    for code in Set([start, start.uppercased(), start.lowercased()]) {
      found.formUnion(try ids(db, byCode, [code, end(of: code), limit]))
    }
    for code in SearchRanking.longCodes(of: start) {
      found.formUnion(try ids(db, byWholeCode, [code]))
    }
    for name in beginnings(of: start) {
      found.formUnion(try ids(db, byName, [name, end(of: name), limit]))
    }
    let query = try SearchText.query(wanted) { try term(db, $0) }
    guard !query.isEmpty else { return found }
    return found.union(try ids(db, byWords, [query, max(limit, candidates)]))
  }

  private static let byCode =
    "SELECT id FROM party WHERE code >= ? AND code < ? ORDER BY code LIMIT ?"
  private static let byWholeCode = "SELECT id FROM party WHERE code = ?"
  private static let byName = """
    SELECT id FROM party WHERE name >= ? COLLATE NOCASE AND name < ? COLLATE NOCASE
    ORDER BY name COLLATE NOCASE LIMIT ?
    """
  private static let byWords = "SELECT rowid FROM party_search WHERE party_search MATCH ? LIMIT ?"

  /// What the index is asked for one word, which may be a beginning.
  ///
  /// The index has the beginnings of up to three letters. Of a longer one it gathers all parties before it
  /// tells the first, 12 ms for one word that 60 thousand have; so it is asked for the few words that begin so
  /// instead, which it tells one by one.
  private static func term(_ db: Database, _ word: String) throws -> String {
    guard word.unicodeScalars.count > 3, let words = try words(db, beginning: word) else {
      return "\"\(word)\"*"
    }
    // A word that nobody has stands for itself.
    return words.isEmpty
      ? "\"\(word)\"" : "(" + words.map { "\"\($0)\"" }.joined(separator: " OR ") + ")"
  }

  /// The index's words that begin with this one; nil when there are many, or when it has letters that the
  /// index's tokenizer may fold.
  private static func words(_ db: Database, beginning word: String) throws -> [String]? {
    guard word.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    let sql = "SELECT term FROM temp.party_term WHERE term >= ? AND term < ? LIMIT 1"
    var words: [String] = []
    var next = word
    while let found = try db.first(sql, [next, end(of: word)], { try $0.text(0) }) {
      guard words.count < mostWords else { return nil }
      words.append(found)
      // Straight behind it: a word has as many rows there as parties.
      next = found + "\u{1}"
    }
    return words
  }

  private static let mostWords = 20

  /// Makes the words of the index readable on a connection, before it searches.
  static func prepareSearch(_ db: Database) throws {
    try db.execute(
      sql: "CREATE VIRTUAL TABLE temp.party_term USING fts5vocab(main, party_search, instance)")
  }

  private static func ids(
    _ db: Database, _ sql: String, _ arguments: StatementArguments
  ) throws -> [Int64] {
    var ids: [Int64] = []
    try db.forEachRow(sql, arguments) { ids.append(try $0.number(0)) }
    return ids
  }

  /// What sorts behind everything that begins with the text.
  private static func end(of text: String) -> String { text + "\u{10FFFF}" }

  /// The beginnings of names that are sought in their own index, which knows no accents: the text, and it
  /// with an accent on its first letter, where most of those that matter stand.
  private static func beginnings(of text: String) -> [String] {
    guard let first = text.first, let plain = SearchText.folded(String(first)).first else {
      return [text]
    }
    let accented = ["a": "âÂàÀ", "c": "çÇ", "e": "éÉèÈêÊ", "i": "îÎ", "o": "ôÔöÖ", "u": "üÜ"]
    let others = (accented[String(plain)] ?? "").filter { $0 != first }
    return [text] + ([plain] + others).filter { $0 != first }.map { String($0) + text.dropFirst() }
  }
}

/// How well parties fit what was typed.
private struct SearchRanking {
  private let folded: String
  private let code: String
  private let words: [String]
  private let plain: String
  /// The words as they are written where there are no dots on letters.
  private let spelled: [String]?

  init(_ text: String) {
    folded = SearchText.folded(text)
    code = Self.withoutZeros(folded)
    words = SearchText.words(folded)
    plain = words.joined(separator: " ")
    spelled = SearchText.spelled(text).map { SearchText.words($0) }
  }

  /// 0 for the best.
  func rank(of party: ThirdPartySummary) -> Int {
    let name = SearchText.words(SearchText.folded(party.name)).joined(separator: " ")
    let code = SearchText.folded(party.code)
    if code == folded { return 0 }
    if Self.withoutZeros(code) == self.code { return 1 }
    if !plain.isEmpty, name.hasPrefix(plain) { return 2 }
    if code.hasPrefix(folded) { return 3 }
    let names = SearchText.words(SearchText.indexed(party.name).lowercased())
    let isNamed = { (words: [String]) in
      words.allSatisfy { word in names.contains { $0.hasPrefix(word) } }
    }
    return isNamed(words) || spelled.map(isNamed) ?? false ? 4 : 5
  }

  /// The codes that are this text with further zeros before its digits: `c123` may be C00123.
  static func longCodes(of text: String) -> [String] {
    let letters = text.prefix { $0.isASCII && $0.isLetter }
    let digits = text.dropFirst(letters.count)
    guard (1...8).contains(digits.count), digits.allSatisfy({ ("0"..."9").contains($0) }) else {
      return []
    }
    return Set([String(letters), letters.uppercased()]).flatMap { letters in
      (1...7).map { letters + String(repeating: "0", count: $0) + digits }
    }
  }

  /// A code without the zeros before its digits.
  private static func withoutZeros(_ code: String) -> String {
    guard let digit = code.firstIndex(where: { ("0"..."9").contains($0) }) else { return code }
    return String(code[..<digit] + code[digit...].drop { $0 == "0" })
  }
}

import GRDB
public import Telephony

extension PartyStore {
  /// How many parties are read before the best are chosen: bounds the work on a short text that
  /// very many parties match.
  private static let candidates = 300

  /// Parties whose code begins with `text`, or whose name and city have a word beginning with each word
  /// of it, in any case and with or without accents. The party with that code first, then names that
  /// begin with the text, then codes that do, then by name; at most `limit`.
  public func search(_ text: String, limit: Int) throws(StoreError) -> [ThirdPartySummary] {
    let wanted = text.storable.trimmed
    guard !wanted.isEmpty, limit > 0 else { return [] }
    let words = Self.words(wanted)
    let found = try explaining("searching the third parties", file.path) {
      try reader.read { db in
        let ids = try Set(
          [wanted, wanted.uppercased(), wanted.lowercased()].flatMap { code in
            try Self.ids(db, Self.byCode, [code, Self.end(of: code), limit])
          } + Self.ids(db, Self.byName, [wanted, Self.end(of: wanted), limit])
            + (words.isEmpty
              ? []
              : Self.ids(
                db, Self.byWords,
                [try Self.query(db, words), max(limit, Self.candidates)]))
        )
        let statement = try db.cachedStatement(
          sql: "SELECT \(Self.summaryColumns) FROM party WHERE id = ?")
        return try ids.compactMap { id in
          try Row.fetchOne(statement, arguments: [id]).map { Self.summary($0) }
        }
      }
    }
    let folded = wanted.lowercased()
    let ranked = found.map { party in
      let (name, code) = (party.name.lowercased(), party.code.lowercased())
      let rank =
        code == folded ? 0 : name.hasPrefix(folded) ? 1 : code.hasPrefix(folded) ? 2 : 3
      return (party: party, key: (rank, name, party.code))
    }
    return ranked.sorted { $0.key < $1.key }.prefix(limit).map(\.party)
  }

  private static let byCode =
    "SELECT id FROM party WHERE code >= ? AND code < ? ORDER BY code LIMIT ?"
  private static let byName = """
    SELECT id FROM party WHERE name >= ? COLLATE NOCASE AND name < ? COLLATE NOCASE
    ORDER BY name COLLATE NOCASE LIMIT ?
    """
  private static let byWords = "SELECT rowid FROM party_search WHERE party_search MATCH ? LIMIT ?"

  /// What the index is asked for: all of the words.
  ///
  /// The index has the beginnings of up to three letters. Of a longer one it gathers all parties before it
  /// tells the first, 12 ms for one word that 60 thousand have; so it is asked for the few words that begin so
  /// instead, which it tells one by one.
  private static func query(_ db: Database, _ words: [String]) throws -> String {
    try words.map { word in
      guard word.unicodeScalars.count > 3, let terms = try terms(db, beginning: word) else {
        return "\"\(word)\"*"
      }
      // A word that nobody has stands for itself.
      return terms.isEmpty
        ? "\"\(word)\"" : "(" + terms.map { "\"\($0)\"" }.joined(separator: " OR ") + ")"
    }
    .joined(separator: " AND ")
  }

  /// The index's words that begin with this one; nil when there are many, or when it has letters that only the
  /// index's tokenizer folds.
  private static func terms(_ db: Database, beginning word: String) throws -> [String]? {
    let folded = ImportColumn.folded(word)
    guard folded.count == word.count else { return nil }
    let statement = try db.cachedStatement(
      sql: "SELECT term FROM temp.party_term WHERE term >= ? AND term < ? LIMIT 1")
    var terms: [String] = []
    var next = folded
    while let term = try String.fetchOne(statement, arguments: [next, end(of: folded)]) {
      guard terms.count < mostTerms else { return nil }
      terms.append(term)
      // Straight behind it: a word has as many rows there as parties.
      next = term + "\u{1}"
    }
    return terms
  }

  private static let mostTerms = 20

  /// Makes the words of the index readable on a connection, before it searches.
  static func prepareSearch(_ db: Database) throws {
    try db.execute(
      sql: "CREATE VIRTUAL TABLE temp.party_term USING fts5vocab(main, party_search, instance)")
  }

  private static func ids(
    _ db: Database, _ sql: String, _ arguments: StatementArguments
  ) throws -> [Int64] {
    try Int64.fetchAll(db.cachedStatement(sql: sql), arguments: arguments)
  }

  /// What sorts behind everything that begins with the text.
  private static func end(of text: String) -> String { text + "\u{10FFFF}" }

  /// The runs of letters and digits, as the index's tokenizer cuts them: nothing of the query
  /// language can remain in them.
  private static func words(_ text: String) -> [String] {
    let runs = text.unicodeScalars.split { scalar in
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
        .decimalNumber, .letterNumber, .otherNumber, .nonspacingMark, .privateUse:
        false
      default: true
      }
    }
    return runs.map { String($0) }
  }
}

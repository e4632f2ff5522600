import GRDB
public import Telephony

extension PartyStore {
  /// How many parties are read before the best are chosen: bounds the work on a short text that
  /// very many parties match.
  private static let candidates = 300

  /// Parties whose name, city or code has a word beginning with each word of `text`, in any case
  /// and with or without accents. The party with that code first, then names that begin with the
  /// text, then by name; at most `limit`.
  public func search(_ text: String, limit: Int) throws(StoreError) -> [ThirdPartySummary] {
    let words = Self.words(text)
    guard !words.isEmpty, limit > 0 else { return [] }
    let wanted = text.trimmed.lowercased()
    let found = try explaining("searching the third parties", file.path) {
      try reader.unsafeRead { db in
        let statement = try db.cachedStatement(
          sql: """
            SELECT \(Self.summaryColumns) FROM party WHERE code = ?1
            UNION
            SELECT \(Self.summaryColumns) FROM party WHERE id IN
              (SELECT rowid FROM party_search WHERE party_search MATCH ?2 LIMIT ?3)
            """)
        let query = words.map { "\"\($0)\"*" }.joined(separator: " ")
        let rows = try Row.fetchAll(
          statement, arguments: [text.trimmed, query, max(limit, Self.candidates)])
        return rows.map { Self.summary($0) }
      }
    }
    let ranked = found.map { party in
      let name = party.name.lowercased()
      let rank = party.code.lowercased() == wanted ? 0 : name.hasPrefix(wanted) ? 1 : 2
      return (party: party, key: (rank, name, party.code))
    }
    return ranked.sorted { $0.key < $1.key }.prefix(limit).map(\.party)
  }

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

import Telephony

/// The SQL of an import: what a row does to the staged parties, and what stays of the live ones.
enum ImportStatements {
  /// A party's first row. ?1 code, ?2 a fresh row number, ?3 kind, ?4... the texts.
  ///
  /// A party that the store knows keeps its row number, and keeps what stands in columns that the
  /// file does not have; an empty name is no name, and keeps the old one too.
  static func insertParty(_ columns: Set<ImportColumn>) -> String {
    let old = { (column: String) in "(SELECT \(column) FROM party WHERE code = ?1)" }
    let texts = ImportRow.texts.enumerated().map { index, text in
      let value = "?\(index + 4)"
      let keepsOld = text.column == .name || !columns.contains(text.column)
      return keepsOld ? "coalesce(nullif(\(value), ''), \(old(text.name)), '')" : value
    }
    let kind = columns.contains(.kind) ? "coalesce(?3, '')" : "coalesce(?3, \(old("kind")), '')"
    return """
      INSERT INTO next_party (id, code, kind, source, source_key,
        \(ImportRow.texts.map(\.name).joined(separator: ", ")))
      VALUES (coalesce(\(old("id")), ?2), ?1, \(kind), coalesce(\(old("source")), 0),
        coalesce(\(old("source_key")), ''), \(texts.joined(separator: ", ")))
      RETURNING id
      """
  }

  /// A further row of a party fills what the earlier ones left empty; `contact` tells what the row
  /// is rather than what the party is, and gives way. ?1 row number, ?2 kind, ?3... the texts.
  static let mergeParty: String = {
    let texts = ImportRow.texts.enumerated().map { index, text in
      "\(text.name) = CASE \(text.name) WHEN '' THEN ?\(index + 3) ELSE \(text.name) END"
    }
    return """
      UPDATE next_party SET
        kind = CASE WHEN kind IN ('', 'contact') THEN coalesce(?2, kind) ELSE kind END,
        \(texts.joined(separator: ", "))
      WHERE id = ?1
      """
  }()

  /// Parties that the file does not hold stay, and of those it holds the numbers for a use that has no
  /// column in it.
  static func change(_ columns: Set<ImportColumn>) -> StagedChange {
    let uses = ImportRow.uses.filter { columns.contains($0.column) }.map { "'\($0.use.rawValue)'" }
    let contacts = columns.contains(.contact) ? "0" : "number.key IS NULL"
    return StagedChange(
      stays: "NOT EXISTS (SELECT 1 FROM next_party WHERE next_party.code = party.code)",
      keeps: """
        \(contacts) OR (number.key IS NOT NULL AND number.use NOT IN (\(uses.joined(separator: ", "))))
        """)
  }
}

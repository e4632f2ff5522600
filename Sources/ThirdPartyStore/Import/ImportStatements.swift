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

  /// What a party's own row says after rows of its contact persons: in the place of what the store had. ?1 row
  /// number, ?2 kind, ?3... the texts.
  static let replaceParty: String = {
    let texts = ImportRow.texts.enumerated().map { index, text in
      "\(text.name) = coalesce(nullif(?\(index + 3), ''), \(text.name))"
    }
    return
      "UPDATE next_party SET kind = coalesce(?2, kind), \(texts.joined(separator: ", ")) WHERE id = ?1"
  }()

  /// For each staged party the line of its first row, and whether a row was the party's own.
  static let createOrigins = """
    CREATE TABLE next_origin (party INTEGER PRIMARY KEY, line INTEGER NOT NULL, own INTEGER NOT NULL)
    """

  /// Whom the file does not mention: where a file has a card for each person, these may be of some of an
  /// organization's people only.
  private static func unmentioned(isCards: Bool) -> String {
    let madeOfName =
      isCards
      ? "1"
      : "EXISTS (SELECT 1 FROM next_party p WHERE p.id = number.party AND p.code >= '~' AND p.code < '~~')"
    return """
      (\(madeOfName) AND CASE number.contact
        WHEN '' THEN EXISTS (SELECT 1 FROM next_origin o WHERE o.party = number.party AND NOT o.own)
        ELSE NOT EXISTS (SELECT 1 FROM next_number n
          WHERE n.party = number.party AND n.contact = number.contact) END)
      """
  }

  /// Parties that the file does not hold stay, and of those it holds the numbers for a use that has no
  /// column in it, and of people whom it does not mention.
  static func change(_ columns: Set<ImportColumn>, isCards: Bool) -> StagedChange {
    let uses = ImportRow.uses.filter { columns.contains($0.column) }.map { "'\($0.use.rawValue)'" }
    let contacts =
      columns.contains(.contact) ? unmentioned(isCards: isCards) : "number.contact > ''"
    return StagedChange(
      stays: "NOT EXISTS (SELECT 1 FROM next_party WHERE next_party.code = party.code)",
      keeps: """
        \(contacts) OR (number.key IS NOT NULL AND number.use NOT IN (\(uses.joined(separator: ", "))))
        """)
  }
}

import Telephony

/// The SQL of an import: what a row does to the next generation of the parties, and what is carried
/// over from the live one.
extension PartyStaging {
  /// A party's first row. ?1 code, ?2 a fresh row number, ?3 kind, ?4... the texts.
  ///
  /// A party that the store knows keeps its row number, and keeps what stands in columns that the
  /// file does not have; an empty name is no name, and keeps the old one too.
  static func insertParty(_ header: ImportHeader) -> String {
    let old = { (column: String) in "(SELECT \(column) FROM party WHERE code = ?1)" }
    let texts = ImportRow.texts.enumerated().map { index, text in
      let value = "?\(index + 4)"
      let keepsOld = text.column == .name || !header.has(text.column)
      return keepsOld ? "coalesce(nullif(\(value), ''), \(old(text.name)), '')" : value
    }
    let kind = header.has(.kind) ? "coalesce(?3, '')" : "coalesce(?3, \(old("kind")), '')"
    return """
      INSERT INTO next_party (id, code, kind, \(ImportRow.texts.map(\.name).joined(separator: ", ")))
      VALUES (coalesce(\(old("id")), ?2), ?1, \(kind), \(texts.joined(separator: ", ")))
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

  /// Makes parties of the file findable by words. ?1...?2: their row numbers, as in all that follow.
  static let indexStaged = """
    INSERT INTO next_party_search (rowid, name, city, code)
    SELECT id, name, city, code FROM next_party WHERE id BETWEEN ?1 AND ?2
    """

  private static let isElsewhere =
    "NOT EXISTS (SELECT 1 FROM next_party WHERE next_party.code = party.code)"

  /// Numbers of parties that the file does not hold, and of those it holds the numbers for a use
  /// that has no column in it.
  static func carryNumbers(_ header: ImportHeader) -> String {
    let uses = ImportRow.uses.filter { header.has($0.column) }.map { "'\($0.use.rawValue)'" }
    let contacts = header.has(.contact) ? "0" : "number.key IS NULL"
    return """
      INSERT INTO next_number (party, key, kind, tail, use, contact, text)
      SELECT number.party, number.key, number.kind, number.tail, number.use, number.contact,
        number.text
      FROM party JOIN number ON number.party = party.id
      WHERE party.id BETWEEN ?1 AND ?2 AND (\(isElsewhere) OR \(contacts)
        OR (number.key IS NOT NULL AND number.use NOT IN (\(uses.joined(separator: ", ")))))
      ORDER BY number.id
      """
  }

  static let carryIndex = """
    INSERT INTO next_party_search (rowid, name, city, code)
    SELECT id, name, city, code FROM party WHERE id BETWEEN ?1 AND ?2 AND \(isElsewhere)
    """

  static let carryParties = """
    INSERT INTO next_party SELECT * FROM party WHERE id BETWEEN ?1 AND ?2 AND \(isElsewhere)
    """
}

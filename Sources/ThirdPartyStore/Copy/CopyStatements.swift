/// The SQL of a copy. Sources stand in it as the numbers of their rows in `copy`.
enum CopyStatements {
  /// The keys that a copy names: `seen` those that came or are gone, the others as owners only. `party`
  /// is the row number of the party, of a contact person that of the owner; NULL when it is gone.
  static let createKeys = """
    CREATE TABLE next_key (key TEXT PRIMARY KEY NOT NULL, party INTEGER, seen INTEGER NOT NULL)
    WITHOUT ROWID, STRICT
    """

  /// The source's exception numbers; collaborator '': they hold for everybody.
  static let createExceptions = """
    CREATE TABLE next_exception (
      pattern TEXT NOT NULL, collaborator TEXT NOT NULL, comment TEXT NOT NULL,
      PRIMARY KEY (pattern, collaborator)) WITHOUT ROWID, STRICT
    """

  static let insertException =
    "INSERT OR REPLACE INTO next_exception (pattern, collaborator, comment) VALUES (?, ?, ?)"

  /// Puts the staged exception numbers in the place of those of the source ?1, where they differ.
  static let replaceExceptions = [
    """
    DELETE FROM exception WHERE source = ?1 AND (pattern, collaborator, comment) NOT IN
      (SELECT pattern, collaborator, comment FROM next_exception)
    """,
    """
    INSERT OR IGNORE INTO exception (source, pattern, collaborator, comment)
    SELECT ?1, pattern, collaborator, comment FROM next_exception
    """,
  ]

  static let removeKey = """
    INSERT INTO next_key (key, party, seen) VALUES (?, NULL, 1) ON CONFLICT DO UPDATE SET seen = 1
    """

  /// A party's first row. ?1 row number, ?2 source, ?3 key, ?4 code, ?5 kind, ?6... the texts.
  static let insertParty: String = {
    let names = ImportRow.texts.map(\.name)
    let values = names.indices.map { "?\($0 + 6)" }
    return """
      INSERT INTO next_party (id, source, source_key, code, kind, \(names.joined(separator: ", ")))
      VALUES (?1, ?2, ?3, ?4, ?5, \(values.joined(separator: ", ")))
      """
  }()

  /// Whether another party has the code ?1 than the one with the row number ?2. A full copy leaves the
  /// codes of its own source behind, a copy of changes those that the parties it names had.
  static func isTaken(_ source: Int64, _ extent: PartyCopy.Extent) -> String {
    let isLeft =
      switch extent {
      case .full: "1"
      case .changes:
        "EXISTS (SELECT 1 FROM next_key WHERE key = party.source_key AND seen)"
      }
    return """
      SELECT 1 FROM next_party WHERE code = ?1
      UNION ALL SELECT 1 FROM party
      WHERE code = ?1 AND id <> ?2 AND NOT (source = \(source) AND \(isLeft))
      """
  }

  /// Stages the live parties that own a contact person of a copy of changes, as they are.
  static func stageOwners(_ source: Int64) -> String {
    """
    INSERT INTO next_party SELECT party.* FROM next_key CROSS JOIN party
      ON source = \(source) AND source > 0 AND source_key = key WHERE NOT seen
    """
  }

  /// Stages the contact persons of parties that are gone by a copy of changes, if they are not gone themselves.
  static func stageLeftBehind(_ source: Int64) -> String {
    """
    INSERT INTO next_number (party, key, kind, tail, use, contact, text, contact_key)
    SELECT n.party, n.key, n.kind, n.tail, n.use, n.contact, n.text, n.contact_key
    FROM next_key k CROSS JOIN party p ON p.source = \(source) AND p.source > 0 AND p.source_key = k.key
      CROSS JOIN number n ON n.party = p.id
    WHERE k.seen AND n.contact_key > ''
      AND NOT EXISTS (SELECT 1 FROM next_party WHERE id = p.id)
      AND NOT EXISTS (SELECT 1 FROM next_key o WHERE o.key = n.contact_key AND o.seen)
    """
  }

  /// Some contact persons whose party has not come, with the row number that it would have.
  static func strays(_ extent: PartyCopy.Extent) -> String {
    let homeless =
      switch extent {
      case .full:
        """
        party IN (SELECT party FROM next_key
          WHERE NOT EXISTS (SELECT 1 FROM next_party WHERE id = next_key.party))
        """
      case .changes: "NOT EXISTS (SELECT 1 FROM next_party WHERE id = next_number.party)"
      }
    return """
      SELECT contact_key, max(contact), party FROM next_number
      WHERE contact_key > '' AND \(homeless) GROUP BY contact_key LIMIT 2000
      """
  }

  /// How many parties an earlier copy made of contact persons.
  static func countAlone(_ source: Int64) -> String {
    """
    SELECT count(*) FROM party
    WHERE source = \(source) AND source > 0 AND kind = 'contact' AND code >= '#' AND code < '$'
    """
  }

  /// How many numbers a full copy brings, and how many the source has.
  static let countNextNumbers = "SELECT count(*) FROM next_number WHERE key IS NOT NULL"
  static func countNumbers(_ source: Int64) -> String {
    """
    SELECT count(*) FROM number WHERE key IS NOT NULL
      AND party IN (SELECT id FROM party WHERE source = \(source) AND source > 0)
    """
  }

  /// A full copy: of its source nothing stays.
  static func full(_ source: Int64) -> StagedChange {
    StagedChange(
      stays:
        "source <> \(source) AND NOT EXISTS (SELECT 1 FROM next_party n WHERE n.id = party.id)",
      keeps: "0")
  }

  /// A copy of changes: what the source had of the keys goes, a contact person from whatever party.
  static func changes(_ source: Int64) -> StagedChange {
    StagedChange(
      stays: "0",
      keeps: """
        NOT EXISTS (SELECT 1 FROM next_key WHERE seen AND key =
          CASE number.contact_key WHEN '' THEN next_party.source_key ELSE number.contact_key END)
        """,
      gone: named(source),
      strays: """
        contact_key > '' AND contact_key IN (SELECT key FROM next_key WHERE seen)
          AND \(source) = (SELECT source FROM party WHERE id = number.party)
        """)
  }

  private static func named(_ source: Int64) -> String {
    """
    SELECT id FROM next_key CROSS JOIN party
      ON source = \(source) AND source > 0 AND source_key = key WHERE seen
    """
  }

  static func countGone(_ source: Int64) -> String {
    "SELECT count(*) FROM (\(named(source))) WHERE id NOT IN (SELECT id FROM next_party)"
  }
}

import GRDB

/// The file of third parties.
///
/// `party` and `number` are what lookups read; `party_search` finds parties by words. An import or a copy
/// fills `next_…` twins of the three and then swaps the names, so that a lookup meets either all
/// of the old parties or all of the new ones, and waits for neither. `copy` has a row for each source
/// that parties are copied from.
enum PartySchema {
  /// Brings a file up to date; what becomes of wrong cells goes to `tell`.
  static func migrator(telling tell: @escaping @Sendable (StrictTables) -> Void) -> DatabaseMigrator
  {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("parties 1") { db in
      try db.execute(
        sql: """
          CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
          INSERT INTO counter VALUES ('party', 1);
          """)
      try createTables(db, prefix: "", generation: 1)
      for statement in lookupIndexes(prefix: "", generation: 1) { try db.execute(sql: statement) }
    }
    migrator.registerMigration("parties 2") { db in
      try db.execute(
        sql: """
          CREATE TABLE copy (
            id INTEGER PRIMARY KEY, source TEXT NOT NULL UNIQUE, mark TEXT, parties INTEGER NOT NULL,
            full_at INTEGER, changed_at INTEGER);
          """)
      // Of a file that is new, the tables have the columns of copies.
      guard try !db.columns(in: "party").contains(where: { $0.name == "source" }) else { return }
      try db.execute(
        sql: """
          ALTER TABLE party ADD COLUMN source INTEGER NOT NULL DEFAULT 0;
          ALTER TABLE party ADD COLUMN source_key TEXT NOT NULL DEFAULT '';
          ALTER TABLE number ADD COLUMN contact_key TEXT NOT NULL DEFAULT '';
          """)
      let generation = try nextGeneration(db) - 1
      for statement in secondIndexes(prefix: "", generation: generation) {
        try db.execute(sql: statement)
      }
    }
    migrator.registerMigration("parties 3") { db in
      try db.execute(
        sql: """
          ALTER TABLE copy ADD COLUMN refused_at INTEGER;
          ALTER TABLE copy ADD COLUMN refusal TEXT;
          """)
    }
    // The index of words held names as they are written.
    migrator.registerMigration("parties 4") { try remakeSearch($0) }
    migrator.registerMigration("parties cells") { db in
      var tables = StrictTables(strictTables)
      try tables.apply(db)
      // The parties that had to go, go with their numbers; the index must forget what it was told.
      try db.execute(sql: "DELETE FROM number WHERE party NOT IN (SELECT id FROM party)")
      if tables.dropped + tables.mended > 0 { try remakeSearch(db) }
      tell(tables)
    }
    migrator.registerMigration("parties exceptions") { db in
      try db.execute(
        sql: """
          -- The exception numbers of each source of copies; collaborator '': they hold for everybody.
          CREATE TABLE exception (
            source INTEGER NOT NULL, pattern TEXT NOT NULL, collaborator TEXT NOT NULL,
            comment TEXT NOT NULL, PRIMARY KEY (source, pattern, collaborator)
          ) WITHOUT ROWID, STRICT;
          """)
    }
    // The index of words held no `mueller` for Müller.
    migrator.registerMigration("parties 5") { try remakeSearch($0) }
    // Its index began with the key: SQLite took the one of all keys in its place, and read that to its beginning.
    migrator.registerMigration("parties ranges") { _ in }
    migrator.registerMigration("parties ranges by kind") { db in
      let generation = try nextGeneration(db) - 1
      try db.execute(
        sql: """
          DROP INDEX IF EXISTS number_by_range_\(generation);
          \(rangeIndex(prefix: "", generation: generation));
          """)
    }
    return migrator
  }

  /// The ranges, of which a lookup reads the one that is nearest to a number.
  private static func rangeIndex(prefix: String, generation: Int64) -> String {
    """
    CREATE INDEX number_by_range_\(generation) ON \(prefix)number (kind, key)
      WHERE kind = \(StoredKey.Kind.range.rawValue)
    """
  }

  private static let strictTables: [StrictTables.Table] = [
    .init(name: "counter", needed: ["name", "value"]),
    .init(name: "copy", needed: ["source"]),
    .init(name: "party", needed: ["code", "source", "source_key"]),
    .init(name: "number", needed: ["party", "key", "kind", "tail"]),
  ]

  /// What ``SearchText`` makes of the parties, for the index of words. What that is told to forget must be
  /// what it was told: when the function changes, a migration makes the index anew.
  static let searched = "id, search_words(name), search_words(city)"

  private static func remakeSearch(_ db: Database) throws {
    try db.execute(
      sql: """
        DROP TABLE party_search;
        \(createSearch(prefix: ""));
        INSERT INTO party_search (rowid, name, city) SELECT \(searched) FROM party;
        """)
  }

  private static func createSearch(prefix: String) -> String {
    """
    CREATE VIRTUAL TABLE \(prefix)party_search USING fts5 (
      name, city, content='', columnsize=0, detail=none, prefix='1 2 3',
      tokenize="unicode61 remove_diacritics 2")
    """
  }

  /// Makes the three tables under `prefix`, without the indexes for lookups. Indexes keep their names
  /// when a table is renamed: the generation keeps those of two imports apart.
  ///
  /// `kind` is ``StoredKey/Kind``; a contact person without a number has a row
  /// whose key is NULL. `text` is what was written, where the key does not tell it; of a related key the
  /// number that it belongs to. `source` is
  /// `copy.id`, 0: an import or the window; `source_key` and `contact_key` are the source's own keys
  /// of the party and of the contact person.
  static func createTables(_ db: Database, prefix: String, generation: Int64) throws {
    try db.execute(
      sql: """
        CREATE TABLE \(prefix)party (
          id INTEGER PRIMARY KEY, code TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
          address TEXT NOT NULL, zip TEXT NOT NULL, city TEXT NOT NULL, country TEXT NOT NULL,
          email TEXT NOT NULL, remarks TEXT NOT NULL, source INTEGER NOT NULL DEFAULT 0,
          source_key TEXT NOT NULL DEFAULT '') STRICT;
        CREATE UNIQUE INDEX party_by_code_\(generation) ON \(prefix)party (code);
        CREATE TABLE \(prefix)number (
          id INTEGER PRIMARY KEY, party INTEGER NOT NULL, key TEXT, kind INTEGER, tail INTEGER,
          use TEXT NOT NULL, contact TEXT NOT NULL, text TEXT NOT NULL,
          contact_key TEXT NOT NULL DEFAULT '') STRICT;
        CREATE INDEX number_by_party_\(generation) ON \(prefix)number (party, key);
        \(createSearch(prefix: prefix));
        """)
  }

  /// The indexes that a lookup reads. An import makes them last, sorted: numbers come in no order, and
  /// writing each to its place as it comes costs ten times as much.
  ///
  /// The one on the key covers all that a lookup wants of a number, so that it reads one page of the
  /// index and one of the party. Those on the last eight digits are two, because a complete number is
  /// asked for among the few incomplete ones only.
  static func lookupIndexes(prefix: String, generation: Int64) -> [String] {
    [
      """
      CREATE INDEX number_by_key_\(generation) ON \(prefix)number (key, kind, party, contact)
        WHERE key IS NOT NULL
      """,
      """
      CREATE INDEX number_complete_\(generation) ON \(prefix)number (tail) WHERE kind = 1
      """,
      """
      CREATE INDEX number_incomplete_\(generation) ON \(prefix)number (tail) WHERE kind >= 2
      """,
      rangeIndex(prefix: prefix, generation: generation),
    ] + secondIndexes(prefix: prefix, generation: generation)
  }

  /// The indexes that files of 0.1.0 lack: for names that begin with what was typed, and for a copy, which
  /// finds by them what it brought before.
  private static func secondIndexes(prefix: String, generation: Int64) -> [String] {
    [
      "CREATE INDEX party_by_name_\(generation) ON \(prefix)party (name COLLATE NOCASE)",
      """
      CREATE UNIQUE INDEX party_by_source_\(generation) ON \(prefix)party (source, source_key)
        WHERE source > 0
      """,
      """
      CREATE INDEX number_by_contact_\(generation) ON \(prefix)number (contact_key)
        WHERE contact_key > ''
      """,
    ]
  }

  static let tables = ["party", "number", "party_search"]

  /// Drops what an import or a copy left under `prefix`.
  static func dropTables(_ db: Database, prefix: String) throws {
    for table in tables + ["key", "exception", "origin"] {
      try db.execute(sql: "DROP TABLE IF EXISTS \(prefix)\(table)")
    }
  }

  /// Takes `count` fresh row numbers for parties, and returns the first.
  static func reserveParties(_ db: Database, count: Int) throws -> Int64 {
    // Behind every party that there is, whatever the counter says.
    let counted = try db.first("SELECT value FROM counter WHERE name = 'party'") { cells in
      (try? cells.number(0, in: Cells.counts)) ?? 1
    }
    let last = try db.number(
      "SELECT max(id) FROM party WHERE id <= ?", [Cells.counts.upperBound], in: Cells.numbers)
    let first = max(counted ?? 1, (last ?? 0) + 1)
    try db.execute(
      sql: "INSERT OR REPLACE INTO counter (name, value) VALUES ('party', ?)",
      arguments: [first + Int64(clamping: min(count, 1 << 40))])
    return first
  }

  /// A generation that no table has: the indexes say theirs.
  static func nextGeneration(_ db: Database) throws -> Int64 {
    let index = "party_by_code_"
    let latest = try db.number(
      """
      SELECT max(CAST(substr(name, length(?1) + 1) AS INTEGER)) FROM sqlite_schema
      WHERE type = 'index' AND substr(name, 1, length(?1)) = ?1
      """, [index], in: Cells.counts)
    return (latest ?? 0) + 1
  }
}

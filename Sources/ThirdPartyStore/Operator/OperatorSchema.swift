import GRDB

/// The file of the operator's own data, which no import and no copy of an ERP touches.
enum OperatorSchema {
  /// Brings a file up to date; what becomes of wrong cells goes to `tell`.
  static func migrator(telling tell: @escaping @Sendable (StrictTables) -> Void) -> DatabaseMigrator
  {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("operator 1") { db in
      try db.execute(
        sql: """
          -- `at` [ms since 1970], `zone` local minus UTC [s].
          CREATE TABLE journal (
            key TEXT NOT NULL PRIMARY KEY, at INTEGER NOT NULL, zone INTEGER NOT NULL, number TEXT,
            text TEXT NOT NULL, is_withheld INTEGER NOT NULL, name TEXT, code TEXT,
            outcome TEXT NOT NULL, reason TEXT, duration INTEGER);
          CREATE INDEX journal_by_time ON journal (at);
          CREATE INDEX journal_by_code ON journal (code, at) WHERE code IS NOT NULL;
          CREATE INDEX journal_by_number ON journal (number, at) WHERE number IS NOT NULL;
          -- collaborator '': whoever uses this file.
          CREATE TABLE exception (
            pattern TEXT NOT NULL, collaborator TEXT NOT NULL, comment TEXT NOT NULL,
            PRIMARY KEY (pattern, collaborator)) WITHOUT ROWID;
          CREATE TABLE choice (number TEXT PRIMARY KEY NOT NULL, code TEXT NOT NULL) WITHOUT ROWID;
          CREATE TABLE attachment (
            number TEXT NOT NULL, kind INTEGER NOT NULL, code TEXT NOT NULL,
            PRIMARY KEY (number, kind, code)) WITHOUT ROWID;
          CREATE INDEX attachment_by_code ON attachment (code);
          CREATE TABLE option (key TEXT PRIMARY KEY NOT NULL, text TEXT NOT NULL) WITHOUT ROWID;
          -- On a party, or on the number of an unknown caller: the other one is ''.
          CREATE TABLE note (
            id INTEGER PRIMARY KEY, code TEXT NOT NULL, number TEXT NOT NULL, at INTEGER NOT NULL,
            zone INTEGER NOT NULL, text TEXT NOT NULL);
          CREATE INDEX note_by_subject ON note (code, number, at);
          """)
    }
    migrator.registerMigration("operator 2") { db in
      try db.execute(
        sql: """
          -- The ERP's key of the party, which its code may leave; '': it has none.
          ALTER TABLE journal ADD COLUMN source_key TEXT NOT NULL DEFAULT '';
          ALTER TABLE choice ADD COLUMN source_key TEXT NOT NULL DEFAULT '';
          ALTER TABLE note ADD COLUMN source_key TEXT NOT NULL DEFAULT '';
          CREATE TABLE attachment_2 (
            number TEXT NOT NULL, kind INTEGER NOT NULL, code TEXT NOT NULL,
            source_key TEXT NOT NULL DEFAULT '',
            PRIMARY KEY (number, kind, code, source_key)) WITHOUT ROWID;
          INSERT INTO attachment_2 SELECT number, kind, code, '' FROM attachment;
          DROP TABLE attachment;
          ALTER TABLE attachment_2 RENAME TO attachment;
          CREATE INDEX attachment_by_code ON attachment (code);
          CREATE INDEX journal_by_source ON journal (source_key, at) WHERE source_key > '';
          CREATE INDEX attachment_by_source ON attachment (source_key) WHERE source_key > '';
          CREATE INDEX note_by_source ON note (source_key, at) WHERE source_key > '';
          """)
    }
    migrator.registerMigration("operator cells") { db in
      var tables = StrictTables(Self.tables)
      try tables.apply(db)
      tell(tables)
    }
    migrator.registerMigration("operator receipts") { db in
      try db.execute(
        sql: """
          -- The names of the inbox's events that the journal has, until the inbox knows that.
          CREATE TABLE receipt (
            event TEXT NOT NULL PRIMARY KEY, line TEXT NOT NULL, at INTEGER NOT NULL
          ) STRICT, WITHOUT ROWID;
          """)
    }
    migrator.registerMigration("operator lines") { db in
      try db.execute(
        sql: """
          -- Which of the company's numbers was called, in normal form, and over which line; '': not told.
          ALTER TABLE journal ADD COLUMN called TEXT NOT NULL DEFAULT '';
          ALTER TABLE journal ADD COLUMN line TEXT NOT NULL DEFAULT '';
          """)
    }
    migrator.registerMigration("operator forgetting") { db in
      try db.execute(
        sql: """
          -- Lines that are gone by wish, which no inbox brings back; `at`: since when [ms since 1970]. The line '':
          -- everything from before `at` is.
          CREATE TABLE forgotten (
            line TEXT NOT NULL PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
          """)
    }
    migrator.registerMigration("operator stories") { db in
      try db.execute(
        sql: """
          -- How long it rang [s], how sure the name was, who told of it, and whether the operator marked it as done.
          ALTER TABLE journal ADD COLUMN rang INTEGER;
          ALTER TABLE journal ADD COLUMN certainty TEXT NOT NULL DEFAULT '';
          ALTER TABLE journal ADD COLUMN sources TEXT NOT NULL DEFAULT '';
          ALTER TABLE journal ADD COLUMN is_done INTEGER NOT NULL DEFAULT 0;
          """)
    }
    return migrator
  }

  /// The tables. A journal line without its number is still a call, an exception without its collaborator
  /// would hold for everybody.
  private static let tables: [StrictTables.Table] = [
    .init(name: "journal", needed: ["key", "at"]),
    .init(name: "exception", needed: ["pattern", "collaborator"]),
    .init(name: "choice", needed: ["number", "code", "source_key"]),
    .init(name: "attachment", needed: ["number", "kind", "code", "source_key"]),
    .init(name: "option", needed: ["key", "text"]),
    .init(name: "note", needed: ["code", "source_key", "number"]),
  ]
}

import GRDB

/// The file of the operator's own data, which no import and no copy of an ERP touches.
enum OperatorSchema {
  static var migrator: DatabaseMigrator {
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
    return migrator
  }
}

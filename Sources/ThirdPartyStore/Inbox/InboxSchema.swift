import GRDB

/// The file of an inbox: what a window has acknowledged, until the journal has it.
enum InboxSchema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("inbox 1") { db in
      try db.execute(
        sql: """
          -- `at` [ms since 1970]; `line`: the journal's line, once it has the event; `event` NULL: nothing but
          -- the name is kept, for good, so that a message that comes again is known.
          CREATE TABLE event (
            id TEXT NOT NULL PRIMARY KEY, at INTEGER NOT NULL, event TEXT, line TEXT,
            is_settled INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
          CREATE INDEX event_by_time ON event (at) WHERE event IS NOT NULL;
          """)
    }
    return migrator
  }
}

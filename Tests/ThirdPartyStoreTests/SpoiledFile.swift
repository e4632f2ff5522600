import GRDB
import Testing

/// A file of the store in which another program has written what ScreenPop never writes.
struct SpoiledFile {
  /// What stands in the cell instead, in SQL.
  static let values = [
    "NULL", "9223372036854775807", "1.5", "-9e999", "'abc'", "x'00FF80'", "'a' || char(0) || 'b'",
    "CAST(x'41FF42' AS TEXT)",
  ]

  /// A column of a table.
  struct Cell: Hashable, Sendable, CustomTestStringConvertible {
    var table: String
    var column: String
    var testDescription: String { "\(table).\(column)" }
  }

  let path: String

  /// The columns of all tables, those included that SQLite and GRDB keep for themselves.
  func cells() throws -> [Cell] {
    try queue().read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT t.name, c.name FROM pragma_table_list t JOIN pragma_table_info(t.name) c
          WHERE t.schema = 'main' AND t.type IN ('table', 'shadow') AND t.name <> 'sqlite_schema'
          ORDER BY t.name, c.cid
          """
      ).compactMap { row in
        guard let table = String.fromDatabaseValue(row[0]) else { return nil }
        return String.fromDatabaseValue(row[1]).map { Cell(table: table, column: $0) }
      }
    }
  }

  /// Puts a value into the column of every row, whatever the table declares; false when it cannot stand there, as
  /// no text can be a row's number.
  func put(_ value: String, into cell: Cell) throws -> Bool {
    let table = cell.table
    let declared = try declare(table) { sql in
      for word in [", STRICT", " STRICT", " NOT NULL", " TEXT"] {
        sql = sql.replacing(word, with: "")
      }
      sql = sql.replacing("INTEGER PRIMARY KEY", with: "INT_KEY").replacing(" INTEGER", with: "")
        .replacing("INT_KEY", with: "INTEGER PRIMARY KEY")
    }
    // The connection that spoils reads the declarations that let it.
    let isPut =
      (try? queue().write { db in
        try db.execute(sql: "UPDATE OR REPLACE \(table) SET \(cell.column) = \(value)")
      }) != nil
    _ = try declare(table) { $0 = declared }
    return isPut
  }

  /// Changes what the table declares; what it declared.
  private func declare(_ table: String, _ change: (inout String) -> Void) throws -> String {
    try queue().writeWithoutTransaction { db in
      let before =
        try String.fetchOne(
          db, sql: "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?",
          arguments: [table]) ?? ""
      var after = before
      change(&after)
      let version = try Int.fetchOne(db, sql: "PRAGMA schema_version") ?? 0
      try db.execute(sql: "PRAGMA writable_schema = ON")
      try db.execute(
        sql: "UPDATE sqlite_schema SET sql = ? WHERE type = 'table' AND name = ?",
        arguments: [after, table])
      try db.execute(
        sql: "PRAGMA schema_version = \(version + 1); PRAGMA writable_schema = RESET")
      return before
    }
  }

  private func queue() throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.prepareDatabase { db in
      db.add(function: DatabaseFunction("search_words", argumentCount: 1, pure: true) { $0[0] })
    }
    return try DatabaseQueue(path: path, configuration: configuration)
  }
}

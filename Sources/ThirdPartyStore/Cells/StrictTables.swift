import GRDB

/// Makes the tables of a file of an earlier release STRICT, so that from then on SQLite itself keeps wrong
/// cells out.
///
/// What a wrong cell says goes with its row where the row means nothing without it; elsewhere a text is
/// taken for what it says, and is empty where it says nothing. The tables are changed in place: a million
/// parties written anew would need as much of the disk again, and STRICT is no part of how rows lie in a file
/// (https://www.sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes").
struct StrictTables {
  /// A table, and its columns without which a row means nothing.
  struct Table {
    var name: String
    var needed: Set<String>
  }

  let tables: [Table]
  /// How many rows had to go.
  private(set) var dropped = 0
  /// How many cells of the others have another text or number.
  private(set) var mended = 0

  /// Nothing is done yet.
  init(_ tables: [Table]) { self.tables = tables }

  /// What was done, for whom it concerns; nil when every cell was right.
  func sentence(_ path: String) -> String? {
    guard dropped > 0 || mended > 0 else { return nil }
    return "\(path) had cells that ScreenPop never writes: \(mended) cells were mended, "
      + "\(dropped) rows could not be read and were left out"
  }

  /// Mends the cells, then the declarations; within one transaction.
  mutating func apply(_ db: Database) throws {
    for table in tables {
      for column in try Self.columns(of: table.name, db) {
        let (isWrong, instead) = Self.judge(column)
        if table.needed.contains(column.name) {
          try db.execute(sql: "DELETE FROM \(table.name) WHERE \(isWrong)")
          dropped += db.changesCount
        } else {
          try db.execute(
            sql: "UPDATE \(table.name) SET \(column.name) = \(instead) WHERE \(isWrong)")
          mended += db.changesCount
        }
      }
    }
    try declare(db)
  }

  /// What a table says of one of its columns.
  private struct Column {
    var name: String
    var isText: Bool
    var mayBeNull: Bool
  }

  private static func columns(of table: String, _ db: Database) throws -> [Column] {
    var columns: [Column] = []
    try db.forEachRow("SELECT name, type, \"notnull\", pk FROM pragma_table_info('\(table)')") {
      let isKey = try $0.number(3) > 0
      columns.append(
        Column(
          name: try $0.text(0), isText: try $0.text(1).uppercased() == "TEXT",
          mayBeNull: try !$0.flag(2) && !isKey))
    }
    return columns
  }

  /// When a cell is wrong, and what stands in its place then.
  private static func judge(_ column: Column) -> (isWrong: String, instead: String) {
    let name = column.name
    let types = (column.isText ? "'text'" : "'integer'") + (column.mayBeNull ? ", 'null'" : "")
    let instead =
      switch (column.isText, column.mayBeNull) {
      case (true, _): "coalesce(stored_text(CAST(\(name) AS TEXT)), '')"
      case (false, true): "NULL"
      case (false, false): "0"
      }
    return ("typeof(\(name)) NOT IN (\(types))", instead)
  }

  private func declare(_ db: Database) throws {
    let version = try db.number("PRAGMA schema_version", in: 0...0xFFFF_FFFF) ?? 0
    try db.execute(sql: "PRAGMA writable_schema = ON")
    for table in tables {
      try db.execute(
        sql: """
          UPDATE sqlite_schema
          SET sql = sql || CASE WHEN sql LIKE '%WITHOUT ROWID' THEN ', STRICT' ELSE ' STRICT' END
          WHERE type = 'table' AND name = ? AND sql NOT LIKE '%STRICT'
          """, arguments: [table.name])
    }
    // So other connections read the declarations again; so does this one.
    try db.execute(
      sql: """
        PRAGMA schema_version = \((version + 1) % 0x7FFF_FFFF);
        PRAGMA writable_schema = RESET;
        """)
    db.clearSchemaCache()
  }

  /// A text as the store keeps it, out of one that may have a NUL in it or be no UTF-8.
  static let function = DatabaseFunction("stored_text", argumentCount: 1, pure: true) { values in
    String.fromDatabaseValue(values[0])?.storable
  }
}

extension StoreNotices {
  /// Says what became of the wrong cells of a file of an earlier release.
  func say(of tables: StrictTables, _ path: String) {
    if let sentence = tables.sentence(path) { say(sentence) }
  }
}

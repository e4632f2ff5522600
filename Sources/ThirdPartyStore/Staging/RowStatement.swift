import GRDB
import GRDBSQLite

/// A prepared statement on SQLite's own interface, for what is done for each row of an import or a copy and
/// for each call: the row and argument types of GRDB, which everything else here uses, cost several times what
/// SQLite does for a row.
///
/// Used on the queue of the connection that it was made on, and nowhere else. What is bound stays bound.
struct RowStatement {
  private let statement: Statement
  private let raw: SQLiteStatement

  /// Prepares it, or finds it prepared.
  init(_ db: Database, _ sql: String) throws {
    statement = try db.cachedStatement(sql: sql)
    raw = statement.sqliteStatement
  }

  /// Binds a text to a parameter, the first of which is 1; nil: NULL. Of more than 2 GB, what fits.
  func bind(_ text: String?, _ index: Int32) {
    guard var text, !text.isEmpty else {
      if text == nil {
        sqlite3_bind_null(raw, index)
      } else {
        sqlite3_bind_text(raw, index, "", 0, Self.copied)
      }
      return
    }
    text.withUTF8 { bytes in
      _ = bytes.withMemoryRebound(to: CChar.self) {
        sqlite3_bind_text(raw, index, $0.baseAddress, Int32(clamping: $0.count), Self.copied)
      }
    }
  }

  /// Binds a number, in the same way.
  func bind(_ value: Int64?, _ index: Int32) {
    if let value {
      sqlite3_bind_int64(raw, index, value)
    } else {
      sqlite3_bind_null(raw, index)
    }
  }

  /// Runs it to its end, and `body` for the cells of each of its rows.
  func run(_ body: (Cells) throws -> Void = { _ in }) throws {
    defer { sqlite3_reset(raw) }
    let cells = Cells(raw)
    var result = sqlite3_step(raw)
    while result == SQLITE_ROW {
      try body(cells)
      result = sqlite3_step(raw)
    }
    guard result == SQLITE_DONE else {
      throw DatabaseError(
        resultCode: ResultCode(rawValue: result),
        message: String(cString: sqlite3_errmsg(sqlite3_db_handle(raw))))
    }
  }

  /// Runs it: the number in its first row, nil when there is no row or NULL in it.
  func number() throws -> Int64? {
    var number: Int64?
    try run { cells in
      if number == nil { number = try cells.numberOrNil(0) }
    }
    return number
  }

  /// SQLITE_TRANSIENT, which the importer leaves out as a cast: SQLite copies the text.
  private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}

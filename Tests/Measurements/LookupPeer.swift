import GRDBSQLite
import Telephony

/// The measure for a lookup: what the store's `LookupStatement` asks of a number, without ranges, prepared once,
/// through SQLite's own interface and nothing else, all columns read.
final class LookupPeer {
  private static let columns = """
    n.kind, n.contact, p.id, p.code, p.kind, p.name, p.zip, p.city, p.source_key
    FROM number n CROSS JOIN party p ON p.id = n.party
    """
  private static let sql = """
    SELECT 1, \(columns) WHERE n.key = ?1
    UNION ALL SELECT 0, \(columns) WHERE n.tail = ?2 AND n.kind >= 2
    UNION ALL SELECT 0, \(columns) WHERE n.tail = ?3 AND n.kind = 1
    """

  private var connection: OpaquePointer?
  private var select: OpaquePointer?
  private(set) var bytesRead = 0

  /// Opens the store's file, mapped into memory, which the store leaves for fear of files that are cut.
  init(path: String) throws(Failure) {
    guard sqlite3_open_v2(path, &connection, SQLITE_OPEN_READONLY, nil) == SQLITE_OK,
      sqlite3_exec(connection, "PRAGMA mmap_size = 2147483648", nil, nil, nil) == SQLITE_OK,
      sqlite3_prepare_v2(connection, Self.sql, -1, &select, nil) == SQLITE_OK
    else { throw Failure(because: "SQLite does not open \(path) as the store lays it out") }
  }

  deinit {
    sqlite3_finalize(select)
    sqlite3_close(connection)
  }

  /// How many parties have the complete number.
  func matches(for number: PhoneNumber) throws(Failure) -> Int {
    defer { sqlite3_reset(select) }
    // SQLITE_TRANSIENT: SQLite copies the text.
    let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    sqlite3_bind_text(select, 1, number.key, -1, copied)
    sqlite3_bind_int64(select, 2, Int64(number.tail ?? "") ?? 0)
    sqlite3_bind_null(select, 3)
    var count = 0
    var result = sqlite3_step(select)
    while result == SQLITE_ROW {
      count += 1
      for column in [0, 1, 3] as [Int32] {
        bytesRead += Int(sqlite3_column_int64(select, column) & 1)
      }
      for column in [2, 4, 5, 6, 7, 8, 9] as [Int32]
      where sqlite3_column_text(select, column) != nil {
        bytesRead += Int(sqlite3_column_bytes(select, column))
      }
      result = sqlite3_step(select)
    }
    guard result == SQLITE_DONE else { throw Failure(because: "the SELECT failed: \(result)") }
    return count
  }
}

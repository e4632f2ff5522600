import GRDB
import GRDBSQLite
import Telephony

/// The one prepared SELECT of a call, on SQLite's own interface: the row and argument types of GRDB,
/// which everything else here uses, cost as much again as the lookup itself.
///
/// Used on the queue of the connection that it was made on, and nowhere else.
struct LookupStatement {
  /// Equality on the key (?1) and on the last eight digits (?2). Two complete numbers that differ never
  /// match: ?3 is NULL for a complete one, and its last digits are asked for among incomplete ones.
  private static let sql = """
    SELECT 1, \(columns) WHERE n.key = ?1
    UNION ALL SELECT 0, \(columns) WHERE n.tail = ?2 AND n.kind >= 2
    UNION ALL SELECT 0, \(columns) WHERE n.tail = ?3 AND n.kind = 1
    """
  private static let columns = """
    n.kind, n.contact, p.id, p.code, p.kind, p.name, p.zip, p.city, p.source_key
    FROM number n CROSS JOIN party p ON p.id = n.party
    """

  private let statement: Statement

  init(_ db: Database) throws {
    statement = try db.makeStatement(sql: Self.sql)
  }

  /// The parties that a number matches.
  func ranking(for number: PhoneNumber) throws -> MatchRanking {
    let select = statement.sqliteStatement
    defer { sqlite3_reset(select) }
    sqlite3_bind_text(select, 1, number.key, -1, Self.copied)
    Self.bind(number.tailValue, to: select, 2)
    Self.bind(number.kind == .complete ? nil : number.tailValue, to: select, 3)

    var ranking = MatchRanking()
    var result = sqlite3_step(select)
    while result == SQLITE_ROW {
      let hasSameKey = sqlite3_column_int64(select, 0) == 1
      if let kind = PhoneNumber.Kind(rank: sqlite3_column_int64(select, 1)),
        let strength = number.kind.strength(of: kind, hasSameKey: hasSameKey)
      {
        let party = ThirdPartySummary(
          code: Self.text(select, 4), id: sqlite3_column_int64(select, 3),
          kind: ThirdPartyKind(rawValue: Self.text(select, 5)) ?? .other,
          name: Self.text(select, 6), zip: Self.text(select, 7), city: Self.text(select, 8),
          sourceKey: Self.text(select, 9))
        ranking.add(party, contact: Self.text(select, 2), strength: strength)
      }
      result = sqlite3_step(select)
    }
    guard result == SQLITE_DONE else {
      throw DatabaseError(resultCode: ResultCode(rawValue: result))
    }
    return ranking
  }

  private static func bind(_ value: Int64?, to select: SQLiteStatement, _ index: Int32) {
    if let value {
      sqlite3_bind_int64(select, index, value)
    } else {
      sqlite3_bind_null(select, index)
    }
  }

  private static func text(_ row: SQLiteStatement, _ column: Int32) -> String {
    sqlite3_column_text(row, column).map { String(cString: $0) } ?? ""
  }

  /// SQLITE_TRANSIENT, which the importer leaves out as a cast: SQLite copies the text.
  private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}

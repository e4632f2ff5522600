internal import FoundationEssentials
import GRDB

/// What is read with GRDB's statements and arguments, and without its conversions, some of which trap.
extension Database {
  /// Hands over each row of a SELECT; what is thrown for one ends it.
  func forEachRow(
    _ sql: String, _ arguments: StatementArguments = [], _ body: (Cells) throws -> Void
  ) throws {
    let statement = try cachedStatement(sql: sql)
    let rows = try Row.fetchCursor(statement, arguments: arguments)
    let cells = Cells(statement.sqliteStatement)
    while try rows.next() != nil { try body(cells) }
  }

  /// What `decode` makes of the first row; nil when there is none.
  func first<Value>(
    _ sql: String, _ arguments: StatementArguments = [], _ decode: (Cells) throws -> Value
  ) throws -> Value? {
    let statement = try cachedStatement(sql: sql)
    let rows = try Row.fetchCursor(statement, arguments: arguments)
    return try rows.next().map { _ in try decode(Cells(statement.sqliteStatement)) }
  }

  /// The number in the first row; nil when there is no row or NULL in it.
  func number(
    _ sql: String, _ arguments: StatementArguments = [],
    in range: ClosedRange<Int64> = Cells.numbers
  ) throws -> Int64? {
    try first(sql, arguments) { try $0.numberOrNil(0, in: range) } ?? nil
  }

  /// How many rows a SELECT of one number counts.
  func count(_ sql: String, _ arguments: StatementArguments = []) throws -> Int {
    Int(clamping: try number(sql, arguments, in: Cells.counts) ?? 0)
  }

  /// Whether there is a row.
  func holds(_ sql: String, _ arguments: StatementArguments = []) throws -> Bool {
    try first(sql, arguments) { _ in true } ?? false
  }

  /// Values as json_each takes them: any number of them is one argument.
  static func json(_ values: some Encodable) throws -> String {
    String(decoding: try JSONEncoder().encode(values), as: UTF8.self)
  }
}

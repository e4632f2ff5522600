import GRDB

/// Rows with a wrong cell are left out, and said so: the others are as good as ever.
extension StoreFile {
  /// What `decode` makes of the rows of a SELECT.
  ///
  /// - Parameter what: what they are, for sentences: `journal lines`.
  func rows<Value>(
    _ db: Database, _ what: String, _ sql: String, _ arguments: StatementArguments = [],
    _ decode: (Cells) throws -> Value
  ) throws -> [Value] {
    var values: [Value] = []
    try forEachRow(db, what, sql, arguments, decode) { values.append($0) }
    return values
  }

  /// The first row that can be read.
  func first<Value>(
    _ db: Database, _ what: String, _ sql: String, _ arguments: StatementArguments = [],
    _ decode: (Cells) throws -> Value
  ) throws -> Value? {
    try rows(db, what, sql, arguments, decode).first
  }

  /// Hands over what `decode` makes of each row of a SELECT.
  func forEachRow<Value>(
    _ db: Database, _ what: String, _ sql: String, _ arguments: StatementArguments = [],
    _ decode: (Cells) throws -> Value, _ body: (Value) throws -> Void
  ) throws {
    var (count, reason) = (0, "")
    try db.forEachRow(sql, arguments) { cells in
      let value: Value
      do {
        value = try decode(cells)
      } catch let error as WrongCell {
        if count == 0 { reason = error.sentence }
        count += 1
        return
      }
      try body(value)
    }
    if count > 0 { leftOut(count, what, reason) }
  }

  /// Says that rows were left out.
  func leftOut(_ count: Int, _ what: String, _ reason: String) {
    notices.say(
      "\(what) in \(path): \(count) cannot be read and left out (of the first, \(reason))",
      about: "\(what) in \(path)")
  }
}

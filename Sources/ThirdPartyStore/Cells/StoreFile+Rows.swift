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

  /// What `decode` makes of the rows of a statement whose parameters are bound.
  func rows<Value>(
    _ statement: RowStatement, _ what: String, _ decode: (Cells) throws -> Value
  ) throws -> [Value] {
    var values: [Value] = []
    var wrong = WrongRows()
    try statement.run { cells in
      if let value = try wrong.unless(cells, decode) { values.append(value) }
    }
    tell(wrong, what)
    return values
  }

  /// Hands over what `decode` makes of each row of a SELECT.
  func forEachRow<Value>(
    _ db: Database, _ what: String, _ sql: String, _ arguments: StatementArguments = [],
    _ decode: (Cells) throws -> Value, _ body: (Value) throws -> Void
  ) throws {
    var wrong = WrongRows()
    try db.forEachRow(sql, arguments) { cells in
      if let value = try wrong.unless(cells, decode) { try body(value) }
    }
    tell(wrong, what)
  }

  /// Rows with a wrong cell.
  private struct WrongRows {
    var count = 0
    /// What is wrong with the first.
    var reason = ""

    /// What `decode` makes of a row; nil, and counted, when a cell is wrong.
    mutating func unless<Value>(_ cells: Cells, _ decode: (Cells) throws -> Value) throws -> Value?
    {
      do {
        return try decode(cells)
      } catch let error as WrongCell {
        if count == 0 { reason = error.sentence }
        count += 1
        return nil
      }
    }
  }

  private func tell(_ wrong: WrongRows, _ what: String) {
    if wrong.count > 0 { leftOut(wrong.count, what, wrong.reason) }
  }

  /// Says that rows were left out.
  func leftOut(_ count: Int, _ what: String, _ reason: String) {
    notices.say(
      "\(what) in \(path): \(count) cannot be read and left out (of the first, \(reason))",
      about: "\(what) in \(path)")
  }
}

import GRDB
import Telephony

/// Writes rows of an import to the staged parties, within one transaction.
struct ImportWriter {
  private let findParty: Statement
  private let findOldParty: Statement
  private let insertParty: Statement
  private let mergeParty: Statement
  private let numbers: NumberWriter

  /// The statements, prepared once for the connection.
  init(_ db: Database, insertParty: String) throws {
    findParty = try db.cachedStatement(sql: "SELECT id FROM next_party WHERE code = ?")
    findOldParty = try db.cachedStatement(sql: "SELECT 1 FROM party WHERE code = ?")
    self.insertParty = try db.cachedStatement(sql: insertParty)
    mergeParty = try db.cachedStatement(sql: ImportStatements.mergeParty)
    numbers = try NumberWriter(db, prefix: "next_")
  }

  /// Adds a row to its party, making that with the row number `fresh` if it is a new one; false when
  /// nothing says the party's name.
  func write(_ row: ImportRow, fresh: Int64) throws -> Bool {
    if let known = try Int64.fetchOne(findParty, arguments: [row.code]) {
      try mergeParty.execute(
        arguments: [known, row.kind?.rawValue] + StatementArguments(row.texts))
      try numbers.write(row.numbers, of: known, contact: row.contact, isNew: false)
      return true
    }
    if row.name.isEmpty, try Bool.fetchOne(findOldParty, arguments: [row.code]) == nil {
      return false
    }
    let id = try Int64.fetchOne(
      insertParty,
      arguments: [row.code, fresh, row.kind?.rawValue] + StatementArguments(row.texts))
    try numbers.write(row.numbers, of: id ?? fresh, contact: row.contact, isNew: true)
    return true
  }
}

import GRDB
import Telephony

/// Writes rows of an import to the staged parties, within one transaction.
struct ImportWriter {
  private let findParty: RowStatement
  private let findOldParty: RowStatement
  private let insertParty: RowStatement
  private let mergeParty: RowStatement
  private let numbers: NumberWriter

  /// The statements, prepared once for the connection.
  init(_ db: Database, insertParty: String) throws {
    findParty = try RowStatement(db, "SELECT id FROM next_party WHERE code = ?")
    findOldParty = try RowStatement(db, "SELECT 1 FROM party WHERE code = ?")
    self.insertParty = try RowStatement(db, insertParty)
    mergeParty = try RowStatement(db, ImportStatements.mergeParty)
    numbers = try NumberWriter(db, prefix: "next_")
  }

  /// Adds a row to its party, making that with the row number `fresh` if it is a new one; false when
  /// nothing says the party's name.
  func write(_ row: ImportRow, fresh: Int64) throws -> Bool {
    findParty.bind(row.code, 1)
    if let known = try findParty.number() {
      mergeParty.bind(known, 1)
      mergeParty.bind(row.kind?.rawValue, 2)
      for (index, text) in row.texts.enumerated() {
        mergeParty.bind(text, Int32(clamping: index + 3))
      }
      try mergeParty.run()
      try numbers.write(row.numbers, of: known, contact: row.contact, isNew: false)
      return true
    }
    if row.name.isEmpty {
      findOldParty.bind(row.code, 1)
      guard try findOldParty.number() != nil else { return false }
    }
    insertParty.bind(row.code, 1)
    insertParty.bind(fresh, 2)
    insertParty.bind(row.kind?.rawValue, 3)
    for (index, text) in row.texts.enumerated() {
      insertParty.bind(text, Int32(clamping: index + 4))
    }
    let id = try insertParty.number()
    try numbers.write(row.numbers, of: id ?? fresh, contact: row.contact, isNew: true)
    return true
  }
}

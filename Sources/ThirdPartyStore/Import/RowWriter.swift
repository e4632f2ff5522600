import GRDB
import Telephony

/// Writes rows to the next generation of the parties, within one transaction.
struct RowWriter {
  private let findParty: Statement
  private let findOldParty: Statement
  private let insertParty: Statement
  private let mergeParty: Statement
  private let findNumber: Statement
  private let insertNumber: Statement

  /// The statements, prepared once for the connection.
  init(_ db: Database, insertParty: String) throws {
    findParty = try db.cachedStatement(sql: "SELECT id FROM next_party WHERE code = ?")
    findOldParty = try db.cachedStatement(sql: "SELECT 1 FROM party WHERE code = ?")
    self.insertParty = try db.cachedStatement(sql: insertParty)
    mergeParty = try db.cachedStatement(sql: PartyStaging.mergeParty)
    findNumber = try db.cachedStatement(
      sql: "SELECT 1 FROM next_number WHERE party = ? AND key IS ? AND use = ? AND contact = ?")
    insertNumber = try db.cachedStatement(
      sql: """
        INSERT INTO next_number (party, key, kind, tail, use, contact, text)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
  }

  /// Adds a row to its party, making that with the row number `fresh` if it is a new one; false when
  /// nothing says the party's name.
  func write(_ row: ImportRow, fresh: Int64) throws -> Bool {
    if let known = try Int64.fetchOne(findParty, arguments: [row.code]) {
      try mergeParty.execute(
        arguments: [known, row.kind?.rawValue] + StatementArguments(row.texts))
      try writeNumbers(of: row, party: known, isKnown: true)
      return true
    }
    if row.name.isEmpty, try Bool.fetchOne(findOldParty, arguments: [row.code]) == nil {
      return false
    }
    let id = try Int64.fetchOne(
      insertParty,
      arguments: [row.code, fresh, row.kind?.rawValue] + StatementArguments(row.texts))
    try writeNumbers(of: row, party: id ?? fresh, isKnown: false)
    return true
  }

  private func writeNumbers(of row: ImportRow, party: Int64, isKnown: Bool) throws {
    // A contact person without a number is a row without a key.
    if row.numbers.isEmpty && !row.contact.isEmpty {
      try write(nil, of: row, party: party, isKnown: isKnown)
    }
    for (index, number) in row.numbers.enumerated() {
      try write(number, of: row, party: party, isKnown: isKnown || index > 0)
    }
  }

  /// Adds a number unless the party has it already, for the same use and contact.
  private func write(
    _ number: ImportRow.Number?, of row: ImportRow, party: Int64, isKnown: Bool
  ) throws {
    let use = (number?.use ?? .phone).rawValue
    if isKnown {
      let arguments: StatementArguments = [party, number?.number.key, use, row.contact]
      guard try Bool.fetchOne(findNumber, arguments: arguments) == nil else { return }
    }
    try insertNumber.execute(arguments: [
      party, number?.number.key, number?.number.kind.rank, number?.number.tailValue, use,
      row.contact, number?.written ?? "",
    ])
  }
}

import GRDB
import Telephony

/// The next generation of the parties, built beside the live tables and then swapped in.
///
/// Each batch is a transaction of its own, so that the window, which may create a party, never
/// waits long. Row numbers of parties that the store knows already stay what they are.
struct PartyStaging {
  private static let prefix = "next_"
  /// Row numbers of parties handled by one transaction when tables are copied.
  private static let span: Int64 = 20_000

  private let queue: DatabaseQueue
  private let generation: Int
  private let insertParty: String
  private let carryNumbers: String

  /// Makes empty tables, dropping those of an import that was broken off.
  init(_ store: PartyStore, header: ImportHeader) throws {
    queue = store.writer
    insertParty = Self.insertParty(header)
    carryNumbers = Self.carryNumbers(header)
    try queue.inDatabase { try store.file.setUp($0, forBulk: true) }
    generation = try queue.write { db in
      try PartySchema.dropTables(db, prefix: Self.prefix)
      try PartySchema.dropTables(db, prefix: "old_")
      let generation = try Int.fetchOne(
        db, sql: "UPDATE counter SET value = value + 1 WHERE name = 'generation' RETURNING value")
      try PartySchema.createTables(db, prefix: Self.prefix, generation: generation ?? 0)
      return generation ?? 0
    }
  }

  /// Writes a batch; `refused` is told of rows that turn out to be unusable, by index.
  func write(_ rows: [ImportRow], refused: (Int, String) -> Void) throws {
    try queue.write { db in
      var next = try PartySchema.reserveParties(db, count: rows.count)
      for (index, row) in rows.enumerated() {
        if try !write(db, row, fresh: next) {
          refused(index, "no name, and no earlier row has the code \(row.code)")
        }
        next += 1
      }
    }
  }

  private func write(_ db: Database, _ row: ImportRow, fresh: Int64) throws -> Bool {
    let find = try db.cachedStatement(sql: "SELECT id FROM next_party WHERE code = ?")
    if let known = try Int64.fetchOne(find, arguments: [row.code]) {
      let merge = try db.cachedStatement(sql: Self.mergeParty)
      try merge.execute(
        arguments: [known, row.kind?.rawValue] + StatementArguments(row.texts))
      try write(db, row, party: known, isKnown: true)
      return true
    }
    if row.name.isEmpty {
      let named = try db.cachedStatement(sql: "SELECT 1 FROM party WHERE code = ?")
      guard try Bool.fetchOne(named, arguments: [row.code]) != nil else { return false }
    }
    let insert = try db.cachedStatement(sql: insertParty)
    let id = try Int64.fetchOne(
      insert,
      arguments: [row.code, fresh, row.kind?.rawValue] + StatementArguments(row.texts))
    try write(db, row, party: id ?? fresh, isKnown: false)
    return true
  }

  private func write(_ db: Database, _ row: ImportRow, party: Int64, isKnown: Bool) throws {
    // A contact person without a number is a row without a key.
    if row.numbers.isEmpty && !row.contact.isEmpty {
      try write(db, nil, of: row, party: party, isKnown: isKnown)
    }
    for (index, number) in row.numbers.enumerated() {
      try write(db, number, of: row, party: party, isKnown: isKnown || index > 0)
    }
  }

  /// Adds a number unless the party has it already, for the same use and contact.
  private func write(
    _ db: Database, _ number: ImportRow.Number?, of row: ImportRow, party: Int64, isKnown: Bool
  ) throws {
    let use = number?.use ?? .phone
    if isKnown {
      let find = try db.cachedStatement(
        sql: "SELECT 1 FROM next_number WHERE party = ? AND key IS ? AND use = ? AND contact = ?")
      let arguments: StatementArguments = [party, number?.number.key, use.rawValue, row.contact]
      guard try Bool.fetchOne(find, arguments: arguments) == nil else { return }
    }
    let insert = try db.cachedStatement(
      sql: """
        INSERT INTO next_number (party, key, kind, tail, use, contact, text)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
    try insert.execute(arguments: [
      party, number?.number.key, number?.number.kind.rank, number?.number.tailValue,
      use.rawValue, row.contact, number?.written ?? "",
    ])
  }

  /// Brings over what the file says nothing of, then lets the new tables take the old ones' place.
  func swapIn() throws {
    for (start, end) in try spans(of: "next_party") {
      try queue.write { try $0.execute(sql: Self.indexStaged, arguments: [start, end]) }
    }
    let spans = try spans(of: "party")
    for (start, end) in spans {
      try queue.write { try carryOver($0, from: start, to: end) }
    }
    for statement in PartySchema.lookupIndexes(prefix: Self.prefix, generation: generation) {
      try queue.write { try $0.execute(sql: statement) }
    }
    try queue.write { db in
      // Parties that the window has created in the meantime: few.
      try carryOver(db, from: (spans.last?.1 ?? 0) + 1, to: .max)
      for table in PartySchema.tables {
        try db.execute(
          sql: """
            ALTER TABLE \(table) RENAME TO old_\(table);
            ALTER TABLE next_\(table) RENAME TO \(table);
            """)
      }
    }
    for table in PartySchema.tables {
      try queue.write { try $0.execute(sql: "DROP TABLE old_\(table)") }
    }
  }

  /// Ranges of row numbers that cover the parties of a table.
  private func spans(of table: String) throws -> [(Int64, Int64)] {
    let maximum = try queue.read { try Int64.fetchOne($0, sql: "SELECT max(id) FROM \(table)") }
    let last = maximum ?? 0
    return stride(from: Int64(1), through: last, by: Int64.Stride(Self.span)).map { start in
      (start, min(last, start + Self.span - 1))
    }
  }

  private func carryOver(_ db: Database, from start: Int64, to end: Int64) throws {
    // Numbers first: they ask which parties the file holds, before the others join them.
    for sql in [carryNumbers, Self.carryIndex, Self.carryParties] {
      try db.execute(sql: sql, arguments: [start, end])
    }
  }

  /// Gives up, leaving the live tables as they are.
  func discard() throws {
    try queue.write { try PartySchema.dropTables($0, prefix: Self.prefix) }
  }
}

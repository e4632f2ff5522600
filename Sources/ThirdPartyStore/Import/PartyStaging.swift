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
    try queue.inDatabase { try store.file.setUp($0, for: .bulk) }
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
      let writer = try RowWriter(db, insertParty: insertParty)
      var fresh = try PartySchema.reserveParties(db, count: rows.count)
      for (index, row) in rows.enumerated() {
        if try !writer.write(row, fresh: fresh) {
          refused(index, "no name, and no earlier row has the code \(row.code)")
        }
        fresh += 1
      }
    }
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
    // A short log makes lookups fast; where a reader is in the way, the log shrinks by itself later.
    _ = try queue.inDatabase { try Row.fetchOne($0, sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
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

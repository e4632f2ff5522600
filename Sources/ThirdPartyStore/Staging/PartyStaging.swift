import GRDB

/// The next generation of the parties, built beside the live tables; it takes their place as a whole,
/// or its parties join the live ones.
///
/// Each batch is a transaction of its own, so that the window, which may create a party, never
/// waits long. Row numbers of parties that the store knows already stay what they are. One import or
/// copy at a time.
final class PartyStaging {
  private static let prefix = "next_"
  /// Row numbers of parties handled by one transaction when tables are copied.
  private static let span = 20_000
  /// The same, and rows that are staged by one transaction, where the disk is short.
  private static let shortSpan = 200
  /// So many parties join the live ones in one transaction that is still short.
  private static let few = 20_000

  private let store: PartyStore
  private let lock: StagingLock
  private var generation: Int64 = 0
  /// What the file held before [bytes].
  private var before: Int64 = 0
  private var isDone = false
  private let queue: DatabaseQueue

  /// Makes empty tables, dropping those of a run that was broken off. Throws `busy` when another
  /// import or copy is running.
  init(_ store: PartyStore) throws(StoreError) {
    self.store = store
    lock = try StagingLock(for: .import, beside: store.file.path)
    queue = try store.open.connection().writer
    generation = try explaining("preparing for third parties", store.file.path) {
      try queue.inDatabase { try store.file.setUp($0, for: .bulk) }
      return try queue.write { db in
        try PartySchema.dropTables(db, prefix: Self.prefix)
        try PartySchema.dropTables(db, prefix: "old_")
        let generation = try PartySchema.nextGeneration(db)
        try PartySchema.createTables(db, prefix: Self.prefix, generation: generation)
        return generation
      }
    }
    before = try explaining("preparing for third parties", store.file.path) {
      try store.file.usage(queue).used
    }
  }

  /// Gives up what has not taken effect, leaving the live tables as they are, and the disk with as much
  /// space as before.
  deinit {
    // The first failure is the one that was told; the next run drops the tables too.
    if !isDone {
      try? drop()
      try? store.file.giveBack(queue)
    }
    // Only memory is at stake: a connection that cannot even do this fails at its next use.
    try? queue.inDatabase { try store.file.setUp($0, for: .ordinary) }
    lock.release()
  }

  /// One transaction on the staged tables, of about so many bytes.
  func write<Result>(
    about bytes: Int64 = 0, _ body: (Database) throws -> Result
  ) throws -> Result {
    try store.file.makeRoom(queue, for: bytes)
    return try queue.write(body)
  }

  /// Rows in portions that one transaction may take: all at once unless the disk is short.
  func portions<Row>(_ rows: [Row]) -> [ArraySlice<Row>] {
    let size = store.file.isDiskShort ? Self.shortSpan : max(1, rows.count)
    return stride(from: 0, to: rows.count, by: size).map {
      rows[$0..<min(rows.count, $0 + size)]
    }
  }

  /// What is staged [bytes].
  private func staged() throws -> Int64 { try max(0, store.file.usage(queue).used - before) }

  /// Lets the staged parties take effect in the cheaper way: few among many join the live ones, many
  /// take their place. `finally` is part of the transaction.
  func apply(_ change: StagedChange) throws {
    let (staged, live) = try queue.read { db in
      try (Self.count("next_party", db), Self.count("party", db))
    }
    if staged <= Self.few && staged <= live / 4 { try join(change) } else { try swapIn(change) }
  }

  private static func count(_ table: String, _ db: Database) throws -> Int {
    try db.count("SELECT count(*) FROM \(table)")
  }

  /// Replaces the live parties for which something is staged, in one transaction whose length goes
  /// with what is staged.
  func join(_ change: StagedChange, finally: (Database) throws -> Void = { _ in }) throws {
    try write(about: staged()) { db in
      for sql in StagingStatements.join(change) { try db.execute(sql: sql) }
      try finally(db)
    }
    isDone = true
    // What cannot be tidied up now, the next run drops.
    try? drop()
  }

  /// Brings over what stays, then lets the new tables take the old ones' place.
  func swapIn(_ change: StagedChange, finally: (Database) throws -> Void = { _ in }) throws {
    for (start, end) in try spans(of: "next_party") {
      try write {
        try $0.execute(sql: StagingStatements.indexStaged, arguments: [start, end])
      }
    }
    let spans = try spans(of: "party")
    for (start, end) in spans {
      try write { try carryOver($0, change, from: start, to: end) }
    }
    for statement in PartySchema.lookupIndexes(prefix: Self.prefix, generation: generation) {
      // None is a third as large as all that is staged.
      try write(about: staged() / 3) { try $0.execute(sql: statement) }
    }
    try write { db in
      // Parties that the window has created in the meantime: few.
      try carryOver(db, change, from: spans.last.map { $0.1 + 1 } ?? .min, to: .max)
      for table in PartySchema.tables {
        try db.execute(
          sql: """
            ALTER TABLE \(table) RENAME TO old_\(table);
            ALTER TABLE next_\(table) RENAME TO \(table);
            """)
      }
      try finally(db)
    }
    isDone = true
    // What cannot be tidied up now, the next run drops. A short log makes lookups fast.
    for table in PartySchema.tables {
      try? queue.write { try $0.execute(sql: "DROP TABLE old_\(table)") }
    }
    try? drop()
    try? store.file.emptyLog(queue)
  }

  /// Ranges of row numbers that cover the parties of a table.
  private func spans(of table: String) throws -> [(Int64, Int64)] {
    let size = store.file.isDiskShort ? Self.shortSpan : Self.span
    // By the rows that there are, whatever their numbers: a damaged one may be anything.
    return try queue.read { db in
      var spans: [(Int64, Int64)] = []
      var next: Int64 = .min
      while let last = try db.number(
        "SELECT max(id) FROM (SELECT id FROM \(table) WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?)",
        [next, Cells.counts.upperBound, size])
      {
        spans.append((next, last))
        next = last + 1
      }
      return spans
    }
  }

  private func carryOver(
    _ db: Database, _ change: StagedChange, from start: Int64, to end: Int64
  ) throws {
    for sql in StagingStatements.carryOver(change) {
      try db.execute(sql: sql, arguments: [start, end])
    }
  }

  private func drop() throws {
    try queue.write { try PartySchema.dropTables($0, prefix: Self.prefix) }
  }
}

import GRDB
public import Telephony

/// What the journal has of the events that the inbox keeps, written in the journal's own transaction: a window that
/// dies before it has told the inbox leaves no event that the next window would write again.
extension OperatorStore {
  /// An event of which an inbox was told that the journal has it in this line; `at` is when it came [ms since 1970].
  typealias SettledEvent = (name: String, line: String, at: Int64)

  /// How long a receipt is kept; the inbox is told at once, or when the next window starts [ms].
  private static let memory: Int64 = 7 * WallTime.day

  /// How long it is known that a line is gone by wish: an inbox of a station that was not used for so long is [ms].
  private static let inboxMemory: Int64 = 365 * WallTime.day

  static func write(_ receipts: [Receipt], at time: WallTime?, in db: Database) throws {
    guard !receipts.isEmpty else { return }
    let statement = try db.cachedStatement(
      sql: "INSERT OR IGNORE INTO receipt (event, line, at) VALUES (?, ?, ?)")
    for receipt in receipts {
      try statement.execute(arguments: [
        receipt.event.storable, (receipt.line ?? "").storable, time?.milliseconds ?? 0,
      ])
    }
  }

  /// The receipts for those of the events that the journal has.
  func receipts(for events: [String]) throws(StoreError) -> [Receipt] {
    try read("reading the receipts") { db in
      try file.rows(
        db, "receipts",
        "SELECT event, line FROM receipt WHERE event IN (SELECT value FROM json_each(?))",
        [try Database.json(events.map(\.storable))]
      ) { cells in
        let line = try cells.text(1)
        return Receipt(try cells.text(0), line: line.isEmpty ? nil : line)
      }
    }
  }

  /// Those of the events that the journal has lost, although the inbox was told that it had them: a power cut takes
  /// what the journal wrote last, which is forced to the disk later than the inbox. `now` is the wall clock [ms since
  /// 1970].
  func lost(_ events: [SettledEvent], now: Int64) throws(StoreError) -> [String] {
    // The line may be there as it was before the event. A receipt that was forgotten says nothing.
    try names(
      of: events,
      """
      NOT EXISTS (SELECT 1 FROM journal WHERE key = events.line)
      OR events.told > ?2 AND NOT EXISTS (SELECT 1 FROM receipt WHERE event = events.name)
      """, [now - Self.memory / 2])
  }

  /// Those of the events whose lines, or all of whose time, were forgotten by wish. What a clock that was ahead noted
  /// does not count at `now`.
  func forgotten(_ events: [SettledEvent], now: Int64) throws(StoreError) -> Set<String> {
    Set(
      try names(
        of: events,
        """
        EXISTS (SELECT 1 FROM forgotten AS f
          WHERE f.line = events.line OR f.line = '' AND f.at > events.told AND f.at <= ?2)
        """, [now]))
  }

  /// The names of those events for which a condition on `events` with `name`, `line` and `told` holds; of all at once,
  /// because a window that starts tells of no call before it knows.
  private func names(
    of events: [SettledEvent], _ condition: String, _ arguments: StatementArguments
  ) throws(StoreError) -> [String] {
    try read("reading the receipts") { db in
      let rows = events.map { [$0.name.storable, $0.line.storable, String($0.at)] }
      return try file.rows(
        db, "receipts",
        """
        WITH events (name, line, told) AS MATERIALIZED (
          SELECT value ->> 0, value ->> 1, CAST(value ->> 2 AS INTEGER) FROM json_each(?1))
        SELECT name FROM events WHERE \(condition)
        """, [try Database.json(rows)] + arguments
      ) { try $0.text(0) }
    }
  }

  /// Forgets the receipts that the inbox has had for long; `now` is the wall clock.
  public func forgetReceipts(now: WallTime) throws(StoreError) {
    try write("forgetting receipts") { db in
      try db.execute(
        sql: "DELETE FROM receipt WHERE at < ?", arguments: [(now - Self.memory).milliseconds])
      // By then the inboxes have nothing of them but their names, or belong to windows that run no more.
      try db.execute(
        sql: "DELETE FROM forgotten WHERE line <> '' AND at < ?",
        arguments: [(now - Self.inboxMemory).milliseconds])
    }
  }
}

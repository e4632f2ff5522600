import GRDB
public import Telephony

/// What the journal has of the events that the inbox keeps, written in the journal's own transaction: a window that
/// dies before it has told the inbox leaves no event that the next window would write again.
extension OperatorStore {
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
      try events.compactMap { event in
        try file.rows(
          db, "receipts", "SELECT line FROM receipt WHERE event = ?", [event.storable]
        ) { try $0.text(0) }.first.map { Receipt(event, line: $0.isEmpty ? nil : $0) }
      }
    }
  }

  /// Those of the events that the journal has lost, although the inbox was told that it had them: a power cut takes
  /// what the journal wrote last, which is forced to the disk later than the inbox. `at` is when they came and `now`
  /// the wall clock [ms since 1970].
  func lost(
    _ events: [(name: String, line: String, at: Int64)], now: Int64
  ) throws(StoreError) -> [String] {
    try read("reading the receipts") { db in
      try events.filter { event in
        let has = try db.holds("SELECT 1 FROM journal WHERE key = ?", [event.line.storable])
        // The line may be there as it was before the event. A receipt that was forgotten says nothing.
        let isRemembered = event.at > now - Self.memory / 2
        return try !has
          || isRemembered
            && !db.holds("SELECT 1 FROM receipt WHERE event = ?", [event.name.storable])
      }.map(\.name)
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

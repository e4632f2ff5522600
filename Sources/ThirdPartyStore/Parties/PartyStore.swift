import GRDB
public import PhoneNumbers
public import Telephony

/// The third parties, found by number in a few microseconds whatever their count.
///
/// Lookups have a connection of their own, with prepared statements, and never wait for a writer.
/// Every function blocks for as long as the file does, at most the busy timeout.
public final class PartyStore: Sendable {
  let file: StoreFile
  let reader: DatabaseQueue
  let writer: DatabaseQueue
  /// The one prepared path of a call; used on the reader's queue only, which makes it safe to share.
  private nonisolated(unsafe) let lookup: LookupStatement
  /// How numbers are read and shown.
  let plan: NumberPlan

  /// Opens the file at `path`, making it and its folder where missing; `busyTimeout` in [s].
  public init(path: String, plan: NumberPlan, busyTimeout: Double = 5) throws(StoreError) {
    file = StoreFile(
      path: path, holds: "third parties", migrator: PartySchema.migrator,
      busyTimeout: busyTimeout, cache: 8192, functions: [SearchText.function])
    self.plan = plan
    let writer = try file.open()
    let reader = writer.configuration.readonly ? writer : try file.connect(for: .lookups)
    lookup = try explaining("preparing the lookup", path) {
      try reader.inDatabase { db in
        try Self.prepareSearch(db)
        return try LookupStatement(db)
      }
    }
    self.writer = writer
    self.reader = reader
  }

  /// The parties with this number, best first; empty when none.
  public func matches(for number: PhoneNumber) throws(StoreError) -> [Match] {
    try ranking(for: number).ranked()
  }

  func ranking(for number: PhoneNumber) throws(StoreError) -> MatchRanking {
    try explaining("looking a number up", file.path) {
      try reader.unsafeRead { _ in try lookup.ranking(for: number) }
    }
  }

  /// The first columns of a SELECT of which ``summary(_:)`` is made.
  static let summaryColumns = "id, code, kind, name, zip, city, source_key"

  /// What the ``summaryColumns`` of a row say.
  static func summary(_ row: Row) -> ThirdPartySummary {
    ThirdPartySummary(
      code: row[1], id: row[0], kind: ThirdPartyKind(rawValue: row[2]) ?? .other, name: row[3],
      zip: row[4], city: row[5], sourceKey: row[6])
  }

  /// The party with this code, nil when there is none.
  public func party(_ code: String) throws(StoreError) -> ThirdPartySummary? {
    try explaining("reading a third party", file.path) {
      try reader.unsafeRead { db in
        let statement = try db.cachedStatement(
          sql: "SELECT \(Self.summaryColumns) FROM party WHERE code = ?")
        return try Row.fetchOne(statement, arguments: [code]).map { Self.summary($0) }
      }
    }
  }

  /// The party that has this key at the source it was copied from, nil when there is none.
  public func party(sourceKey: String) throws(StoreError) -> ThirdPartySummary? {
    try explaining("reading a third party", file.path) {
      try reader.unsafeRead { db in
        let statement = try db.cachedStatement(
          sql: """
            SELECT \(Self.summaryColumns) FROM party
            WHERE source IN (SELECT id FROM copy) AND source > 0 AND source_key = ?
            """)
        return try Row.fetchOne(statement, arguments: [sourceKey]).map { Self.summary($0) }
      }
    }
  }

  /// How many parties there are.
  public func count() throws(StoreError) -> Int {
    try explaining("counting the third parties", file.path) {
      try reader.unsafeRead { try Int.fetchOne($0, sql: "SELECT count(*) FROM party") ?? 0 }
    }
  }
}

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
  /// How numbers are read and shown.
  let plan: NumberPlan

  /// Opens the file at `path`, making it and its folder where missing; `busyTimeout` in [s].
  public init(path: String, plan: NumberPlan, busyTimeout: Double = 5) throws(StoreError) {
    file = StoreFile(
      path: path, holds: "third parties", migrator: PartySchema.migrator,
      busyTimeout: busyTimeout, cache: 8192)
    self.plan = plan
    writer = try file.open()
    reader = writer.configuration.readonly ? writer : try file.connect()
  }

  /// The parties with this number, best first; empty when none.
  public func matches(for number: PhoneNumber) throws(StoreError) -> [Match] {
    try ranking(for: number).ranked()
  }

  func ranking(for number: PhoneNumber) throws(StoreError) -> MatchRanking {
    try explaining("looking a number up", file.path) {
      try reader.unsafeRead { db in
        let statement = try db.cachedStatement(sql: Self.lookup)
        // Two complete numbers that differ never match: only incomplete ones are read by tail.
        let lowest = number.kind == .complete ? PhoneNumber.Kind.national : .complete
        let rows = try Row.fetchCursor(
          statement, arguments: [number.key, number.tailValue, lowest.rank])
        var ranking = MatchRanking()
        while let row = try rows.next() {
          guard let kind = PhoneNumber.Kind(rank: row[0]) else { continue }
          guard let strength = number.strength(of: PhoneNumber(kind, row[1])) else { continue }
          ranking.add(Self.summary(row, from: 3), contact: row[2], strength: strength)
        }
        return ranking
      }
    }
  }

  /// Equality on the key, and on the last eight digits.
  private static let lookup = """
    SELECT n.kind, n.key, n.contact, p.id, p.code, p.kind, p.name, p.zip, p.city
      FROM number n CROSS JOIN party p ON p.id = n.party WHERE n.key = ?1
    UNION ALL
    SELECT n.kind, n.key, n.contact, p.id, p.code, p.kind, p.name, p.zip, p.city
      FROM number n CROSS JOIN party p ON p.id = n.party WHERE n.tail = ?2 AND n.kind >= ?3
    """

  /// The columns `id, code, kind, name, zip, city` of a row, beginning at `column`.
  static func summary(_ row: Row, from column: Int = 0) -> ThirdPartySummary {
    ThirdPartySummary(
      code: row[column + 1], id: row[column],
      kind: ThirdPartyKind(rawValue: row[column + 2]) ?? .other, name: row[column + 3],
      zip: row[column + 4], city: row[column + 5])
  }

  /// The party with this code, nil when there is none.
  public func party(_ code: String) throws(StoreError) -> ThirdPartySummary? {
    try explaining("reading a third party", file.path) {
      try reader.unsafeRead { db in
        let statement = try db.cachedStatement(
          sql: "SELECT id, code, kind, name, zip, city FROM party WHERE code = ?")
        return try Row.fetchOne(statement, arguments: [code]).map { Self.summary($0) }
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

extension PartyStore: ThirdPartyDirectory {
  public func thirdParties(for number: PhoneNumber) async throws(DirectoryError) -> [Match] {
    do {
      return try matches(for: number)
    } catch {
      throw DirectoryError(error.sentence)
    }
  }
}

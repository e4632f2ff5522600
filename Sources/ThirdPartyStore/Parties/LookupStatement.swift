import GRDB
import PhoneNumbers
import Telephony

/// The prepared SELECTs of a call: one for its number, and one for the keys of numbers that are related to it,
/// which few have.
///
/// Used on the queue of the connection that it was made on, and nowhere else.
struct LookupStatement {
  /// Equality on the key (?1) and on the last eight digits (?2). Two complete numbers that differ never
  /// match: ?3 is NULL for a complete one, and its last digits are asked for among incomplete ones.
  private static let sql = """
    SELECT 1, \(columns) WHERE n.key = ?1
    UNION ALL SELECT 0, \(columns) WHERE n.tail = ?2 AND n.kind >= 2
    UNION ALL SELECT 0, \(columns) WHERE n.tail = ?3 AND n.kind = 1
    """
  private static let columns = """
    n.kind, n.contact, p.id, p.code, p.kind, p.name, p.zip, p.city, p.source_key
    FROM number n CROSS JOIN party p ON p.id = n.party
    """

  private let select: RowStatement
  private let related: RowStatement

  init(_ db: Database) throws {
    select = try RowStatement(db, Self.sql)
    related = try RowStatement(db, "SELECT 1, \(Self.columns) WHERE n.key = ?1")
  }

  /// The parties that a number matches.
  func ranking(for number: PhoneNumber) throws -> MatchRanking {
    select.bind(number.key, 1)
    select.bind(number.tailValue, 2)
    select.bind(number.kind == .complete ? nil : number.tailValue, 3)
    var ranking = MatchRanking()
    try select.run { add(select, number.kind, to: &ranking) }
    for key in RelatedKey.asked(by: number) {
      related.bind(key, 1)
      try related.run { add(related, number.kind, to: &ranking) }
    }
    return ranking
  }

  private func add(
    _ row: RowStatement, _ caller: PhoneNumber.Kind, to ranking: inout MatchRanking
  ) {
    guard let kind = StoredKey.Kind(rawValue: row.number(1)),
      let evidence = kind.evidence(for: caller, hasSameKey: row.number(0) == 1)
    else { return }
    let party = ThirdPartySummary(
      code: row.text(4), id: row.number(3), kind: ThirdPartyKind(rawValue: row.text(5)) ?? .other,
      name: row.text(6), zip: row.text(7), city: row.text(8), sourceKey: row.text(9))
    ranking.add(party, contact: row.text(2), evidence)
  }
}

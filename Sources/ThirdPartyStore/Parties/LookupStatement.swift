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
    FROM number n LEFT JOIN party p ON p.id = n.party
    """

  private let select: RowStatement
  private let related: RowStatement

  init(_ db: Database) throws {
    select = try RowStatement(db, Self.sql)
    related = try RowStatement(db, "SELECT 1, \(Self.columns) WHERE n.key = ?1")
  }

  /// The parties that a number matches. One that cannot be read may be the one that is meant, or another: what
  /// can be read is not sure then.
  func ranking(for number: PhoneNumber) throws -> MatchRanking {
    select.bind(number.key, 1)
    select.bind(number.tailValue, 2)
    select.bind(number.kind == .complete ? nil : number.tailValue, 3)
    var ranking = MatchRanking()
    try select.run { add($0, number.kind, to: &ranking) }
    for key in RelatedKey.asked(by: number) {
      related.bind(key, 1)
      try related.run { add($0, number.kind, to: &ranking) }
    }
    return ranking
  }

  private func add(_ cells: Cells, _ caller: PhoneNumber.Kind, to ranking: inout MatchRanking) {
    do throws(WrongCell) {
      let (kind, hasSameKey) = (try cells.kept(1), try cells.flag(0))
      guard let evidence = kind.evidence(for: caller, hasSameKey: hasSameKey) else { return }
      ranking.add(
        try PartyStore.summary(cells, from: 3), contact: try cells.text(2), evidence)
    } catch {
      ranking.unread.append(error)
    }
  }
}

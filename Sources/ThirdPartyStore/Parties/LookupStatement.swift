import GRDB
import PhoneNumbers
import Telephony

/// The one prepared SELECT of a call.
///
/// Used on the queue of the connection that it was made on, and nowhere else.
struct LookupStatement {
  /// Equality on the key (?1) and on the last eight digits (?2). Two complete numbers that differ never
  /// match: ?3 is NULL for a complete one, and its last digits are asked for among incomplete ones. ?4 is what the
  /// number plan makes of the number otherwise; ?5 to ?9 are switchboards, of which the text is kept that says so.
  /// What is NULL costs nothing.
  private static let sql = """
    SELECT 1, \(columns) WHERE n.key = ?1
    UNION ALL SELECT 0, \(columns) WHERE n.tail = ?2 AND n.kind >= 2
    UNION ALL SELECT 0, \(columns) WHERE n.tail = ?3 AND n.kind = 1
    UNION ALL SELECT 2, \(columns) WHERE n.key = ?4
    UNION ALL SELECT 3, \(columns) WHERE n.key IN (?5, ?6, ?7, ?8, ?9) AND n.kind = 1 AND n.text > ''
    """
  private static let columns = """
    n.kind, n.contact, p.id, p.code, p.kind, p.name, p.zip, p.city, p.source_key
    FROM number n LEFT JOIN party p ON p.id = n.party
    """

  private let select: RowStatement

  init(_ db: Database) throws {
    select = try RowStatement(db, Self.sql)
  }

  /// The parties that a number matches. One that cannot be read may be the one that is meant, or another: what
  /// can be read is not sure then.
  func ranking(for number: PhoneNumber) throws -> MatchRanking {
    select.bind(number.key, 1)
    select.bind(number.tailValue, 2)
    select.bind(number.kind == .complete ? nil : number.tailValue, 3)
    select.bind(number.alternates.first, 4)
    let boards = number.switchboards
    for index in 0..<5 {
      select.bind(index < boards.count ? boards[index] : nil, Int32(clamping: index + 5))
    }
    var ranking = MatchRanking()
    try select.run { cells in
      do throws(WrongCell) {
        let (kind, relation) = (try cells.kind(1), try cells.number(0, in: 0...3))
        let strength: MatchStrength? =
          switch relation {
          case 2: kind == .complete || kind == .national ? .national : nil
          case 3: .weak
          default: number.kind.strength(of: kind, hasSameKey: relation == 1)
          }
        guard let strength else { return }
        ranking.add(
          try PartyStore.summary(cells, from: 3), contact: try cells.text(2), strength: strength,
          isSameSwitchboard: relation == 3)
      } catch {
        ranking.unread.append(error)
      }
    }
    return ranking
  }
}

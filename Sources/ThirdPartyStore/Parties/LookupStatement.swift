import GRDB
import PhoneNumbers
import Telephony

/// The prepared SELECTs of a call: one for its number, one for the keys of numbers that are related to it, which
/// few have, and one for the range in which a number lies that nobody else is sure to have.
///
/// Used on the queue of the connection that it was made on, and nowhere else.
struct LookupStatement {
  /// Equality on the key (?1) and on the last eight digits (?2). Two complete numbers that differ never
  /// match: ?3 is NULL for a complete one, and its last digits are asked for among incomplete ones. The last row says
  /// whether there may be a range to look for: most stores have none, and each SELECT asks the kernel for its locks.
  static let sql = """
    SELECT 1, \(columns) WHERE n.key = ?1
    UNION ALL SELECT 0, \(columns) WHERE n.tail = ?2 AND n.kind >= 2
    UNION ALL SELECT 0, \(columns) WHERE n.tail = ?3 AND n.kind = 1
    UNION ALL SELECT NULL, EXISTS (\(rangeSQL)), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
    """
  static let relatedSQL = "SELECT 1, \(columns) WHERE n.key IN (\(relatedParameters))"
  private static let relatedParameters =
    (1...RelatedKey.mostAsked).map { "?\($0)" }.joined(separator: ", ")
  static let rangeSQL = """
    SELECT key FROM number WHERE kind = \(StoredKey.Kind.range.rawValue) AND key <= ?1
    ORDER BY key DESC LIMIT 1
    """
  private static let columns = """
    n.kind, n.contact, p.id, p.code, p.kind, p.name, p.zip, p.city, p.source_key
    FROM number n LEFT JOIN party p ON p.id = n.party
    """

  private let select: RowStatement
  private let related: RowStatement
  /// The nearest range before a number.
  private let range: RowStatement

  init(_ db: Database) throws {
    select = try RowStatement(db, Self.sql)
    related = try RowStatement(db, Self.relatedSQL)
    range = try RowStatement(db, Self.rangeSQL)
  }

  /// The parties that a number matches. One that cannot be read may be the one that is meant, or another: what
  /// can be read is not sure then.
  func ranking(for number: PhoneNumber) throws -> MatchRanking {
    select.bind(number.key, 1)
    select.bind(number.tailValue, 2)
    select.bind(number.kind == .complete ? nil : number.tailValue, 3)
    var ranking = MatchRanking()
    var mayHaveRange = false
    try select.run { cells in
      if cells.isNull(0) {
        mayHaveRange = try cells.flag(1)
      } else {
        add(cells, number.kind, to: &ranking)
      }
    }
    let keys = RelatedKey.asked(by: number)
    if !keys.isEmpty {
      bindRelated(keys)
      try related.run { add($0, number.kind, to: &ranking) }
    }
    if mayHaveRange, !ranking.isSure, let range = try range(around: number) {
      bindRelated([range])
      try related.run { add($0, number.kind, to: &ranking, only: .range) }
    }
    return ranking
  }

  private func bindRelated(_ keys: [String]) {
    for index in 0..<RelatedKey.mostAsked {
      related.bind(keys.indices.contains(index) ? keys[index] : nil, Int32(clamping: index + 1))
    }
  }

  /// The beginning of the narrowest range that has the number: that is the nearest in the order of the beginnings,
  /// or else begins as far as the nearest does.
  private func range(around number: PhoneNumber) throws -> String? {
    guard number.kind == .complete || number.kind == .national else { return nil }
    var bound = number.key
    while bound.utf8.count > 1 {
      range.bind(bound, 1)
      var nearest: String?
      try range.run { nearest = try $0.text(0) }
      guard let nearest, !number.key.hasPrefix(nearest) else { return nearest }
      bound = String(zip(nearest, bound).prefix { $0 == $1 }.map(\.0))
    }
    return nil
  }

  private func add(
    _ cells: Cells, _ caller: PhoneNumber.Kind, to ranking: inout MatchRanking,
    only wanted: StoredKey.Kind? = nil
  ) {
    do throws(WrongCell) {
      let (kind, hasSameKey) = (try cells.kept(1), try cells.flag(0))
      guard wanted == nil || wanted == kind else { return }
      guard let evidence = kind.evidence(for: caller, hasSameKey: hasSameKey) else { return }
      ranking.add(
        try PartyStore.summary(cells, from: 3), contact: try cells.text(2), evidence)
    } catch {
      ranking.unread.append(error)
    }
  }
}

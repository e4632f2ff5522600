import PhoneNumbers
import Telephony

/// What the operator has said of a number itself.
struct OperatorWords {
  /// The parties that it is attached to.
  var parties: [PartyReference] = []
  /// The party that was chosen the last time.
  var choice: PartyReference?
}

extension OperatorStore {
  /// What is kept of a number, by one SELECT: a call is looked up before it is shown.
  func words(on number: PhoneNumber) throws(StoreError) -> OperatorWords {
    try read("reading what is attached and chosen") { db in
      let statement = try RowStatement(
        db,
        """
        SELECT 0, code, source_key FROM attachment WHERE number = ?1 AND kind = ?2
        UNION ALL SELECT 1, code, source_key FROM choice WHERE number = ?1
        """)
      statement.bind(number.key, 1)
      statement.bind(number.kind.rank, 2)
      let rows = try file.rows(statement, "attached numbers and remembered choices") { cells in
        (isChoice: try cells.flag(0), party: try Self.party(cells))
      }
      return OperatorWords(
        parties: rows.filter { !$0.isChoice }.map(\.party).sorted { $0.code < $1.code },
        choice: rows.first(where: \.isChoice)?.party)
    }
  }

  /// The narrowest of the attached ranges that have a number, with each party that has it: for callers whom nobody
  /// else knows.
  func attachedRanges(around number: PhoneNumber) throws(StoreError) -> [AttachedRange] {
    guard let widest = NumberPlan.ranges(around: number.key).last else { return [] }
    return try read("reading the attached ranges") { db in
      // All beginnings of a number stand between the first of them and the number.
      let statement = try RowStatement(
        db,
        """
        SELECT number, code, source_key FROM attachment
        WHERE number >= ?1 AND number < ?2 AND kind = \(Self.rangeRank) ORDER BY code
        """)
      statement.bind(widest.prefix, 1)
      statement.bind(number.key, 2)
      let ranges = try file.rows(statement, "attached ranges") { cells in
        AttachedRange(
          range: NumberRange(prefix: try cells.text(0)), party: try Self.party(cells))
      }
      return ranges.filter { number.key.hasPrefix($0.range.prefix) }.narrowest
    }
  }

  private static func party(_ cells: Cells) throws -> PartyReference {
    PartyReference(code: try cells.text(1), sourceKey: try cells.text(2))
  }
}

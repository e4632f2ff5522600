import PhoneNumbers
import Telephony

/// What the operator has said of a number.
struct OperatorWords {
  /// The parties that it is attached to.
  var parties: [PartyReference] = []
  /// The narrowest of the attached ranges that have it, with each party that has it.
  var ranges: [AttachedRange] = []
  /// The party that was chosen the last time.
  var choice: PartyReference?
}

extension OperatorStore {
  /// What is kept of a number, in one look at the file: a call is looked up before it is shown.
  func words(on number: PhoneNumber) throws(StoreError) -> OperatorWords {
    try read("reading what is attached and chosen") { db in
      var words = OperatorWords()
      let attached = try RowStatement(
        db,
        "SELECT code, source_key FROM attachment WHERE number = ?1 AND kind = ?2 ORDER BY code")
      attached.bind(number.key, 1)
      attached.bind(number.kind.rank, 2)
      words.parties = try file.rows(attached, "attached numbers", Self.party)
      attached.bind(Self.rangeRank, 2)
      for range in NumberPlan.ranges(around: number.key) where words.ranges.isEmpty {
        attached.bind(range.prefix, 1)
        words.ranges = try file.rows(attached, "attached ranges", Self.party)
          .map { AttachedRange(range: range, party: $0) }
      }
      let choice = try RowStatement(db, "SELECT code, source_key FROM choice WHERE number = ?1")
      choice.bind(number.key, 1)
      words.choice = try file.rows(choice, "remembered choices", Self.party).first
      return words
    }
  }

  private static func party(_ cells: Cells) throws -> PartyReference {
    PartyReference(code: try cells.text(0), sourceKey: try cells.text(1))
  }
}

import GRDB
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
    let beginnings = NumberPlan.ranges(around: number.key).map(\.prefix)
    return try read("reading what is attached and chosen") { db in
      var words = OperatorWords()
      words.parties = try file.rows(
        db, "attached numbers",
        "SELECT code, source_key FROM attachment WHERE number = ? AND kind = ? ORDER BY code",
        [number.key, number.kind.rank]
      ) { PartyReference(code: try $0.text(0), sourceKey: try $0.text(1)) }
      if !beginnings.isEmpty {
        let places = beginnings.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
        words.ranges = try attachedRanges(
          db, "number IN (\(places))", StatementArguments(beginnings)
        ).narrowest
      }
      words.choice = try file.first(
        db, "remembered choices", "SELECT code, source_key FROM choice WHERE number = ?",
        [number.key]
      ) { PartyReference(code: try $0.text(0), sourceKey: try $0.text(1)) }
      return words
    }
  }
}

import GRDB
public import PhoneNumbers
public import Telephony

/// A range of numbers that is attached to a third party.
public struct AttachedRange: Hashable, Sendable {
  /// The numbers.
  public var range: NumberRange
  /// The party.
  public var party: PartyReference
}

extension OperatorStore {
  /// In the place of a number's kind, whose ranks are small.
  static let rangeRank: Int64 = 98

  /// Attaches all numbers that begin so to a party; doing it twice changes nothing.
  public func attach(_ range: NumberRange, to party: PartyReference) throws(StoreError) {
    try write("attaching a range of numbers") { db in
      try Self.attach(db, [party.code, party.sourceKey, range.prefix, Self.rangeRank])
    }
  }

  /// The ranges that are attached to a party, or all of them.
  public func attachedRanges(to party: PartyReference? = nil) throws(StoreError) -> [AttachedRange]
  {
    try read("reading the attached ranges") { db in
      try file.rows(
        db, "attached ranges",
        """
        SELECT number, code, source_key FROM attachment
        WHERE kind = \(Self.rangeRank) AND (?1 IS NULL OR \(PartyReference.means))
        ORDER BY code, number
        """, [party?.code, party?.sourceKey]
      ) { cells in
        AttachedRange(
          range: NumberRange(prefix: try cells.text(0)),
          party: PartyReference(code: try cells.text(1), sourceKey: try cells.text(2)))
      }
    }
  }
}

extension [AttachedRange] {
  /// Those with the longest beginning: a smaller company within a larger one's range.
  var narrowest: [AttachedRange] {
    let longest = map(\.range.prefix.utf8.count).max()
    return filter { $0.range.prefix.utf8.count == longest }
  }
}

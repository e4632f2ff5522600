import GRDB
public import Telephony

/// A number that the operator attached to a third party.
public struct Attachment: Hashable, Sendable {
  /// The number, in normal form.
  public var number: PhoneNumber
  /// The party.
  public var party: PartyReference

  /// A number attached to the party.
  public init(number: PhoneNumber, party: PartyReference) {
    self.number = number
    self.party = party
  }
}

extension OperatorStore {
  // MARK: Remembered choices

  /// Remembers the choice of a party for a number; nil forgets it.
  public func setChoice(_ party: PartyReference?, for number: PhoneNumber) throws(StoreError) {
    try write("remembering a choice") { db in
      if let party {
        try db.execute(
          sql: "INSERT OR REPLACE INTO choice (number, code, source_key) VALUES (?, ?, ?)",
          arguments: [number.key, party.code, party.sourceKey])
      } else {
        try db.execute(sql: "DELETE FROM choice WHERE number = ?", arguments: [number.key])
      }
    }
  }

  // MARK: Attached numbers

  /// Attaches a number to a party; doing it twice changes nothing. Survives every import and copy.
  public func attach(_ number: PhoneNumber, to party: PartyReference) throws(StoreError) {
    try write("attaching a number") { db in
      try Self.attach(db, Self.arguments(party, number))
    }
  }

  /// Attaches who is no number (`alice`) to a party: shown with it, never looked up.
  public func attach(text: String, to party: PartyReference) throws(StoreError) {
    try write("attaching a caller") { db in
      try Self.attach(db, [party.code, party.sourceKey, text.storable, Self.textRank])
    }
  }

  /// The callers who are no numbers and are attached to a party.
  func attachedTexts(to party: PartyReference) throws(StoreError) -> [String] {
    try read("reading the attached callers") { db in
      try file.rows(
        db, "attached callers",
        """
        SELECT number FROM attachment WHERE \(PartyReference.means) AND kind = ?3 ORDER BY number
        """, [party.code, party.sourceKey, Self.textRank]
      ) { try $0.text(0) }
    }
  }

  /// In the place of a number's kind, whose ranks are small.
  static let textRank = 99

  static func attach(_ db: Database, _ arguments: StatementArguments) throws {
    // What was kept under an earlier code of the party is the same.
    try db.execute(sql: detaching, arguments: arguments)
    try db.execute(
      sql: "INSERT INTO attachment (code, source_key, number, kind) VALUES (?, ?, ?, ?)",
      arguments: arguments)
  }

  private static let detaching =
    "DELETE FROM attachment WHERE \(PartyReference.means) AND number = ?3 AND kind = ?4"

  private static func arguments(_ party: PartyReference, _ number: PhoneNumber)
    -> StatementArguments
  {
    [party.code, party.sourceKey, number.key, number.kind.rank]
  }

  /// All remembered choices.
  func choices() throws(StoreError) -> [Attachment] {
    try read("reading the remembered choices") { db in
      try file.rows(
        db, "remembered choices",
        "SELECT number, code, source_key FROM choice ORDER BY number"
      ) { cells in
        let key = try cells.text(0)
        return Attachment(
          number: PhoneNumber(key.hasPrefix("+") ? .complete : .fragment, key),
          party: PartyReference(code: try cells.text(1), sourceKey: try cells.text(2)))
      }
    }
  }

  /// The numbers that are attached to a party, or all attached numbers.
  public func attachments(to party: PartyReference? = nil) throws(StoreError) -> [Attachment] {
    try read("reading the attached numbers") { db in
      try file.rows(
        db, "attached numbers",
        """
        SELECT number, kind, code, source_key FROM attachment
        WHERE kind < \(Self.rangeRank) AND (?1 IS NULL OR \(PartyReference.means))
        ORDER BY code, number
        """, [party?.code, party?.sourceKey]
      ) { cells in
        Attachment(
          number: PhoneNumber(try cells.kind(1), try cells.text(0)),
          party: PartyReference(code: try cells.text(2), sourceKey: try cells.text(3)))
      }
    }
  }
}

import GRDB
import PhoneNumbers
public import Telephony

extension PartyStore {
  /// Everything that the file knows of a party, nil when there is no such code. The operator's own
  /// part (notes, calls, attached numbers) is added by ``StoreDirectory``.
  public func record(_ code: String) throws(StoreError) -> ThirdPartyRecord? {
    try open.use("reading a third party") { connections in
      // One read transaction: an import must not be swapped in between the party and its numbers.
      try connections.reader.read { db in
        let found = try file.first(
          db, Self.things, "SELECT \(Self.recordColumns) FROM party WHERE code = ?", [code]
        ) { try Self.record($0) }
        guard var record = found else { return nil }
        record.numbers = try numbers(db, of: record.summary.id).map(\.listed)
        return record
      }
    }
  }

  /// The first columns of a SELECT of which ``record(_:)`` is made.
  static let recordColumns = "\(summaryColumns), address, country, email, remarks"

  /// What the ``recordColumns`` of a row say: a record without numbers.
  static func record(_ cells: Cells) throws(WrongCell) -> ThirdPartyRecord {
    ThirdPartyRecord(
      summary: try summary(cells), address: try cells.text(7), country: try cells.text(8),
      email: try cells.text(9), remarks: try cells.text(10))
  }

  /// The numbers of a party in the order in which they came; what was written where several readings are kept,
  /// once.
  func numbers(_ db: Database, of party: Int64) throws -> [StoredNumber] {
    var numbers: [StoredNumber] = []
    for number in try stored(db, of: party)
    where number.listed.isCertain || !numbers.contains(where: { $0.isReading(of: number) }) {
      numbers.append(number)
    }
    return numbers
  }

  private func stored(_ db: Database, of party: Int64) throws -> [StoredNumber] {
    try file.rows(
      db, "numbers of third parties",
      """
      SELECT key, kind, use, contact, text FROM number
      WHERE party = ? AND (kind IS NULL OR \(StoredKey.Kind.listed)) ORDER BY id
      """, [party]
    ) { cells in
      // A contact person without a number has neither of the two.
      let key = try cells.textOrNil(0)
      let kind = key == nil ? nil : try cells.kept(1)
      let isReading = kind == .reading
      let range = kind == .range ? key : nil
      let number = key.flatMap { key in
        kind.flatMap { isReading || range != nil ? nil : PhoneNumber($0.number, key) }
      }
      let (contact, written) = (try cells.text(3), try cells.text(4))
      return StoredNumber(
        listed: ListedNumber(
          use: ListedNumber.Use(rawValue: try cells.text(2)) ?? .phone, number: number,
          text: number.map(plan.display) ?? (isReading || range != nil ? written : ""),
          contact: contact.isEmpty ? nil : contact, isCertain: !isReading, range: range),
        written: written)
    }
  }
}

/// A number as the store keeps it.
struct StoredNumber {
  var listed: ListedNumber
  /// What was written, where the normal form does not tell it; otherwise empty.
  var written: String

  /// Whether both are readings of one field.
  fileprivate func isReading(of other: StoredNumber) -> Bool {
    !listed.isCertain && !other.listed.isCertain && isWritten(like: other)
  }

  /// Whether both come from one field, which an import reads but once.
  func isWritten(like other: StoredNumber) -> Bool {
    !written.isEmpty && written == other.written && listed.use == other.listed.use
      && listed.contact == other.listed.contact
  }

  /// The number as an import reads it back; nil for a contact person without one.
  var text: String? { written.isEmpty ? listed.number?.key : written }
}

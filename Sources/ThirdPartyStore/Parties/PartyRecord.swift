import GRDB
import PhoneNumbers
public import Telephony

extension PartyStore {
  /// Everything that the file knows of a party, nil when there is no such code. The operator's own
  /// part (notes, calls, attached numbers) is added by ``StoreDirectory``.
  public func record(_ code: String) throws(StoreError) -> ThirdPartyRecord? {
    try explaining("reading a third party", file.path) {
      // One read transaction: an import must not be swapped in between the party and its numbers.
      try reader.read { db in
        let statement = try db.cachedStatement(
          sql: "SELECT \(Self.recordColumns) FROM party WHERE code = ?")
        guard let row = try Row.fetchOne(statement, arguments: [code]) else { return nil }
        var record = Self.record(row)
        record.numbers = try numbers(db, of: record.summary.id).map(\.listed)
        return record
      }
    }
  }

  /// The first columns of a SELECT of which ``record(_:)`` is made.
  static let recordColumns = "\(summaryColumns), address, country, email, remarks"

  /// What the ``recordColumns`` of a row say: a record without numbers.
  static func record(_ row: Row) -> ThirdPartyRecord {
    ThirdPartyRecord(
      summary: summary(row), address: row[7], country: row[8], email: row[9], remarks: row[10])
  }

  /// The numbers of a party in the order in which they came; what was written where several readings are kept,
  /// once.
  func numbers(_ db: Database, of party: Int64) throws -> [StoredNumber] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT key, kind, use, contact, text FROM number
        WHERE party = ? AND (kind IS NULL OR kind <= \(StoredKey.Kind.reading.rawValue)) ORDER BY id
        """)
    var numbers: [StoredNumber] = []
    for row in try Row.fetchAll(statement, arguments: [party]) {
      let kind = (row[1] as Int64?).flatMap { StoredKey.Kind(rawValue: $0) }
      let isReading = kind == .reading
      let number = (row[0] as String?).flatMap { key in
        kind.flatMap { isReading ? nil : PhoneNumber($0.number, key) }
      }
      let (contact, written): (String, String) = (row[3], row[4])
      let stored = StoredNumber(
        listed: ListedNumber(
          use: ListedNumber.Use(rawValue: row[2]) ?? .phone, number: number,
          text: number.map(plan.display) ?? (isReading ? written : ""),
          contact: contact.isEmpty ? nil : contact, isCertain: !isReading),
        written: written)
      if !isReading || !numbers.contains(where: { $0.isReading(of: stored) }) {
        numbers.append(stored)
      }
    }
    return numbers
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

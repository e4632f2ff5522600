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

  /// The numbers of a party in the order in which they came.
  func numbers(_ db: Database, of party: Int64) throws -> [StoredNumber] {
    let statement = try db.cachedStatement(
      sql: "SELECT key, kind, use, contact, text FROM number WHERE party = ? ORDER BY id")
    return try Row.fetchAll(statement, arguments: [party]).map { row in
      let kind = (row[1] as Int64?).flatMap { PhoneNumber.Kind(rank: $0) }
      let number = (row[0] as String?).flatMap { key in kind.map { PhoneNumber($0, key) } }
      let contact: String = row[3]
      return StoredNumber(
        listed: ListedNumber(
          use: ListedNumber.Use(rawValue: row[2]) ?? .phone, number: number,
          text: number.map(plan.display) ?? "", contact: contact.isEmpty ? nil : contact),
        written: row[4])
    }
  }
}

/// A number as the store keeps it.
struct StoredNumber {
  var listed: ListedNumber
  /// What was written, where the normal form does not tell it; otherwise empty.
  var written: String

  /// The number as an import reads it back; nil for a contact person without one.
  var text: String? { written.isEmpty ? listed.number?.key : written }
}

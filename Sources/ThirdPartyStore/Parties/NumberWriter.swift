import GRDB
import Telephony

/// Writes the numbers of parties, within one transaction.
struct NumberWriter {
  private let find: Statement
  private let insert: Statement

  /// The statements, prepared once for the connection; `prefix` as in ``PartySchema``.
  init(_ db: Database, prefix: String = "") throws {
    find = try db.cachedStatement(
      sql: """
        SELECT 1 FROM \(prefix)number
        WHERE party = ? AND key IS ? AND use = ? AND contact = ? AND contact_key = ?
        """)
    insert = try db.cachedStatement(
      sql: """
        INSERT INTO \(prefix)number (party, key, kind, tail, use, contact, text, contact_key)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """)
  }

  /// Adds the numbers of a contact person, or the party's own when `contact` is empty, unless the party
  /// has them already for the same use and person.
  ///
  /// - Parameters:
  ///   - contactKey: the source's own key of the person; empty when there is none.
  ///   - isNew: whether the party has no numbers yet, which spares asking.
  func write(
    _ numbers: [ListedNumber], of party: Int64, contact: String = "", contactKey: String = "",
    isNew: Bool
  ) throws {
    // A contact person without a number is a row without a key.
    if numbers.isEmpty && !contact.isEmpty {
      try write(nil, .phone, "", party, contact, contactKey, isNew: isNew)
    }
    for (index, listed) in numbers.enumerated() {
      guard let number = listed.number else { continue }
      let isTold = number.kind == .complete || number.kind == .extension
      try write(
        number, listed.use, isTold ? "" : listed.text.storable, party, contact, contactKey,
        isNew: isNew && index == 0)
    }
  }

  private func write(
    _ number: PhoneNumber?, _ use: ListedNumber.Use, _ text: String, _ party: Int64,
    _ contact: String, _ contactKey: String, isNew: Bool
  ) throws {
    if !isNew {
      let arguments: StatementArguments = [party, number?.key, use.rawValue, contact, contactKey]
      guard try Bool.fetchOne(find, arguments: arguments) == nil else { return }
    }
    try insert.execute(arguments: [
      party, number?.key, number?.kind.rank, number?.tailValue, use.rawValue, contact, text,
      contactKey,
    ])
  }
}

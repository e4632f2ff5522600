import GRDB
import Telephony

/// Writes the numbers of parties, within one transaction.
struct NumberWriter {
  private let find: RowStatement
  private let insert: RowStatement

  /// The statements, prepared once for the connection; `prefix` as in ``PartySchema``.
  init(_ db: Database, prefix: String = "") throws {
    find = try RowStatement(
      db,
      """
      SELECT 1 FROM \(prefix)number
      WHERE party = ?1 AND key IS ?2 AND use = ?3 AND contact = ?4 AND contact_key = ?5
        AND (kind IS ?6 OR kind <= \(StoredKey.Kind.fragment.rawValue) AND ?6 < \(StoredKey.Kind.range.rawValue))
      """)
    insert = try RowStatement(
      db,
      """
      INSERT INTO \(prefix)number (party, key, kind, tail, use, contact, text, contact_key)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
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
      let keys = StoredKey.keys(of: listed)
      for (place, stored) in keys.enumerated() {
        let isTold =
          (stored.kind == .complete && listed.exchange == nil) || stored.kind == .extension
        let text =
          place > 0
          ? keys[0].key
          : stored.kind == .range ? stored.key + "*" : isTold ? "" : listed.text.storable
        try write(
          stored, listed.use, text, party, contact, contactKey,
          isNew: isNew && index == 0 && place == 0)
      }
    }
  }

  private func write(
    _ stored: StoredKey?, _ use: ListedNumber.Use, _ text: String, _ party: Int64,
    _ contact: String, _ contactKey: String, isNew: Bool
  ) throws {
    if !isNew {
      find.bind(party, 1)
      find.bind(stored?.key, 2)
      find.bind(use.rawValue, 3)
      find.bind(contact, 4)
      find.bind(contactKey, 5)
      find.bind(stored?.kind.rawValue, 6)
      guard try find.number() == nil else { return }
    }
    insert.bind(party, 1)
    insert.bind(stored?.key, 2)
    insert.bind(stored?.kind.rawValue, 3)
    insert.bind(stored?.tail, 4)
    insert.bind(use.rawValue, 5)
    insert.bind(contact, 6)
    insert.bind(text, 7)
    insert.bind(contactKey, 8)
    try insert.run()
  }
}

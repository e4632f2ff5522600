import GRDB
public import Telephony

/// A number that the operator attached to a third party.
public struct Attachment: Hashable, Sendable {
  /// The number, in normal form.
  public var number: PhoneNumber
  /// The party's code.
  public var code: String

  /// A number attached to the party with this code.
  public init(number: PhoneNumber, code: String) {
    self.number = number
    self.code = code
  }
}

extension OperatorStore {
  // MARK: Remembered choices

  /// The party that the operator chose for this number the last time.
  public func choice(for number: PhoneNumber) throws(StoreError) -> String? {
    try read("reading the remembered choices") { db in
      let statement = try db.cachedStatement(sql: "SELECT code FROM choice WHERE number = ?")
      return try String.fetchOne(statement, arguments: [number.key])
    }
  }

  /// Remembers the choice of a party for a number; nil forgets it.
  public func setChoice(_ code: String?, for number: PhoneNumber) throws(StoreError) {
    try write("remembering a choice") { db in
      if let code {
        try db.execute(
          sql: "INSERT OR REPLACE INTO choice (number, code) VALUES (?, ?)",
          arguments: [number.key, code])
      } else {
        try db.execute(sql: "DELETE FROM choice WHERE number = ?", arguments: [number.key])
      }
    }
  }

  // MARK: Attached numbers

  /// Attaches a number to a party; doing it twice changes nothing. Survives every import.
  public func attach(_ number: PhoneNumber, to code: String) throws(StoreError) {
    try write("attaching a number") { db in
      try db.execute(
        sql: "INSERT OR IGNORE INTO attachment (number, kind, code) VALUES (?, ?, ?)",
        arguments: [number.key, number.kind.rank, code])
    }
  }

  /// Takes an attachment back; false when there was none.
  public func detach(_ number: PhoneNumber, from code: String) throws(StoreError) -> Bool {
    var isRemoved = false
    try write("detaching a number") { db in
      try db.execute(
        sql: "DELETE FROM attachment WHERE number = ? AND kind = ? AND code = ?",
        arguments: [number.key, number.kind.rank, code])
      isRemoved = db.changesCount > 0
    }
    return isRemoved
  }

  /// The codes of the parties that a number is attached to.
  public func attachments(of number: PhoneNumber) throws(StoreError) -> [String] {
    try read("reading the attached numbers") { db in
      let statement = try db.cachedStatement(
        sql: "SELECT code FROM attachment WHERE number = ? AND kind = ? ORDER BY code")
      return try String.fetchAll(statement, arguments: [number.key, number.kind.rank])
    }
  }

  /// The numbers that are attached to a party, or all attached numbers.
  public func attachments(to code: String? = nil) throws(StoreError) -> [Attachment] {
    try read("reading the attached numbers") { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT number, kind, code FROM attachment WHERE ?1 IS NULL OR code = ?1
          ORDER BY code, number
          """, arguments: [code])
      return rows.compactMap { row in
        PhoneNumber.Kind(rank: row[1]).map { kind in
          Attachment(number: PhoneNumber(kind, row[0]), code: row[2])
        }
      }
    }
  }
}

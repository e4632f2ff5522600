import GRDB
public import Telephony

/// A third party that an operator makes in the window.
public struct NewThirdParty: Hashable, Sendable {
  /// Nil: the store gives one, `NEW-` and a number.
  public var code: String?
  /// The company's or the person's name.
  public var name: String
  /// What it is to the company.
  public var kind: ThirdPartyKind
  /// The postal code; may be empty.
  public var zip: String
  /// The city; may be empty.
  public var city: String
  /// Notes that come with it; may be empty.
  public var remarks: String
  /// Its numbers, each with its contact person.
  public var numbers: [ListedNumber]

  /// A third party; see the properties.
  public init(
    code: String? = nil, name: String, kind: ThirdPartyKind = .prospect, zip: String = "",
    city: String = "", remarks: String = "", numbers: [ListedNumber] = []
  ) {
    self.code = code
    self.name = name
    self.kind = kind
    self.zip = zip
    self.city = city
    self.remarks = remarks
    self.numbers = numbers
  }
}

extension PartyStore {
  /// Adds a party, which later imports leave in place. Throws `badInput` when the code is taken or
  /// the name is empty.
  public func create(_ party: NewThirdParty) throws(StoreError) -> ThirdPartySummary {
    let name = party.name.storable.trimmed
    guard !name.isEmpty else {
      throw StoreError(.badInput, "a third party needs a name; type one and try again")
    }
    return try open.use("creating a third party") { connections in
      try connections.writer.write { db in
        let id = try PartySchema.reserveParties(db, count: 1)
        let summary = ThirdPartySummary(
          code: try freeCode(db, wanted: party.code, id: id), id: id, kind: party.kind, name: name,
          zip: party.zip.storable, city: party.city.storable)
        try insert(db, summary, remarks: party.remarks.storable)
        let numbers = try NumberWriter(db)
        for number in party.numbers {
          try numbers.write(
            [number], of: id, contact: (number.contact ?? "").storable, isNew: false)
        }
        return summary
      }
    }
  }

  private func freeCode(_ db: Database, wanted: String?, id: Int64) throws -> String {
    let isTaken = { (code: String) in
      try db.holds("SELECT 1 FROM party WHERE code = ?", [code])
    }
    if let code = wanted?.storable.trimmed, !code.isEmpty {
      guard try !isTaken(code) else {
        throw StoreError(.badInput, "the code \(code) is taken; choose another one")
      }
      return code
    }
    var code = "NEW-\(id)"
    while try isTaken(code) { code += "x" }
    return code
  }

  private func insert(_ db: Database, _ party: ThirdPartySummary, remarks: String) throws {
    try db.execute(
      sql: """
        INSERT INTO party (id, code, kind, name, address, zip, city, country, email, remarks)
        VALUES (?, ?, ?, ?, '', ?, ?, '', '', ?)
        """,
      arguments: [
        party.id, party.code, party.kind.rawValue, party.name, party.zip, party.city, remarks,
      ])
    try db.execute(
      sql: """
        INSERT INTO party_search (rowid, name, city)
        SELECT \(PartySchema.searched) FROM party WHERE id = ?
        """, arguments: [party.id])
  }
}

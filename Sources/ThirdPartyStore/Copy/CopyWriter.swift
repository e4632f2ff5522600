import GRDB
import Telephony

/// Writes rows of a copy to the staged parties, within one transaction.
struct CopyWriter {
  /// What came.
  struct Counts {
    var added = 0
    var updated = 0
    var contacts = 0

    static func += (a: inout Counts, b: Counts) {
      a.added += b.added
      a.updated += b.updated
      a.contacts += b.contacts
    }
  }

  private(set) var counts = Counts()
  private let source: Int64
  private var fresh: Int64
  private let findKey: Statement
  private let writeKey: Statement
  private let findOld: Statement
  private let findLocal: Statement
  private let isTaken: Statement
  private let insertParty: Statement
  private let mergeParty: Statement
  private let moveNumbers: Statement
  private let numbers: NumberWriter

  /// The statements, prepared once for the connection, and row numbers for so many rows.
  init(_ db: Database, source: Int64, extent: PartyCopy.Extent, rows: Int) throws {
    self.source = source
    // A row may need one for its owner instead of itself, and then its owner none.
    fresh = try PartySchema.reserveParties(db, count: rows)
    findKey = try db.cachedStatement(sql: "SELECT party, seen FROM next_key WHERE key = ?")
    writeKey = try db.cachedStatement(
      sql: "INSERT OR REPLACE INTO next_key (key, party, seen) VALUES (?, ?, ?)")
    findOld = try db.cachedStatement(
      sql: "SELECT id FROM party WHERE source = ? AND source > 0 AND source_key = ?")
    findLocal = try db.cachedStatement(sql: "SELECT id FROM party WHERE code = ? AND source = 0")
    isTaken = try db.cachedStatement(sql: CopyStatements.isTaken(source, extent))
    insertParty = try db.cachedStatement(sql: CopyStatements.insertParty)
    mergeParty = try db.cachedStatement(sql: ImportStatements.mergeParty)
    moveNumbers = try db.cachedStatement(sql: "UPDATE next_number SET party = ? WHERE party = ?")
    numbers = try NumberWriter(db, prefix: "next_")
  }

  /// Adds a row to its party, or to that of its owner.
  mutating func write(_ row: CopiedRow) throws {
    let key = row.key.storable
    let (known, isSeen) = try find(key)
    if let owner = row.owner?.storable {
      try writeContact(row, key, of: try ownerNumber(owner), isKnown: isSeen)
    } else if isSeen, let party = known {
      let texts = StatementArguments(texts(of: row))
      try mergeParty.execute(arguments: [party, row.kind.rawValue] + texts)
      try numbers.write(row.numbers, of: party, isNew: false)
    } else {
      try writeParty(row, key, expected: known)
    }
  }

  private mutating func writeParty(
    _ row: CopiedRow, _ key: String, expected: Int64?
  ) throws {
    let old = try Int64.fetchOne(findOld, arguments: [source, key])
    let wanted = row.code.storable.trimmed
    let local =
      old == nil && !wanted.isEmpty ? try Int64.fetchOne(findLocal, arguments: [wanted]) : nil
    let code = try freeCode(wanted, key: key, id: old ?? local ?? 0)
    let party = old ?? (code == wanted ? local : nil) ?? expected ?? nextFresh()
    if let expected, expected != party {
      try moveNumbers.execute(arguments: [party, expected])
    }
    var texts = texts(of: row)
    if texts[0].isEmpty { texts[0] = code }
    try insertParty.execute(
      arguments: [party, source, key, code, row.kind.rawValue] + StatementArguments(texts))
    try writeKey.execute(arguments: [key, party, 1])
    // Contact persons may have come before.
    try numbers.write(row.numbers, of: party, isNew: expected == nil)
    if old == nil { counts.added += 1 } else { counts.updated += 1 }
  }

  private mutating func writeContact(
    _ row: CopiedRow, _ key: String, of party: Int64, isKnown: Bool
  ) throws {
    if !isKnown {
      try writeKey.execute(arguments: [key, party, 1])
      counts.contacts += 1
    }
    let name = row.name.storable.trimmed
    try numbers.write(
      row.numbers, of: party, contact: name.isEmpty ? "#\(key)" : name, contactKey: key,
      isNew: !isKnown)
  }

  /// What the copy has said of a key so far.
  private func find(_ key: String) throws -> (party: Int64?, isSeen: Bool) {
    guard let row = try Row.fetchOne(findKey, arguments: [key]) else { return (nil, false) }
    return (row[0], row[1])
  }

  /// The row number that the owner of a contact person has, or will have when it comes.
  private mutating func ownerNumber(_ key: String) throws -> Int64 {
    if let known = try find(key).party { return known }
    let party = try Int64.fetchOne(findOld, arguments: [source, key]) ?? nextFresh()
    try writeKey.execute(arguments: [key, party, 0])
    return party
  }

  /// The code, completed by the key where another party has it or where it is empty.
  private func freeCode(_ wanted: String, key: String, id: Int64) throws -> String {
    var code = wanted.isEmpty ? "#\(key)" : wanted
    if !wanted.isEmpty, try Bool.fetchOne(isTaken, arguments: [code, id]) != nil {
      code += "#\(key)"
    }
    while try Bool.fetchOne(isTaken, arguments: [code, id]) != nil { code += "#" }
    return code
  }

  private mutating func nextFresh() -> Int64 {
    defer { fresh += 1 }
    return fresh
  }

  /// The texts in the order of ``ImportRow/texts``.
  private func texts(of row: CopiedRow) -> [String] {
    [row.name, row.address, row.zip, row.city, row.country, row.email, row.remarks]
      .map { $0.storable.trimmed }
  }
}

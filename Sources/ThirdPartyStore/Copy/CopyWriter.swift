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
  /// Rows that were taken as parties of their own because another party has their key, in sentences.
  private(set) var notices: [String] = []
  private let source: Int64
  private var fresh: Int64
  private let findKey: RowStatement
  private let writeKey: RowStatement
  private let findOld: RowStatement
  private let findLocal: RowStatement
  private let findTaken: RowStatement
  private let insertParty: RowStatement
  private let mergeParty: RowStatement
  private let moveNumbers: RowStatement
  private let findName: RowStatement
  private let freeNumbers: RowStatement
  private let dropNobody: RowStatement
  private let numbers: NumberWriter

  /// The statements, prepared once for the connection, and row numbers for so many rows.
  init(_ db: Database, source: Int64, extent: PartyCopy.Extent, rows: Int) throws {
    self.source = source
    // A row may need one for its owner instead of itself, and then its owner none.
    fresh = try PartySchema.reserveParties(db, count: rows)
    findKey = try RowStatement(db, "SELECT party, seen FROM next_key WHERE key = ?")
    writeKey = try RowStatement(
      db, "INSERT OR REPLACE INTO next_key (key, party, seen) VALUES (?, ?, ?)")
    findOld = try RowStatement(
      db, "SELECT id FROM party WHERE source = \(source) AND source > 0 AND source_key = ?")
    findLocal = try RowStatement(db, "SELECT id FROM party WHERE code = ? AND source = 0")
    findTaken = try RowStatement(db, CopyStatements.isTaken(source, extent))
    insertParty = try RowStatement(db, CopyStatements.insertParty)
    mergeParty = try RowStatement(db, ImportStatements.mergeParty)
    moveNumbers = try RowStatement(db, "UPDATE next_number SET party = ? WHERE party = ?")
    findName = try RowStatement(db, "SELECT name FROM next_party WHERE id = ?")
    freeNumbers = try RowStatement(
      db,
      """
      UPDATE next_number SET party = ?1, contact = '', contact_key = ''
      WHERE party = ?2 AND contact_key = ?3 AND key IS NOT NULL
      """)
    dropNobody = try RowStatement(
      db, "DELETE FROM next_number WHERE party = ?1 AND contact_key = ?2")
    numbers = try NumberWriter(db, prefix: "next_")
  }

  /// Adds a row to its party, or to that of its owner.
  mutating func write(_ row: CopiedRow) throws {
    var key = row.key.storable
    var (known, isSeen) = try find(key)
    while row.owner == nil, isSeen, let party = known, let name = try name(of: party),
      !Identity.isSame(row.name.unified, as: name)
    {
      notices.append("\(key): another name than an earlier row with this id: a party of its own")
      key += Identity.mark(Identity.words(row.name).joined(separator: " "))
      (known, isSeen) = try find(key)
    }
    if let owner = row.owner?.storable {
      try writeContact(row, key, of: try ownerNumber(owner), isKnown: isSeen)
    } else if isSeen, let party = known, try name(of: party) != nil {
      mergeParty.bind(party, 1)
      mergeParty.bind(row.kind.rawValue, 2)
      for (index, text) in texts(of: row).enumerated() {
        mergeParty.bind(text, Int32(clamping: index + 3))
      }
      try mergeParty.run()
      try numbers.write(row.numbers, of: party, isNew: false)
    } else {
      try writeParty(row, key, expected: known)
    }
  }

  private mutating func writeParty(
    _ row: CopiedRow, _ key: String, expected: Int64?
  ) throws {
    let old = try find(key, with: findOld)
    let wanted = row.code.unified
    let local = old == nil && !wanted.isEmpty ? try find(wanted, with: findLocal) : nil
    let code = try freeCode(wanted, key: key, id: old ?? local ?? 0)
    let party = old ?? (code == wanted ? local : nil) ?? expected ?? nextFresh()
    if let expected, expected != party {
      moveNumbers.bind(party, 1)
      moveNumbers.bind(expected, 2)
      try moveNumbers.run()
    }
    try insert(row, key, party: party, code: code)
    // Contact persons may have come before.
    try numbers.write(row.numbers, of: party, isNew: expected == nil)
    if old == nil { counts.added += 1 } else { counts.updated += 1 }
  }

  private func insert(_ row: CopiedRow, _ key: String, party: Int64, code: String) throws {
    var texts = texts(of: row)
    if texts[0].isEmpty { texts[0] = code }
    insertParty.bind(party, 1)
    insertParty.bind(source, 2)
    insertParty.bind(key, 3)
    insertParty.bind(code, 4)
    insertParty.bind(row.kind.rawValue, 5)
    for (index, text) in texts.enumerated() { insertParty.bind(text, Int32(clamping: index + 6)) }
    try insertParty.run()
    try note(key, party: party, isSeen: true)
  }

  private mutating func writeContact(
    _ row: CopiedRow, _ key: String, of party: Int64, isKnown: Bool
  ) throws {
    if !isKnown {
      try note(key, party: party, isSeen: true)
      counts.contacts += 1
    }
    // One without a name is nobody whom to greet: the number is the company's.
    try numbers.write(
      row.numbers, of: party, contact: row.name.unified, contactKey: key, isNew: !isKnown)
  }

  /// Makes a party of a contact person whose company has not come, and gives it the person's numbers.
  mutating func standAlone(_ key: String, name: String, of owner: Int64) throws {
    let old = try find(key, with: findOld)
    let row = CopiedRow(key: key, kind: .contact, name: name)
    try insert(row, key, party: old ?? nextFresh(), code: try freeCode("", key: key, id: old ?? 0))
    let party = try find(key).party ?? 0
    freeNumbers.bind(party, 1)
    freeNumbers.bind(owner, 2)
    freeNumbers.bind(key, 3)
    try freeNumbers.run()
    dropNobody.bind(owner, 1)
    dropNobody.bind(key, 2)
    try dropNobody.run()
    if old == nil { counts.added += 1 } else { counts.updated += 1 }
  }

  private func name(of party: Int64) throws -> String? {
    findName.bind(party, 1)
    var name: String?
    try findName.run { name = try $0.text(0) }
    return name
  }

  /// What the copy has said of a key so far.
  private func find(_ key: String) throws -> (party: Int64?, isSeen: Bool) {
    var found = (party: Int64?.none, isSeen: false)
    findKey.bind(key, 1)
    try findKey.run { found = (try $0.numberOrNil(0), try $0.flag(1)) }
    return found
  }

  /// What there is for a key or a code.
  private func find(_ text: String, with statement: RowStatement) throws -> Int64? {
    statement.bind(text, 1)
    return try statement.number()
  }

  private func note(_ key: String, party: Int64, isSeen: Bool) throws {
    writeKey.bind(key, 1)
    writeKey.bind(party, 2)
    writeKey.bind(isSeen ? 1 : 0, 3)
    try writeKey.run()
  }

  /// The row number that the owner of a contact person has, or will have when it comes.
  private mutating func ownerNumber(_ key: String) throws -> Int64 {
    let known = try find(key)
    if let party = known.party { return party }
    let party = try find(key, with: findOld) ?? nextFresh()
    // One that is gone stays so.
    try note(key, party: party, isSeen: known.isSeen)
    return party
  }

  /// The code, completed by the key where another party has it or where it is empty.
  private func freeCode(_ wanted: String, key: String, id: Int64) throws -> String {
    var code = wanted.isEmpty ? "#\(key)" : wanted
    if !wanted.isEmpty, try isTaken(code, besides: id) { code += "#\(key)" }
    while try isTaken(code, besides: id) { code += "#" }
    return code
  }

  private func isTaken(_ code: String, besides id: Int64) throws -> Bool {
    findTaken.bind(code, 1)
    findTaken.bind(id, 2)
    return try findTaken.number() != nil
  }

  private mutating func nextFresh() -> Int64 {
    defer { fresh += 1 }
    return fresh
  }

  /// The texts in the order of ``ImportRow/texts``.
  private func texts(of row: CopiedRow) -> [String] {
    [row.name, row.address, row.zip, row.city, row.country, row.email, row.remarks]
      .map(\.unified)
  }
}

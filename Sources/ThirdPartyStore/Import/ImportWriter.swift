import GRDB
import Telephony

/// Writes rows of an import to the staged parties, within one transaction.
struct ImportWriter {
  /// What became of a row.
  enum Outcome {
    case taken
    /// Taken as a party of its own, although a party of the row on this line has the code.
    case apart(line: Int64, why: String)
    /// Nothing says the party's name.
    case nameless
  }

  /// A party that is staged already.
  private struct Staged {
    var id: Int64
    var name: String
    var place: PartyPlace
  }

  private let isCards: Bool
  private let findParty: RowStatement
  private let findOrigin: RowStatement
  private let findOldParty: RowStatement
  private let insertParty: RowStatement
  private let insertOwner: RowStatement
  private let insertOrigin: RowStatement
  private let ownOrigin: RowStatement
  private let mergeParty: RowStatement
  private let replaceParty: RowStatement
  private let numbers: NumberWriter

  /// The statements, prepared once for the connection.
  init(_ db: Database, _ columns: Set<ImportColumn>, isCards: Bool) throws {
    self.isCards = isCards
    findParty = try RowStatement(
      db, "SELECT id, name, address, zip, city, country FROM next_party WHERE code = ?")
    findOrigin = try RowStatement(db, "SELECT line, own FROM next_origin WHERE party = ?")
    findOldParty = try RowStatement(db, "SELECT name FROM party WHERE code = ?")
    insertParty = try RowStatement(db, ImportStatements.insertParty(columns))
    insertOwner = try RowStatement(db, ImportStatements.insertParty([]))
    insertOrigin = try RowStatement(
      db, "INSERT INTO next_origin (party, line, own) VALUES (?, ?, ?)")
    ownOrigin = try RowStatement(db, "UPDATE next_origin SET own = 1 WHERE party = ?")
    mergeParty = try RowStatement(db, ImportStatements.mergeParty)
    replaceParty = try RowStatement(db, ImportStatements.replaceParty)
    numbers = try NumberWriter(db, prefix: "next_")
  }

  /// Adds a row to its party, making that with the row number `fresh` if it is a new one.
  func write(_ row: ImportRow, line: Int, fresh: Int64) throws -> Outcome {
    var row = row
    var outcome = Outcome.taken
    var isContacts = false
    while let known = try staged(row.code) {
      if row.name.isEmpty, known.name != row.contact, !row.contact.isEmpty,
        try isNamedByContact(known)
      {
        // Nobody says whose contact persons two are under one code.
        (row.texts[0], row.contact, isContacts) = (row.contact, "", true)
        continue
      }
      guard let (why, mark) = try difference(row, known, isContacts) else {
        try merge(row, known)
        return outcome
      }
      if row.kind == .contact, row.contact.isEmpty {
        // Who is said to be a contact person is one of the party that has the code.
        row.contact = row.name
        row.texts[0] = ""
        continue
      }
      if case .taken = outcome {
        outcome = .apart(line: try origin(known.id).line, why: why)
      }
      row.code += Identity.mark(mark)
    }
    if row.name.isEmpty {
      let old = try oldName(row.code)
      if old == nil { row.texts[0] = row.fallback }
      guard old != nil || !row.name.isEmpty else { return .nameless }
      if !row.contact.isEmpty, row.contact == old ?? row.name {
        (row.contact, isContacts) = ("", true)
      }
    }
    try insert(row, isContacts, line: line, fresh: fresh)
    return outcome
  }

  /// Whether only a contact person names the party, for no row has said another name so far.
  private func isNamedByContact(_ known: Staged) throws -> Bool {
    try !isCards && !origin(known.id).isOwn
  }

  private func oldName(_ code: String) throws -> String? {
    findOldParty.bind(code, 1)
    var name: String?
    try findOldParty.run { name = try $0.text(0) }
    return name
  }

  /// `isContacts`: whether its name is that of a contact person, which gives way to the party's.
  private func insert(_ row: ImportRow, _ isContacts: Bool, line: Int, fresh: Int64) throws {
    // A card of a person says nothing of the organization but its name.
    let statement = isOwn(row) ? insertParty : insertOwner
    statement.bind(row.code, 1)
    statement.bind(fresh, 2)
    statement.bind(row.kind?.rawValue, 3)
    for (index, text) in row.texts.enumerated() { statement.bind(text, Int32(clamping: index + 4)) }
    let id = try statement.number() ?? fresh
    insertOrigin.bind(id, 1)
    insertOrigin.bind(Int64(clamping: line), 2)
    insertOrigin.bind(isOwn(row) && !isContacts ? 1 : 0, 3)
    try insertOrigin.run()
    try numbers.write(row.numbers, of: id, contact: row.contact, isNew: true)
  }

  private func merge(_ row: ImportRow, _ known: Staged) throws {
    var statement = mergeParty
    if isOwn(row), try !origin(known.id).isOwn {
      statement = replaceParty
      ownOrigin.bind(known.id, 1)
      try ownOrigin.run()
    }
    statement.bind(known.id, 1)
    statement.bind(row.kind?.rawValue, 2)
    for (index, text) in row.texts.enumerated() { statement.bind(text, Int32(clamping: index + 3)) }
    try statement.run()
    try numbers.write(row.numbers, of: known.id, contact: row.contact, isNew: false)
  }

  /// Whether a row says what its party is, and not only who a contact person of it is.
  private func isOwn(_ row: ImportRow) -> Bool {
    row.contact.isEmpty || (!isCards && row.identity != .organization)
  }

  /// Why a row is not the party that has its code, and what tells it from that; nil when it is.
  private func difference(
    _ row: ImportRow, _ known: Staged, _ isContacts: Bool
  ) throws -> (why: String, mark: String)? {
    if !Identity.isSame(row.name, as: known.name) {
      if !isContacts, row.identity == .said, try isNamedByContact(known) { return nil }
      return ("another name", Identity.words(row.name).joined(separator: " "))
    }
    guard row.identity == .organization, row.place.differs(from: known.place) else { return nil }
    return ("another address", row.place.key)
  }

  private func staged(_ code: String) throws -> Staged? {
    findParty.bind(code, 1)
    var staged: Staged?
    try findParty.run { cells in
      staged = Staged(
        id: try cells.number(0), name: try cells.text(1),
        place: PartyPlace(
          address: try cells.text(2), zip: try cells.text(3), city: try cells.text(4),
          country: try cells.text(5)))
    }
    return staged
  }

  private func origin(_ party: Int64) throws -> (line: Int64, isOwn: Bool) {
    findOrigin.bind(party, 1)
    var origin = (line: Int64(0), isOwn: true)
    try findOrigin.run { origin = (try $0.number(0), try $0.flag(1)) }
    return origin
  }
}

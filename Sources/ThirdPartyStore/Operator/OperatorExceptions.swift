import GRDB
public import Telephony

extension OperatorStore {
  /// The operator's own exception numbers, by pattern.
  public func exceptions() throws(StoreError) -> [ExceptionNumber] {
    try read("reading the exceptions") { db in try file.exceptions(db, .own) }
  }

  /// Adds an entry to the own list, in place of the one for the same pattern and collaborator.
  public func add(_ exception: ExceptionNumber) throws(StoreError) {
    try write("adding an exception") { db in
      try db.execute(
        sql: "INSERT OR REPLACE INTO exception (pattern, collaborator, comment) VALUES (?, ?, ?)",
        arguments: [
          exception.pattern, exception.collaborator?.storable ?? "", exception.comment.storable,
        ])
    }
  }

  /// Removes the entry for this pattern and collaborator; false when there was none.
  public func removeException(
    _ pattern: String, collaborator: String?
  ) throws(StoreError) -> Bool {
    var isRemoved = false
    try write("removing an exception") { db in
      try db.execute(
        sql: "DELETE FROM exception WHERE pattern = ? AND collaborator = ?",
        arguments: [pattern, collaborator ?? ""])
      isRemoved = db.changesCount > 0
    }
    return isRemoved
  }
}

extension StoreFile {
  /// The exception numbers of a file of either kind, by pattern; they are of this list.
  func exceptions(_ db: Database, _ list: ExceptionNumber.List) throws -> [ExceptionNumber] {
    try rows(
      db, "exceptions",
      "SELECT pattern, collaborator, comment FROM exception ORDER BY pattern, collaborator"
    ) { cells in
      let collaborator = try cells.text(1)
      return ExceptionNumber(
        pattern: try cells.text(0), collaborator: collaborator.isEmpty ? nil : collaborator,
        comment: try cells.text(2), list: list)
    }
  }
}

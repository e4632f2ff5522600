import GRDB
public import Telephony

/// What a note is on.
public enum NoteSubject: Hashable, Sendable {
  /// The third party with this code.
  case party(code: String)
  /// A caller whom no third party matches.
  case number(PhoneNumber)

  fileprivate var columns: (code: String, number: String) {
    switch self {
    case .party(let code): (code, "")
    case .number(let number): ("", number.key)
    }
  }
}

extension OperatorStore {
  /// Keeps a note.
  public func add(_ note: Note, on subject: NoteSubject) throws(StoreError) {
    let (code, number) = subject.columns
    try write("keeping a note") { db in
      try db.execute(
        sql: "INSERT INTO note (code, number, at, zone, text) VALUES (?, ?, ?, ?, ?)",
        arguments: [
          code, number, note.at.milliseconds, note.at.offset, note.text.storable,
        ])
    }
  }

  /// The notes on a party or an unknown caller, newest first.
  public func notes(on subject: NoteSubject) throws(StoreError) -> [Note] {
    let (code, number) = subject.columns
    return try read("reading the notes") { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT at, zone, text FROM note WHERE code = ? AND number = ? ORDER BY at DESC, id DESC
          """, arguments: [code, number])
      return rows.map { row in
        Note(at: WallTime(milliseconds: row[0], offset: row[1]), text: row[2])
      }
    }
  }
}

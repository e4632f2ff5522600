import GRDB
public import Telephony

/// What a note is on.
public enum NoteSubject: Hashable, Sendable {
  /// A third party.
  case party(PartyReference)
  /// A caller whom no third party matches.
  case number(PhoneNumber)

  /// The columns code, source_key and number.
  fileprivate var columns: StatementArguments {
    switch self {
    case .party(let party): [party.code, party.sourceKey, ""]
    case .number(let number): ["", "", number.key]
    }
  }
}

extension OperatorStore {
  /// Keeps a note.
  public func add(_ note: Note, on subject: NoteSubject) throws(StoreError) {
    try write("keeping a note") { db in
      try db.execute(
        sql: """
          INSERT INTO note (code, source_key, number, at, zone, text) VALUES (?, ?, ?, ?, ?, ?)
          """,
        arguments: subject.columns + [note.at.milliseconds, note.at.offset, note.text.storable])
    }
  }

  /// The notes on a party or an unknown caller, newest first.
  public func notes(on subject: NoteSubject) throws(StoreError) -> [Note] {
    try read("reading the notes") { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT at, zone, text FROM note WHERE \(PartyReference.means) AND number = ?3
          ORDER BY at DESC, id DESC
          """, arguments: subject.columns)
      return rows.map { row in
        Note(at: WallTime(milliseconds: row[0], offset: row[1]), text: row[2])
      }
    }
  }
}

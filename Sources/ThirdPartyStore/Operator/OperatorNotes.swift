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
    try notes(on: [subject])
  }

  /// The notes on all of these, newest first.
  public func notes(on subjects: [NoteSubject]) throws(StoreError) -> [Note] {
    try read("reading the notes") { db in
      let notes = try subjects.flatMap { subject in
        try file.rows(
          db, "notes",
          "SELECT at, zone, text, id FROM note WHERE \(PartyReference.means) AND number = ?3",
          subject.columns
        ) { cells in
          let note = Note(at: try cells.time(0, zone: 1), text: try cells.text(2))
          return (note: note, id: try cells.number(3))
        }
      }
      return notes.sorted { ($0.note.at, $0.id) > ($1.note.at, $1.id) }.map(\.note)
    }
  }
}

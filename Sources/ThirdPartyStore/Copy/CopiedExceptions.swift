import GRDB
import Synchronization
public import Telephony

extension PartyStore {
  /// The exception numbers that copies brought, by pattern: everybody's here, and nobody's to change here.
  ///
  /// Asked before each call is shown: read again only when the file has changed.
  public func exceptions() throws(StoreError) -> [ExceptionNumber] {
    try open.use("reading the exceptions") { connections in
      // Not `read`: what it begins with has SQLite prepare every statement of the connection anew, the one of the
      // lookup that follows among them. Entries that are newer than the version are read once more.
      try connections.reader.unsafeRead { db in
        let version = try db.number("PRAGMA data_version") ?? 0
        if let known = connections.exceptions.withLock({ $0 }), known.version == version {
          return known.entries
        }
        let entries = try file.exceptions(db, .erp)
        connections.exceptions.withLock { $0 = (version, entries) }
        return entries
      }
    }
  }
}

extension PartyCopy {
  /// Stages exception numbers of the source. Those that it had go when the copy takes effect, also when these are
  /// none; without a call they stay.
  public func add(exceptions: [ExceptionNumber]) throws(StoreError) {
    bringsExceptions = true
    try write { db in
      let statement = try db.cachedStatement(sql: CopyStatements.insertException)
      for entry in exceptions {
        try statement.execute(arguments: [
          entry.pattern, entry.collaborator?.storable ?? "", entry.comment.storable,
        ])
      }
    }
  }
}

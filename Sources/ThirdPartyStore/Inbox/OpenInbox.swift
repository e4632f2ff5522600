import GRDB
import Glibc
import Synchronization
import Telephony

/// An inbox's file while it is open: the only connection to it, and its log.
final class OpenInbox: Sendable {
  typealias Row = (id: String, at: Int64, event: String)

  /// The write-ahead log, which is forced to the disk by itself: SQLite would have every writer wait for that.
  ///
  /// It is never closed before the connection; SQLite locks the other file, not this one.
  final class Log: Sendable {
    let descriptor: Int32
    fileprivate let path: String

    fileprivate init(path: String) throws(StoreError) {
      self.path = path
      descriptor = Glibc.open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
      guard descriptor >= 0 else { throw StoreError(errno, opening: path) }
    }

    deinit { Glibc.close(descriptor) }

    /// Whether the path still leads to this log.
    var isInPlace: Bool {
      var (mine, there) = (stat(), stat())
      return fstat(descriptor, &mine) == 0 && lstat(path, &there) == 0
        && mine.st_dev == there.st_dev && mine.st_ino == there.st_ino
    }
  }

  /// Which file it is, and how long it was; neither of the two ever becomes shorter by itself.
  private struct Identity {
    var device: dev_t
    var inode: ino_t
    var size: Int64

    /// Nil where there is no file.
    init?(_ path: String) {
      var status = stat()
      guard lstat(path, &status) == 0 else { return nil }
      (device, inode, size) = (status.st_dev, status.st_ino, Int64(clamping: status.st_size))
    }

    func isSame(_ earlier: Identity) -> Bool {
      device == earlier.device && inode == earlier.inode && size >= earlier.size
    }
  }

  /// What the file has rows of, for sentences.
  private static let things = "calls that wait"

  let log: Log
  private let file: StoreFile
  private let queue: DatabaseQueue
  private let path: String
  private let seen: Mutex<(file: Identity, log: Identity)>

  /// Opens the file, making it where missing; throws ``StoreError/Kind/busy`` while another window has it.
  init(_ file: StoreFile) throws(StoreError) {
    self.file = file
    path = file.path
    queue = try file.open(for: .inbox)
    // The log begins with the first transaction.
    try explaining("opening the inbox", path) { [queue] in
      try queue.write { try $0.execute(sql: "UPDATE event SET at = at WHERE id = ''") }
      try queue.write { try $0.execute(sql: "PRAGMA user_version = 1") }
    }
    log = try Log(path: path + "-wal")
    guard let main = Identity(path), let wal = Identity(log.path) else {
      throw StoreError(.cannotOpen, "\(path) went away while it was opened")
    }
    seen = Mutex((main, wal))
  }

  /// Whether both files are the ones that were opened, and nobody cut them.
  var isInPlace: Bool {
    guard log.isInPlace, let main = Identity(path), let wal = Identity(log.path) else {
      return false
    }
    return seen.withLock { seen in
      guard main.isSame(seen.file), wal.isSame(seen.log) else { return false }
      seen = (main, wal)
      return true
    }
  }

  /// Copies what the log has into the file, forces that to the disk and begins the log anew: of one that is only partly
  /// on the disk, what is there must not be read over the newer file.
  func renewLog() throws {
    let isBusy = try queue.inDatabase { db in
      try db.first("PRAGMA wal_checkpoint(TRUNCATE)") { try $0.flag(0) }
    }
    guard isBusy == false else { throw DatabaseError(resultCode: .SQLITE_BUSY) }
    // This time it was cut by this program.
    seen.withLock { $0.log = Identity(log.path) ?? $0.log }
  }

  /// Writes the rows whose names are new, and notes what the journal has; which of the rows are new.
  func write(_ rows: [Row], settling receipts: [Receipt]) throws -> [Bool] {
    var isNew: [Bool] = []
    try queue.write { db in
      let insert = try db.cachedStatement(
        sql: "INSERT OR IGNORE INTO event (id, at, event) VALUES (?, ?, ?)")
      for row in rows {
        try insert.execute(arguments: [row.id.storable, row.at, row.event])
        isNew.append(db.changesCount > 0)
      }
      let settle = try db.cachedStatement(
        sql: """
          UPDATE event SET is_settled = 1, line = ?2, event = CASE WHEN ?2 IS NULL THEN NULL ELSE event END
          WHERE id = ?1
          """)
      for receipt in receipts {
        try settle.execute(arguments: [receipt.event.storable, receipt.line?.storable])
      }
    }
    return isNew
  }

  /// The names of the events that the journal has not.
  func unsettled() throws -> [String] {
    try queue.unsafeRead { db in
      try file.rows(
        db, Self.things, "SELECT id FROM event WHERE event IS NOT NULL AND NOT is_settled", []
      ) { try $0.text(0) }
    }
  }

  /// The events of which the inbox was told that the journal has them.
  func settled() throws -> [OperatorStore.SettledEvent] {
    try rows().compactMap { row in
      row.isSettled ? row.line.map { (row.id, $0, row.at) } : nil
    }
  }

  /// Takes back that the journal has the events.
  func unsettle(_ names: [String]) throws {
    try update(names, "is_settled = 0, line = NULL")
  }

  /// Keeps nothing but the names of what the journal has and is older than `time` [ms since 1970].
  func forget(before time: Int64) throws {
    try queue.write { db in
      try db.execute(
        sql:
          "UPDATE event SET event = NULL, line = NULL WHERE event IS NOT NULL AND is_settled AND at < ?",
        arguments: [time])
    }
  }

  /// Keeps nothing but the names of these events.
  func forget(_ names: [String]) throws {
    try update(names, "event = NULL, line = NULL, is_settled = 1")
  }

  private func update(_ names: [String], _ values: String) throws {
    guard !names.isEmpty else { return }
    try queue.write { db in
      try db.execute(
        sql: "UPDATE event SET \(values) WHERE id IN (SELECT value FROM json_each(?))",
        arguments: [try Database.json(names.map(\.storable))])
    }
  }

  /// All events that are kept, oldest first.
  func rows() throws -> [(id: String, at: Int64, event: String, line: String?, isSettled: Bool)] {
    try queue.unsafeRead { db in
      try file.rows(
        db, Self.things,
        "SELECT id, at, event, line, is_settled FROM event WHERE event IS NOT NULL ORDER BY at, id",
        []
      ) { cells in
        (
          id: try cells.text(0), at: try cells.number(1), event: try cells.text(2),
          line: try cells.textOrNil(3), isSettled: try cells.flag(4)
        )
      }
    }
  }
}

import GRDB
import Glibc

/// What the store takes of the disk, above all an import or a copy.
///
/// Under WAL, what is committed stands in the log, and needs as much space again when it is copied into the
/// file: a log that takes the last of the disk can never be emptied. Where the disk is short, transactions are
/// small, the log is emptied before each, and the last of the disk is left alone.
extension StoreFile {
  /// With less than this, the disk is short [bytes].
  private static let ample: Int64 = 256 << 20
  /// Some small transactions, and what is left to others, such as the journal [bytes].
  private static let reserve: Int64 = 8 << 20

  /// What SQLite's indexes of the logs of two files take, the least that it makes [bytes].
  private static let indexes: Int64 = 2 * 32_768

  /// Whether there is no room for the index of a log. SQLite writes into it through memory, and where a part of it
  /// is not on the disk yet and finds no room there, that ends the process.
  var isDiskFull: Bool { freeSpace.map { $0 < Self.indexes } ?? false }

  /// Whether one connection has the file for itself, and there cannot be another.
  static func isAlone(_ queue: DatabaseQueue) -> Bool {
    let mode = try? queue.inDatabase { try $0.first("PRAGMA locking_mode") { try $0.text(0) } }
    return mode == "exclusive"
  }

  /// Whether transactions have to be small.
  var isDiskShort: Bool { freeSpace.map { $0 < Self.ample } ?? false }

  /// Sees to it that the disk has room for a transaction of about so many bytes; throws SQLITE_FULL otherwise.
  func makeRoom(_ queue: DatabaseQueue, for bytes: Int64 = 0) throws {
    guard let free = freeSpace, free < Self.ample + 2 * bytes else { return }
    if Self.size(of: path + "-wal") > 0 { try emptyLog(queue) }
    if let free = freeSpace, free < max(Self.reserve, 2 * bytes) {
      throw DatabaseError(resultCode: .SQLITE_FULL)
    }
  }

  /// Copies the log into the file; where a reader is in the way, the log shrinks by itself later.
  func emptyLog(_ queue: DatabaseQueue) throws {
    try queue.inDatabase { try $0.forEachRow("PRAGMA wal_checkpoint(TRUNCATE)") { _ in } }
  }

  /// Gives back to the disk what has become free, where that is nearly all of the file: as after a first import
  /// or copy that came to nothing. What is less, the next one needs.
  func giveBack(_ queue: DatabaseQueue) throws {
    try emptyLog(queue)
    let (used, free) = try usage(queue)
    // What is kept is written to a temporary file, then to the log.
    guard free > 3 * used, let space = freeSpace, space > 2 * used else { return }
    try queue.writeWithoutTransaction { try $0.execute(sql: "VACUUM") }
    try emptyLog(queue)
  }

  /// How much of the file holds something, and how much nothing [bytes].
  func usage(_ queue: DatabaseQueue) throws -> (used: Int64, free: Int64) {
    try queue.inDatabase { db in
      // The file says them: no file system has more.
      let page = try db.number("PRAGMA page_size", in: 0...65_536) ?? 0
      let all = try db.number("PRAGMA page_count", in: 0...(1 << 32)) ?? 0
      let free = try db.number("PRAGMA freelist_count", in: 0...(1 << 32)) ?? 0
      return ((all - free) * page, free * page)
    }
  }

  /// What this user may still write to the disk [bytes].
  private var freeSpace: Int64? {
    var disk = statvfs()
    guard statvfs(path, &disk) == 0 else { return nil }
    let (bytes, isOver) = disk.f_bavail.multipliedReportingOverflow(by: disk.f_frsize)
    // Half of what can be said, so that twice of it can be, too.
    return isOver ? .max / 2 : min(Int64(clamping: bytes), .max / 2)
  }

  private static func size(of path: String) -> Int64 {
    var status = stat()
    return stat(path, &status) == 0 ? Int64(clamping: status.st_size) : 0
  }
}

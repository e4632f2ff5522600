import GRDB
import GRDBSQLite
import Glibc

/// Whose a file of third parties is.
public enum FileHolder: Hashable, Sendable {
  /// The user's own (0600, in a folder of 0700).
  case user
  /// The machine's, and this is who fills it: its group may read it (0640).
  case machine
  /// The machine's, and this is one of many who read it, without any right to write.
  case reader
}

/// One copy of third parties for all users of a machine (R57).
///
/// SQLite reads a file of which it may write nothing, not even its shared memory, as long as log and shared memory
/// are there. So who fills the file leaves both behind, and they get the file's mode and group by SQLite. Whoever
/// reads never has a way to write, whatever the user's rights: the last one to close the file would take both away.
extension StoreFile {
  /// Has the log and the shared memory stay when the last connection is closed.
  func keepLog(_ db: Database) {
    var isKept: CInt = 1
    sqlite3_file_control(db.sqliteConnection, nil, SQLITE_FCNTL_PERSIST_WAL, &isKept)
  }

  /// Lets the group of the folder read a new file. Where the administrator makes it, it is for who has the folder.
  func share(_ descriptor: Int32) throws(StoreError) {
    var status = stat()
    guard stat(folder, &status) == 0,
      fchown(descriptor, geteuid() == 0 ? status.st_uid : uid_t.max, status.st_gid) == 0,
      fchmod(descriptor, 0o640) == 0
    else { throw StoreError(errno, opening: path) }
  }

  /// Opens the file for reading only; throws a sentence for whoever uses the window.
  func openShared() throws(StoreError) -> DatabaseQueue {
    try checkReading()
    let queue: DatabaseQueue
    do throws(StoreError) {
      queue = try connect(for: .lookups, readOnly: true)
    } catch {
      guard error.kind == .denied || error.kind == .cannotOpen else { throw error }
      throw StoreError(
        error.kind,
        "\(path), the machine's \(holds), cannot be opened: its log is missing, or closed to this "
          + "user; the next copy mends it: screenpop sync --system")
    }
    return try explaining("opening the machine's \(holds)", path) {
      guard try queue.inDatabase(isReady) else {
        throw StoreError(
          .cannotOpen,
          "\(path), the machine's \(holds), was never filled by this version of ScreenPop: "
            + "screenpop sync --system does it")
      }
      return queue
    }
  }

  private func checkReading() throws(StoreError) {
    guard faccessat(AT_FDCWD, path, R_OK, AT_EACCESS) != 0 else { return }
    guard errno == EACCES else {
      throw errno == ENOENT
        ? StoreError(
          .noInput,
          "there is no \(path): the machine's \(holds) were not copied yet, which screenpop sync "
            + "--system does")
        : StoreError(errno, opening: path)
    }
    let group = readers.map { "the group \($0)" } ?? "its group"
    throw StoreError(
      .denied,
      "\(path), the machine's \(holds), may be read by \(group) only, and you are not in it (who joins it "
        + "has to log in anew)")
  }

  /// The group that may read the file, or what is above it where the file cannot be seen.
  private var readers: String? {
    var place = path[...]
    var status = stat()
    while stat(String(place), &status) != 0 {
      guard let slash = place.lastIndex(of: "/"), slash > place.startIndex else { return nil }
      place = place[..<slash]
    }
    guard status.st_gid != 0 else { return nil }
    var (entry, found) = (group(), nil as UnsafeMutablePointer<group>?)
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16_384) { buffer in
      guard let room = buffer.baseAddress,
        getgrgid_r(status.st_gid, &entry, room, buffer.count, &found) == 0, found != nil
      else { return nil }
      return entry.gr_name.map { String(cString: $0) }
    }
  }
}

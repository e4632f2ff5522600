import GRDB
import Glibc

/// What becomes of a file that SQLite finds damaged: a window moves it aside and goes on with a new one.
extension StoreFile {
  /// What is wrong with the file, in SQLite's words; empty when nothing is.
  static func faults(_ db: Database, most: Int = 10) throws -> [String] {
    var faults: [String] = []
    do {
      try db.forEachRow("PRAGMA quick_check(\(most))") { faults.append(try $0.text(0)) }
    } catch let error as DatabaseError where error.isDamage {
      faults.append(error.message ?? "it cannot be read")
    }
    return faults == ["ok"] ? [] : faults
  }

  /// Gives the file, its log and its shared memory other names, which it says, unless another program has done
  /// so meanwhile. Nothing is ever overwritten.
  func moveAside() throws(StoreError) {
    // Of two windows the second waits, and finds a new file.
    let lock = try FolderLock(folder)
    defer { lock.release() }
    if let queue = try? connect(), let isWell = try? queue.inDatabase(isWell), isWell { return }
    let name = freeName()
    // The log first: a new file must not meet the log of the old one.
    for suffix in FileIdentity.suffixes.reversed() where access(path + suffix, F_OK) == 0 {
      guard rename(path + suffix, name + suffix) == 0 else {
        throw StoreError(errno, opening: path + suffix)
      }
    }
    notices.say("\(path) was damaged: it was moved to \(name), and a new one was begun")
  }

  private func isWell(_ db: Database) throws -> Bool {
    try db.number("PRAGMA application_id") == Self.applicationID
      && Self.faults(db, most: 1).isEmpty
  }

  private func freeName() -> String {
    var name = path + ".damaged"
    var number = 1
    while FileIdentity.suffixes.contains(where: { access(name + $0, F_OK) == 0 }) {
      number += 1
      name = "\(path).damaged-\(number)"
    }
    return name
  }
}

extension DatabaseError {
  /// Whether SQLite says that the file is damaged, or no database.
  var isDamage: Bool {
    [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(resultCode.primaryResultCode)
  }
}

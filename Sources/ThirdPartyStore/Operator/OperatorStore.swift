import GRDB
import Glibc

/// The operator's own data: journal, exceptions, remembered choices, attached numbers, options
/// chosen on the screen, notes.
///
/// Every function blocks for as long as the file does, at most the busy timeout. A write that fails
/// has changed nothing: `StoreError.Kind.busy` and `.full` are worth trying again with the same
/// values, as nothing is ever written twice.
public final class OperatorStore: Sendable {
  let file: StoreFile
  let queue: DatabaseQueue
  private let opened: (device: dev_t, inode: ino_t)
  /// Whether there is a log beside it, which some disks cannot have.
  private let hadLog: Bool

  /// Opens the file at `path`, making it and its folder where missing; `busyTimeout` in [s].
  public init(path: String, busyTimeout: Double = 5) throws(StoreError) {
    file = StoreFile(
      path: path, holds: "operator's data", migrator: OperatorSchema.migrator,
      busyTimeout: busyTimeout, cache: 2048)
    queue = try file.open()
    guard let opened = Self.identity(of: path) else {
      throw StoreError(.cannotOpen, "\(path) went away while it was opened")
    }
    self.opened = opened
    hadLog = Self.hasLog(path)
  }

  /// Throws when somebody took the file, its log or the log's index away, or cut it: what is written then is gone
  /// for everybody else. The file is to be opened again.
  private func checkPlace() throws(StoreError) {
    let now = Self.identity(of: file.path)
    guard let now, now.device == opened.device, now.inode == opened.inode,
      !hadLog || Self.hasLog(file.path)
    else {
      throw StoreError(
        .replaced, "\(file.path) was taken away while it was in use; it is opened anew")
    }
  }

  private static func hasLog(_ path: String) -> Bool {
    ["-wal", "-shm"].allSatisfy { access(path + $0, F_OK) == 0 }
  }

  private static func identity(of path: String) -> (device: dev_t, inode: ino_t)? {
    var status = stat()
    return stat(path, &status) == 0 ? (status.st_dev, status.st_ino) : nil
  }

  /// One SELECT, which needs no transaction of its own.
  func read<Result>(
    _ action: String, _ body: (Database) throws -> Result
  ) throws(StoreError) -> Result {
    try explaining(action, file.path) { try queue.unsafeRead(body) }
  }

  /// One transaction.
  func write(_ action: String, _ body: (Database) throws -> Void) throws(StoreError) {
    try explaining(action, file.path) { try queue.write(body) }
    // Afterwards, as the log may begin with this transaction; to write twice does no harm.
    try checkPlace()
  }

  // MARK: Options chosen on the screen

  /// What the operator chose on the options screen, by configuration key.
  public func options() throws(StoreError) -> [String: String] {
    try read("reading the options") { db in
      let rows = try Row.fetchAll(db, sql: "SELECT key, text FROM option")
      return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
    }
  }

  /// Keeps a choice; nil takes it back.
  public func setOption(_ key: String, _ text: String?) throws(StoreError) {
    try write("keeping an option") { db in
      if let text {
        try db.execute(
          sql: "INSERT OR REPLACE INTO option (key, text) VALUES (?, ?)",
          arguments: [key, text.storable])
      } else {
        try db.execute(sql: "DELETE FROM option WHERE key = ?", arguments: [key])
      }
    }
  }
}

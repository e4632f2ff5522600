import GRDB
import Glibc

/// The operator's own data: journal, exceptions, remembered choices, attached numbers, options
/// chosen on the screen, notes.
///
/// Every function blocks for as long as the file does, at most the busy timeout. A write that fails
/// has changed nothing: `StoreError.Kind.busy` and `.full` are worth trying again with the same
/// values, as nothing is ever written twice.
public final class OperatorStore: Sendable {
  let open: OpenFile<DatabaseQueue>
  var file: StoreFile { open.file }

  /// Opens the file at `path`, making it and its folder where missing.
  ///
  /// - Parameters:
  ///   - busyTimeout: how long another program's lock is waited for [s].
  ///   - notices: takes what is to be said beside the answers.
  ///   - movesDamagedAside: whether a damaged file is moved aside and a new one begun; otherwise it is an error.
  public init(
    path: String, busyTimeout: Double = 5, notices: StoreNotices = StoreNotices(),
    movesDamagedAside: Bool = false
  ) throws(StoreError) {
    let file = StoreFile(
      path: path, holds: "operator's data",
      migrator: OperatorSchema.migrator { notices.say(of: $0, path) },
      busyTimeout: busyTimeout, cache: 2048, functions: [StrictTables.function], notices: notices,
      movesAside: movesDamagedAside)
    open = try OpenFile(file) { file throws(StoreError) in
      try file.open()
    } faults: { queue in
      try queue.inDatabase { try StoreFile.faults($0) }
    }
  }

  /// What is wrong with the file, in SQLite's words; empty when nothing is. Reads all of it.
  public func faults() throws(StoreError) -> [String] {
    try open.use("checking") { try $0.inDatabase { try StoreFile.faults($0) } }
  }

  /// One SELECT, which needs no transaction of its own.
  func read<Result>(
    _ action: String, _ body: (Database) throws -> Result
  ) throws(StoreError) -> Result {
    try open.use(action) { try $0.unsafeRead(body) }
  }

  /// One transaction.
  func write(_ action: String, _ body: (Database) throws -> Void) throws(StoreError) {
    try open.use(action) { try $0.write(body) }
    // Afterwards, as the log may begin with this transaction; to write twice does no harm.
    try open.checkPlace()
  }

  /// Numbers of which one is another once another program has written to the file.
  public func version() throws(StoreError) -> [Int64] {
    try read("looking for news") { db in
      [try db.number("PRAGMA data_version") ?? 0, Int64(clamping: open.openings)]
    }
  }

  // MARK: Options chosen on the screen

  /// What the operator chose on the options screen, by configuration key.
  public func options() throws(StoreError) -> [String: String] {
    try read("reading the options") { db in
      let options = try file.rows(db, "options", "SELECT key, text FROM option") {
        (try $0.text(0), try $0.text(1))
      }
      return Dictionary(options) { first, _ in first }
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

import GRDB

/// The operator's own data: journal, exceptions, remembered choices, attached numbers, options
/// chosen on the screen, notes.
///
/// Every function blocks for as long as the file does, at most the busy timeout. A write that fails
/// has changed nothing: `StoreError.Kind.busy` and `.full` are worth trying again with the same
/// values, as nothing is ever written twice.
public final class OperatorStore: Sendable {
  let file: StoreFile
  let queue: DatabaseQueue

  /// Opens the file at `path`, making it and its folder where missing; `busyTimeout` in [s].
  public init(path: String, busyTimeout: Double = 5) throws(StoreError) {
    file = StoreFile(
      path: path, holds: "operator's data", migrator: OperatorSchema.migrator,
      busyTimeout: busyTimeout, cache: 2048)
    queue = try file.open()
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

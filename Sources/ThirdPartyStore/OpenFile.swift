import Synchronization

/// A file of the store while it is in use: opened anew when it is no longer the one at its path, and moved aside
/// when it is damaged, where that is wanted. On a full disk it is opened for each use: a connection may have it for
/// itself there, and other programs want it, too.
final class OpenFile<Connection: Sendable>: Sendable {
  private struct Opened {
    var connection: Connection
    var identity: FileIdentity?
    var isOnFullDisk: Bool
  }

  private struct State {
    var opened: Opened?
    /// How many have the connection in use.
    var users = 0
    /// How often the file was opened.
    var openings = 0
  }

  let file: StoreFile
  private let state = Mutex(State())
  private let open: @Sendable (StoreFile) throws(StoreError) -> Connection
  private let faults: @Sendable (Connection) throws -> [String]

  /// Opens the file by `open`; `faults` are those that ``StoreFile/faults(_:most:)`` tells of a connection.
  init(
    _ file: StoreFile, open: @escaping @Sendable (StoreFile) throws(StoreError) -> Connection,
    faults: @escaping @Sendable (Connection) throws -> [String]
  ) throws(StoreError) {
    self.file = file
    self.open = open
    self.faults = faults
    beginUse()
    defer { endUse() }
    _ = try connection()
  }

  /// The connection, a new one where the file is another by now.
  func connection() throws(StoreError) -> Connection {
    try state.withLock { (state: inout State) throws(StoreError) in
      if state.opened != nil {
        let place = state.opened?.identity?.look() ?? .inPlace
        if place == .inPlace, let connection = state.opened?.connection { return connection }
        // Closed before another is opened: they would share SQLite's picture of the log.
        state.opened = nil
        if place == .lost, file.holder != .reader { file.notices.say(loss) }
      }
      let isOnFullDisk = file.isDiskFull
      let connection = try openOrMoveAside()
      let identity = FileIdentity(file.path, comparingLengths: file.holder != .reader)
      state.opened = Opened(
        connection: connection, identity: identity, isOnFullDisk: isOnFullDisk)
      state.openings += 1
      return connection
    }
  }

  /// How often the file was opened: what a connection says of changes is about itself.
  var openings: Int { state.withLock { $0.openings } }

  private func beginUse() { state.withLock { $0.users += 1 } }

  /// After the last use on a full disk nobody has the file.
  private func endUse() {
    state.withLock { state in
      state.users -= 1
      if state.users == 0, state.opened?.isOnFullDisk == true { state.opened = nil }
    }
  }

  /// Runs `body` on the connection, and turns whatever it throws into the sentence of `action`; a second time on a
  /// new file when this one turns out to be damaged.
  func use<Result>(
    _ action: String, _ body: (Connection) throws -> Result
  ) throws(StoreError) -> Result {
    beginUse()
    // Before the connection, so that it is done after that has gone.
    defer { endUse() }
    let connection = try connection()
    do throws(StoreError) {
      return try explaining(action, file.path) { try body(connection) }
    } catch {
      guard error.kind == .damaged, file.movesAside, try replaceDamaged(connection) else {
        // Nothing of the machine's file is mended here: the next use looks at what is there then.
        if file.holder == .reader { state.withLock { $0.opened = nil } }
        throw error
      }
    }
    let new = try self.connection()
    return try explaining(action, file.path) { try body(new) }
  }

  /// Empties the log by `body`, while nobody looks at the file: a log that this cut was not cut by somebody else,
  /// and there is nothing to open anew.
  func emptyingLog(_ body: (Connection) throws -> Void) throws(StoreError) {
    beginUse()
    defer { endUse() }
    let connection = try connection()
    try state.withLock { (state: inout State) throws(StoreError) in
      defer { _ = state.opened?.identity?.look() }
      try explaining("emptying the log", file.path) {
        try body(state.opened?.connection ?? connection)
      }
    }
  }

  /// Throws when somebody has taken the file away, or cut it, since it was opened: what was written is gone for
  /// everybody else. The next use opens what is there.
  func checkPlace() throws(StoreError) {
    let place = state.withLock { $0.opened?.identity?.look() ?? .inPlace }
    guard place != .lost else { throw StoreError(.replaced, loss) }
  }

  private var loss: String {
    "\(file.path) was taken away, emptied or replaced while it was in use; it is opened anew"
  }

  private func openOrMoveAside() throws(StoreError) -> Connection {
    do throws(StoreError) {
      return try open(file)
    } catch {
      guard error.kind == .damaged, file.movesAside else { throw error }
    }
    try file.moveAside()
    return try open(file)
  }

  /// Moves the file aside if it is damaged, and not only one of its cells wrong.
  private func replaceDamaged(_ connection: Connection) throws(StoreError) -> Bool {
    let isDamaged = try explaining("checking", file.path) { try !faults(connection).isEmpty }
    guard isDamaged else { return false }
    state.withLock { $0.opened = nil }
    try file.moveAside()
    return true
  }
}

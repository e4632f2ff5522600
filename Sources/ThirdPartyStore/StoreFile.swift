import GRDB
import Glibc
import Synchronization

/// One SQLite file of the store: where it is, what it holds and how its connections are set up.
///
/// WAL, so that a reader never waits for a writer; `synchronous=NORMAL`, which under WAL can lose the
/// last lines at a power cut but never damages the file.
struct StoreFile: Sendable {
  /// "SPop" in `application_id`: tells a store from any other SQLite file.
  static let applicationID: Int64 = 0x5350_6F70

  let path: String
  /// What is in it, for sentences: `third parties`.
  let holds: String
  let migrator: DatabaseMigrator
  /// How long a statement waits for another program's lock [s].
  var busyTimeout: Double
  /// Pages kept in memory by a connection [KiB].
  let cache: Int
  /// What the file's SQL calls beside what SQLite has.
  var functions: [DatabaseFunction] = []
  /// Where it is said what was left out.
  let notices: StoreNotices
  /// Whether a damaged file is moved aside and a new one begun.
  var movesAside = false
  /// Whose it is.
  var holder = FileHolder.user

  /// Makes the folder and the file where missing, checks whose file it is, and brings its schema up to date. A
  /// file that is only read has to be there.
  func open(for use: Use = .ordinary) throws(StoreError) -> DatabaseQueue {
    if holder == .reader { return try openShared() }
    try createIfMissing()
    guard use == .ordinary, isDiskFull else { return try prepared(for: use) }
    var file = self
    file.busyTimeout = 0
    do throws(StoreError) {
      return try file.prepared(for: .alone)
    } catch {
      guard error.kind == .busy else { throw error }
    }
    // Who has it open has an index of the log, or has it alone for as long as a use takes.
    let hasIndex = access(path + "-shm", F_OK) == 0
    do throws(StoreError) {
      return try prepared(for: hasIndex ? use : .alone)
    } catch {
      guard error.kind == .busy else { throw error }
      throw StoreError(
        .busy,
        "\(path), the \(holds), is held by another program, which lets nobody else have it while the disk is "
          + "full; free some space and try again")
    }
  }

  private func prepared(for use: Use) throws(StoreError) -> DatabaseQueue {
    let readOnly = access(path, W_OK) != 0
    let queue = try connect(for: use, readOnly: readOnly)
    try explaining("opening the \(holds)", path) {
      // A file that is as it should be is only read: whoever holds it for writing does not matter.
      guard try queue.inDatabase({ try !isReady($0) }), !readOnly else { return }
      try queue.inDatabase { db in
        try db.execute(sql: "PRAGMA application_id = \(Self.applicationID)")
        try db.execute(sql: "PRAGMA journal_mode = WAL")
      }
      try migrator.migrate(queue)
    }
    return queue
  }

  /// Whether there is nothing to set up; throws when the file is not ours to set up.
  func isReady(_ db: Database) throws -> Bool {
    try check(db)
    return try db.number("PRAGMA application_id") == Self.applicationID
      && db.first("PRAGMA journal_mode") { try $0.text(0) } == "wal"
      && migrator.hasCompletedMigrations(db)
  }

  /// A further connection to a file that ``open()`` has prepared.
  func connect(for use: Use = .ordinary, readOnly: Bool = false) throws(StoreError) -> DatabaseQueue
  {
    var configuration = Configuration()
    configuration.readonly = readOnly
    configuration.busyMode = .timeout(busyTimeout)
    configuration.label = holds
    configuration.prepareDatabase { db in
      for function in functions { db.add(function: function) }
      try setUp(db, for: use)
    }
    return try explaining("opening the \(holds)", path) {
      try DatabaseQueue(path: path, configuration: configuration)
    }
  }

  /// What a connection is used for.
  enum Use {
    case ordinary
    /// Many small reads anywhere in a large file.
    case lookups
    /// Much is written once: more memory, the log is copied into the file less often, and what is dropped
    /// is not overwritten with zeros, for which a full disk would have no room.
    case bulk
    /// One connection has the file for itself, without a file for the index of the log: a full disk has no room
    /// for that.
    case alone
    /// The same, as somebody could take the index away; the log is never cut, so that one that is shorter was cut
    /// by somebody else.
    case inbox
  }

  func setUp(_ db: Database, for use: Use) throws {
    // Before anything is read.
    if use == .inbox || use == .alone {
      try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
    }
    try db.execute(
      sql: """
        PRAGMA cache_size = -\(use == .bulk ? 32_768 : cache);
        PRAGMA wal_autocheckpoint = \(use == .bulk ? 16_384 : 256);
        PRAGMA mmap_size = 0;
        PRAGMA synchronous = NORMAL;
        PRAGMA secure_delete = \(use == .bulk ? "OFF" : "ON");
        PRAGMA journal_size_limit = \(use == .inbox ? -1 : 67_108_864);
        """)
    if use != .bulk { db.releaseMemory() }
    if holder == .machine { keepLog(db) }
  }

  private func check(_ db: Database) throws {
    let owner = try db.number("PRAGMA application_id") ?? 0
    let isEmpty = try !db.holds("SELECT 1 FROM sqlite_schema")
    guard owner == Self.applicationID || (owner == 0 && isEmpty) else {
      throw StoreError(
        .foreign, "\(path) holds another program's data, not \(holds); move it away and start again"
      )
    }
    let isNewer = try !isEmpty && migrator.hasBeenSuperseded(db)
    guard !isNewer else {
      throw StoreError(
        .newer,
        "\(path) was written by a later version of ScreenPop; install that version, or move it away"
      )
    }
  }

  var folder: String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "" }

  /// The disk on which this process has had each file, by its folder.
  private static let disks = Mutex<[String: dev_t]>([:])

  private func createIfMissing() throws(StoreError) {
    // Whose disk has gone is not made anew: that would be out of sight as soon as the disk is back.
    let known = Self.disks.withLock { $0[path] }
    if access(path, F_OK) != 0, let known, known != Self.disk(of: folder) {
      throw StoreError(
        .cannotOpen, "\(path) cannot be opened: the disk that it was on is not mounted any more")
    }
    defer { Self.disks.withLock { $0[path] = Self.disk(of: folder) } }
    try Self.makeFolder(folder, mode: holder == .machine ? 0o750 : 0o700)
    // Never a file that is there: closing it would give up the locks of a connection of this process.
    let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if descriptor >= 0 {
      defer { close(descriptor) }
      if holder == .machine { try share(descriptor) }
    } else if errno != EEXIST {
      throw StoreError(errno, opening: path)
    }
  }

  /// The disk of a folder, or of the nearest one above that is there.
  private static func disk(of folder: String) -> dev_t? {
    var status = stat()
    if stat(folder.isEmpty ? "/" : folder, &status) == 0 { return status.st_dev }
    return folder.lastIndex(of: "/").flatMap { disk(of: String(folder[..<$0])) }
  }

  /// Makes a folder and its parents, mode 0700, as the XDG base directory rules ask.
  static func makeFolder(_ folder: String, mode: mode_t = 0o700) throws(StoreError) {
    var status = stat()
    guard !folder.isEmpty, stat(folder, &status) != 0 else { return }
    if let parent = folder.lastIndex(of: "/") {
      try makeFolder(String(folder[..<parent]), mode: mode)
    }
    guard mkdir(folder, mode) == 0 || errno == EEXIST else {
      throw StoreError(errno, opening: folder)
    }
  }
}

extension StoreError {
  /// The failure that `errno` names on making or opening a file or folder.
  init(_ code: Int32, opening path: String) {
    let kind: Kind =
      switch code {
      case EACCES, EPERM, EROFS: .denied
      case ENOSPC, EDQUOT: .full
      default: .cannotOpen
      }
    self.init(kind, "\(path) cannot be opened: \(String(cString: strerror(code)))")
  }
}

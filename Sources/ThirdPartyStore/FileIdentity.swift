import Glibc

/// Which files a store's connection has opened: its own, SQLite's log and SQLite's shared memory.
///
/// SQLite never notices that a file was deleted or replaced under its path, and writes into nowhere; a shared
/// memory that was cut short ends the process. So they are looked at before each use, by their inodes: opening
/// and closing a file would give up SQLite's locks on it (fcntl(2)).
struct FileIdentity: Sendable {
  private struct Place: Equatable {
    var device: dev_t
    var inode: ino_t

    init(_ status: stat) { (device, inode) = (status.st_dev, status.st_ino) }
  }

  /// One of the files. Looked at before each lookup, which takes little longer than that: nothing is made of paths then.
  private struct Part {
    enum Role { case file, log, shared }
    var role: Role
    var path: [CChar]
    var place: Place
  }

  private let parts: [Part]
  /// Whether the lengths of log and shared memory say something: not of the machine's file, whose one writer
  /// empties them, and which SQLite reads as it finds it.
  private let comparesLengths: Bool
  /// How long log and shared memory were when they were looked at [bytes].
  private var logLength: off_t = 0
  private var sharedLength: off_t = 0

  /// What has become of the files.
  enum State {
    /// They are what they were.
    case inPlace
    /// The log is shorter: SQLite has emptied it, or somebody else, which only who opens the file can tell.
    case logCut
    /// One is another, not there or empty.
    case lost
  }

  /// The files as they are now; nil when there is none.
  init?(_ path: String, comparingLengths: Bool = true) {
    comparesLengths = comparingLengths
    parts = zip([Part.Role.file, .log, .shared], Self.suffixes).compactMap { role, suffix in
      let path = Array((path + suffix).utf8CString)
      return Self.status(path).map { Part(role: role, path: path, place: Place($0)) }
    }
    guard parts.first?.role == .file else { return nil }
    _ = look()
  }

  /// Whether they are still there, and not cut. A shared memory that was cut short is made as long as it
  /// was: of the zeros SQLite makes a new one, out of its log.
  mutating func look() -> State {
    var state = State.inPlace
    for part in parts {
      guard let status = Self.status(part.path), Place(status) == part.place else { return .lost }
      guard comparesLengths else { continue }
      switch part.role {
      case .log:
        if status.st_size < logLength { state = .logCut }
        logLength = status.st_size
      case .shared where status.st_size < sharedLength:
        guard truncate(part.path, sharedLength) == 0 else { return .lost }
      case .shared: sharedLength = status.st_size
      case .file: if status.st_size == 0 { return .lost }
      }
    }
    return state
  }

  /// The endings of the names: of the file, its log and its shared memory.
  static let suffixes = ["", "-wal", "-shm"]

  private static func status(_ path: [CChar]) -> stat? {
    var status = stat()
    return stat(path, &status) == 0 ? status : nil
  }
}

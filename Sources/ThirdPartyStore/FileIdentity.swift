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

  /// The file first, then those of the others that are there.
  private let files: [(path: String, suffix: String, place: Place)]
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
    files = Self.suffixes.compactMap { suffix in
      Self.status(path + suffix).map { (path + suffix, suffix, Place($0)) }
    }
    guard files.first?.suffix == "" else { return nil }
    _ = look()
  }

  /// Whether they are still there, and not cut. A shared memory that was cut short is made as long as it
  /// was: of the zeros SQLite makes a new one, out of its log.
  mutating func look() -> State {
    var state = State.inPlace
    for file in files {
      guard let status = Self.status(file.path), Place(status) == file.place else { return .lost }
      switch file.suffix {
      case _ where !comparesLengths: break
      case Self.log:
        if status.st_size < logLength { state = .logCut }
        logLength = status.st_size
      case Self.shared where status.st_size < sharedLength:
        guard truncate(file.path, sharedLength) == 0 else { return .lost }
      case Self.shared: sharedLength = status.st_size
      default: if status.st_size == 0 { return .lost }
      }
    }
    return state
  }

  /// The endings of the names: of the file, its log and its shared memory.
  static let suffixes = ["", log, shared]
  private static let log = "-wal"
  private static let shared = "-shm"

  private static func status(_ path: String) -> stat? {
    var status = stat()
    return stat(path, &status) == 0 ? status : nil
  }
}

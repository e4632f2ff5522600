import Glibc

/// Which files a store's connection has opened: its own, SQLite's log and SQLite's shared memory.
///
/// SQLite never notices that a file was deleted or replaced under its path, and writes into nowhere; a shared
/// memory that was cut short ends the process. So they are looked at before each use.
struct FileIdentity: Sendable {
  /// One of the files. Looked at before each lookup, which takes little longer than that: nothing is made of paths then.
  private struct Part {
    enum Role { case file, log, shared }
    let role: Role
    let path: [CChar]
    let held: HeldFile
    /// As it was at the latest look.
    var status: FileStatus
  }

  private var parts: [Part]
  /// Whether the lengths of log and shared memory say something: not of the machine's file, whose one writer
  /// empties them, and which SQLite reads as it finds it.
  private let comparesLengths: Bool
  /// When the paths were looked up.
  private var lookedAt = Duration.zero
  /// Whether the files had been left alone then for so long that another change would show in their times.
  private var isSettled = false

  /// How long what is held of the files says enough of their paths: folders may be moved, too. Longer than the
  /// steps in which file systems keep time.
  private static let moment = Duration.milliseconds(10)

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
      guard let held = HeldFile(path), let status = held.status else { return nil }
      return Part(role: role, path: path, held: held, status: status)
    }
    guard parts.first?.role == .file else { return nil }
  }

  /// Whether they are still there, and not cut. A shared memory that was cut short is made as long as it
  /// was: of the zeros SQLite makes a new one, out of its log.
  mutating func look() -> State {
    let now = FileStatus.now
    if isSettled, (.zero..<Self.moment).contains(now - lookedAt),
      parts.allSatisfy({ $0.held.status == $0.status })
    {
      return .inPlace
    }
    (isSettled, lookedAt) = (false, now)
    var state = State.inPlace
    for index in parts.indices {
      let part = parts[index]
      guard let status = FileStatus(part.path), status.isOfSameFile(as: part.status) else {
        return .lost
      }
      parts[index].status = status
      guard comparesLengths else { continue }
      let isShorter = status.length < part.status.length
      switch part.role {
      case .file: if status.length == 0 { return .lost }
      case .log: if isShorter { state = .logCut }
      case .shared where isShorter:
        guard truncate(part.path, part.status.length) == 0 else { return .lost }
        parts[index].status.length = part.status.length
      case .shared: continue
      }
    }
    isSettled = parts.allSatisfy { now - $0.status.changed > Self.moment }
    return state
  }

  /// The endings of the names: of the file, its log and its shared memory.
  static let suffixes = ["", "-wal", "-shm"]
}

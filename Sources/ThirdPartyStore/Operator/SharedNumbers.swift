import FoundationEssentials
import Glibc
import PhoneNumbers
import Synchronization
import Telephony
import TextForms

/// Attached numbers and remembered choices that the users of a machine share (R57).
///
/// Each user writes one file, named by the user's number, in a folder where nobody can take away or replace another's
/// (mode 3770), and reads all. So nobody locks, damages or delays what is somebody else's, and it works without any
/// service. What stands in a fellow user's file is a stranger's text: it names a party of the machine's store, or counts
/// for nothing.
public final class SharedNumbers: Sendable {
  /// The folder of all users' files.
  public let folder: String
  private let user: uid_t
  private let known = Mutex<Known?>(nil)

  /// The files in this folder; `user` is who writes, by the system's number of the user: who runs this, unless said.
  public init(folder: String, user: UInt32? = nil) {
    self.folder = folder
    self.user = user ?? geteuid()
  }

  /// What was read, and when the folder was changed last by then: who writes renames a file there.
  private struct Known {
    var folder: timespec
    /// Whether it was read so long after the change that another change would have another time.
    var isSettled: Bool
    var words: SharedWords
  }

  // MARK: - Reading

  /// What fellow users say; nothing while the folder cannot be read.
  func words() -> SharedWords {
    var status = stat()
    guard stat(folder, &status) == 0 else { return SharedWords() }
    return known.withLock { known in
      let changed = status.st_mtim
      if let known, known.isSettled, known.folder.tv_sec == changed.tv_sec,
        known.folder.tv_nsec == changed.tv_nsec
      {
        return known.words
      }
      var now = timespec()
      clock_gettime(CLOCK_REALTIME, &now)
      let words = read()
      known = Known(folder: changed, isSettled: now.tv_sec > changed.tv_sec + 1, words: words)
      return words
    }
  }

  /// How many numbers fellow users share, and what keeps the sharing from working; for the doctor.
  public func state() -> (numbers: Int, users: Int, faults: [String]) {
    let words = read()
    return (words.count, words.users, [fault].compactMap { $0 } + words.faults)
  }

  /// Why the folder is no good; nil: it is.
  private var fault: String? {
    var status = stat()
    guard stat(folder, &status) == 0 else {
      return "\(folder), where numbers are shared, is not there, or closed to this user"
    }
    let mode = status.st_mode
    guard mode & S_IFMT == S_IFDIR, mode & S_ISVTX != 0, mode & S_IWOTH == 0,
      access(folder, W_OK | X_OK) == 0
    else {
      return
        "\(folder), where numbers are shared, has to be writable for its group alone, with the mode 3770"
    }
    return nil
  }

  private func read() -> SharedWords {
    var words = SharedWords()
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let owners = names.compactMap { name in
      name.hasSuffix(".csv") ? uid_t(name.dropLast(4)) : nil
    }
    for owner in owners.sorted().filter({ $0 != user }).prefix(SharedWords.mostFiles) {
      do throws(StoreError) {
        words.add(try Self.text(of: "\(folder)/\(owner).csv", owner: owner))
      } catch {
        words.faults.append(error.sentence)
      }
    }
    return words
  }

  /// What a user wrote; throws for a file of somebody else's under that name, for a link, and for what has no end.
  private static func text(of path: String, owner: uid_t) throws(StoreError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw StoreError(errno, opening: path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_uid == owner, status.st_size <= SharedWords.mostBytes
    else {
      throw StoreError(.badInput, "\(path) is not what the user \(owner) shares: it is left out")
    }
    var bytes = [UInt8](repeating: 0, count: SharedWords.mostBytes)
    let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
    guard count >= 0 else { throw StoreError(errno, opening: path) }
    return Array(bytes.prefix(count))
  }

  // MARK: - Writing

  /// Has fellow users know what is attached and chosen here, of parties of the machine's store: a code of one's own
  /// store may be somebody else's in theirs.
  public func publish(_ own: OperatorStore, _ machine: PartyStore) throws(StoreError) {
    if let fault { throw StoreError(.denied, fault) }
    var lines: [SharedWords.Line] = []
    for entry in try own.attachments() { lines.append(.number(entry.number, entry.party)) }
    for entry in try own.attachedRanges() { lines.append(.range(entry.range.prefix, entry.party)) }
    for entry in try own.choices() { lines.append(.choice(entry.number.key, entry.party)) }
    var text = ""
    for line in lines.prefix(SharedWords.mostLines) where try machine.party(line.party) != nil {
      text += line.text
    }
    let path = "\(folder)/\(user).csv"
    if let old = try? Self.text(of: path, owner: user), old == Array(text.utf8) { return }
    try write(Array(text.utf8), to: path)
  }

  /// A new file takes the place of the old one in one step, whatever stands there: a link of a fellow user's is never
  /// followed.
  private func write(_ bytes: [UInt8], to path: String) throws(StoreError) {
    var status = stat()
    let draft = "\(path).\(getpid()).\(UInt32.random(in: 0...UInt32.max))"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw StoreError(errno, writing: path) }
    defer { close(descriptor) }
    // The folder's group, also where the folder does not hand it on.
    guard stat(folder, &status) == 0, fchown(descriptor, uid_t.max, status.st_gid) == 0,
      fchmod(descriptor, 0o640) == 0, NewFile.write(bytes, to: descriptor), fsync(descriptor) == 0,
      rename(draft, path) == 0
    else {
      let code = errno
      unlink(draft)
      throw StoreError(code, writing: path)
    }
  }
}

import Glibc

/// A file in the making, beside the one whose place it takes in one step: until then, who reads meets the old one,
/// and it stays when the disk is full or the program is ended.
///
/// Who owned the old one, and may read it, owns and may read the new one; a link stays a link. What is no ordinary file,
/// such as a pipe, is written where it is.
package final class NewFile {
  /// Why a file was not written; the old one is as it was.
  package struct Trouble: Error, Hashable {
    /// The place that was meant.
    package let path: String
    /// Why, as `errno` has it.
    package let code: Int32
    /// Whether it had been begun.
    package let hasBegun: Bool
  }

  private let path: String
  /// Where it is made; nil: at its place.
  private let draft: String?
  /// Negative once it is closed.
  private var descriptor: Int32

  /// Begins a file for the place `path`.
  ///
  /// - Parameters:
  ///   - mode: What it gets where there is none, and where it is private.
  ///   - isPrivate: Whether it does not take over who may read the old one.
  package init(_ path: String, mode: UInt32, isPrivate: Bool = false) throws(Trouble) {
    var status = stat()
    let exists = stat(path, &status) == 0
    guard !exists || status.st_mode & S_IFMT == S_IFREG else {
      (self.path, draft) = (path, nil)
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw Trouble(path: path, code: errno, hasBegun: false) }
      return
    }
    let place = Self.target(of: path)
    guard !exists || access(place, W_OK) == 0 else {
      throw Trouble(path: path, code: errno, hasBegun: false)
    }
    Self.removeDrafts(of: place)
    let draft = "\(place).\(getpid()).new"
    descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, isPrivate ? 0o600 : mode)
    guard descriptor >= 0 else { throw Trouble(path: path, code: errno, hasBegun: false) }
    (self.path, self.draft) = (place, draft)
    if exists { keepRights(status, isPrivate: isPrivate) }
  }

  deinit {
    guard descriptor >= 0 else { return }
    if let draft { unlink(draft) }
    close(descriptor)
  }

  /// Adds bytes.
  package func write(_ bytes: [UInt8]) throws(Trouble) {
    guard Self.write(bytes, to: descriptor) else { throw trouble() }
  }

  /// Puts the file in its place, when all of it is on the disk; nothing can be added afterwards.
  package func takePlace() throws(Trouble) {
    guard let draft else { return }
    guard fsync(descriptor) == 0 else { throw trouble() }
    // A disk behind a network may say only now that it is full.
    let isClosed = close(descriptor) == 0
    descriptor = -1
    guard isClosed, rename(draft, path) == 0, Self.keepName(path) else {
      let trouble = self.trouble()
      unlink(draft)
      throw trouble
    }
  }

  private func trouble() -> Trouble { Trouble(path: path, code: errno, hasBegun: true) }

  /// Gives the draft the old file's owner and rights, as far as this user may. A group that cannot be kept is among the
  /// others: its rights were not meant for this user's own.
  private func keepRights(_ old: stat, isPrivate: Bool) {
    let isKept =
      fchown(descriptor, old.st_uid, old.st_gid) == 0
      || fchown(descriptor, uid_t.max, old.st_gid) == 0
    guard !isPrivate else { return }
    let mode = old.st_mode & 0o777
    fchmod(descriptor, isKept ? mode : mode & 0o707 | (mode & 0o007) << 3)
  }

  /// Forces to the disk that the folder has the file under its name, where the folder can be read and its disk knows of
  /// that.
  private static func keepName(_ path: String) -> Bool {
    let folder = open(parts(of: path).folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return true }
    defer { close(folder) }
    return fsync(folder) == 0 || errno == EINVAL
  }

  /// What a path means in the end, which need not exist: links are followed.
  private static func target(of path: String) -> String {
    if let real = realpath(path, nil) {
      defer { free(real) }
      return String(cString: real)
    }
    var path = path
    // As many as the system follows itself.
    for _ in 0..<40 {
      var text = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = readlink(path, &text, text.count - 1)
      guard count > 0 else { break }
      let next = String(cString: Array(text[..<count]) + [0])
      path = next.hasPrefix("/") ? next : "\(parts(of: path).folder)/\(next)"
    }
    return path
  }

  /// Removes what programs left that were ended while they wrote the file: it may hold what nobody else should read.
  private static func removeDrafts(of place: String) {
    let (folder, name) = parts(of: place)
    guard let entries = opendir(folder) else { return }
    defer { closedir(entries) }
    while let entry = readdir(entries) {
      let found = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard found.hasPrefix(name + "."), found.hasSuffix(".new"),
        let writer = pid_t(found.dropFirst(name.utf8.count + 1).dropLast(4)), writer > 0,
        writer == getpid() || kill(writer, 0) != 0 && errno == ESRCH
      else { continue }
      unlink("\(folder)/\(found)")
    }
  }

  private static func parts(of path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    return (
      slash == path.startIndex ? "/" : String(path[..<slash]), String(path[slash...].dropFirst())
    )
  }

  /// Writes all of the bytes; false: `errno` says why not.
  package static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { return false }
      sent += count
    }
    return true
  }
}

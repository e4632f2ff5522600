import Glibc
import OperatorConfiguration

/// A small file of the desktop's, read whole and replaced in one step.
struct DesktopFile {
  /// Where it lies; a link is followed, so that a file which is kept elsewhere stays a link.
  let path: String

  /// The file at a path, which need not exist.
  init(_ path: String) {
    let real = realpath(path, nil)
    defer { free(real) }
    self.path = real.map { String(cString: $0) } ?? path
  }

  /// Its bytes, nil when there is no such file.
  func read() throws(SetupError) -> [UInt8]? {
    do {
      return try TextFile.content(of: path)
    } catch {
      throw SetupError(.cannotOpen, "could not read \(path): \(error.reason)")
    }
  }

  /// Replaces it, so that a reader meets the old bytes or the new ones; its mode stays, unless it is `isPrivate`:
  /// then only its owner may read it.
  func write(_ bytes: [UInt8], isPrivate: Bool = false) throws(SetupError) {
    var status = stat()
    let exists = lstat(path, &status) == 0
    guard !exists || status.st_mode & S_IFMT == S_IFREG else {
      throw SetupError(.cannotOpen, "could not replace \(path): it is no ordinary file")
    }
    if let slash = path.lastIndex(of: "/") { try Self.makeFolder(String(path[..<slash])) }
    let new = "\(path).\(getpid())"
    let descriptor = open(new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, isPrivate ? 0o600 : 0o644)
    guard descriptor >= 0 else { throw SetupError("write", path, code: errno) }
    if exists, !isPrivate { fchmod(descriptor, status.st_mode & 0o777) }
    let isWritten = Self.writeAll(bytes, to: descriptor) && fsync(descriptor) == 0
    let code = errno
    let isClosed = close(descriptor) == 0
    guard isWritten, isClosed, rename(new, path) == 0 else {
      let reason = isWritten ? errno : code
      unlink(new)
      throw SetupError("write", path, code: reason)
    }
  }

  private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// Removes it; false when there was none.
  func remove() throws(SetupError) -> Bool {
    guard unlink(path) != 0 else { return true }
    guard errno == ENOENT else { throw SetupError("remove", path, code: errno) }
    return false
  }

  /// Makes a folder and those above it, mode 0700 (XDG Base Directory Specification 0.8).
  private static func makeFolder(_ path: String) throws(SetupError) {
    guard !path.isEmpty, access(path, F_OK) != 0 else { return }
    if let slash = path.lastIndex(of: "/") { try makeFolder(String(path[..<slash])) }
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
      throw SetupError("make the folder", path, code: errno)
    }
  }
}

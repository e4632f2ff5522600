import Glibc
import OperatorConfiguration
import TextForms

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
    guard stat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG else {
      throw SetupError(.cannotOpen, "could not replace \(path): it is no ordinary file")
    }
    if let slash = path.lastIndex(of: "/") { try Self.makeFolder(String(path[..<slash])) }
    do throws(NewFile.Trouble) {
      let file = try NewFile(path, mode: isPrivate ? 0o600 : 0o644, isPrivate: isPrivate)
      try file.write(bytes)
      try file.takePlace()
    } catch {
      throw SetupError("write", path, code: error.code)
    }
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

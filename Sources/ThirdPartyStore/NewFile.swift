import Glibc

/// A file in the making, beside the one whose place it takes in one step: until then, who reads meets the old one,
/// and it stays when the disk is full or the program is ended.
///
/// What is no ordinary file, such as a pipe, is written where it is.
public final class NewFile {
  private let path: String
  /// Where it is made; nil: at its place.
  private let draft: String?
  private let descriptor: Int32
  private var isDone = false

  /// Begins a file for the place `path`; one that is there keeps its mode, and a link stays a link.
  public init(_ path: String, mode: UInt32) throws(StoreError) {
    let real = realpath(path, nil)
    defer { free(real) }
    let place = real.map { String(cString: $0) } ?? path
    self.path = place
    var status = stat()
    let exists = stat(place, &status) == 0
    guard !exists || status.st_mode & S_IFMT == S_IFREG else {
      draft = nil
      descriptor = open(place, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw StoreError(errno, opening: path) }
      return
    }
    guard !exists || access(place, W_OK) == 0 else { throw StoreError(errno, opening: path) }
    let draft = "\(place).\(getpid()).new"
    // One of that name is what an earlier program left that was ended.
    unlink(draft)
    descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw StoreError(errno, opening: path) }
    self.draft = draft
    if exists { fchmod(descriptor, status.st_mode & 0o777) }
  }

  deinit {
    if let draft, !isDone { unlink(draft) }
    close(descriptor)
  }

  /// Adds bytes.
  public func write(_ bytes: [UInt8]) throws(StoreError) {
    guard Self.write(bytes, to: descriptor) else { throw StoreError(errno, writing: path) }
  }

  /// Puts the file in its place, when all of it is on the disk.
  public func takePlace() throws(StoreError) {
    guard let draft else { return }
    guard fsync(descriptor) == 0, rename(draft, path) == 0 else {
      throw StoreError(errno, writing: path)
    }
    isDone = true
  }

  /// Writes all of the bytes; false: `errno` says why not.
  public static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
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

extension StoreError {
  /// The failure that `errno` names on writing to what is called so.
  public init(_ code: Int32, writing name: String) {
    self.init(
      code == ENOSPC || code == EDQUOT ? .full : .failed,
      "writing to \(name) failed: \(String(cString: strerror(code)))")
  }
}

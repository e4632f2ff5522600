import CLibrary

/// The socket on which a window listens.
public struct WindowSocket: Sendable {
  /// Where it listens.
  public let path: String
  /// The listening socket, to be closed by whoever reads from it.
  public let descriptor: CInt
  private let file: Identity

  /// Which file it is. The time tells it from a successor that got the same inode again.
  private struct Identity: Equatable {
    let device: dev_t
    let inode: ino_t
    let seconds: Int
    let nanoseconds: Int

    /// Nil where there is no file.
    init?(_ path: String) {
      var status = stat()
      guard lstat(path, &status) == 0 else { return nil }
      (device, inode) = (status.st_dev, status.st_ino)
      (seconds, nanoseconds) = (status.st_ctim.tv_sec, status.st_ctim.tv_nsec)
    }
  }

  /// Binds the station's socket, mode 0600, and listens.
  ///
  /// What an earlier window left behind is replaced, but only after nobody answered there. Throws
  /// ``CallWireError/windowExists(path:)`` when somebody did, ``CallWireError/notASocket(path:)``,
  /// ``CallWireError/pathTooLong(path:)``, and what ``RuntimeDirectory/prepare()`` throws.
  public static func claim(
    _ directory: RuntimeDirectory, station: String?
  ) throws(CallWireError) -> WindowSocket {
    try directory.prepare()
    // Two windows that start at the same moment must not replace each other's socket.
    let lock = try lockFolder(directory.path)
    defer { close(lock) }

    let path = directory.socketPath(station: station)
    try clearWay(path)
    guard let descriptor = UnixSocket.open() else {
      throw .system(tried: "open a socket for", path: path, code: errno)
    }
    do throws(CallWireError) {
      // Before bind(2), so that the file never has another mode.
      guard fchmod(descriptor, 0o600) == 0 else {
        throw .system(tried: "close to others", path: path, code: errno)
      }
      guard try UnixSocket.withAddress(path, { bind(descriptor, $0, $1) }) == 0,
        listen(descriptor, SOMAXCONN) == 0
      else { throw .system(tried: "listen on", path: path, code: errno) }
      guard let file = Identity(path) else {
        throw .system(tried: "look at", path: path, code: errno)
      }
      return WindowSocket(path: path, descriptor: descriptor, file: file)
    } catch {
      close(descriptor)
      throw error
    }
  }

  /// Whether launchers still find this socket under its path.
  public var isInPlace: Bool { Identity(path) == file }

  /// Takes the path away, unless it is another window's by now.
  public func removePath() { if isInPlace { unlink(path) } }

  /// Removes a dead window's socket; throws when the path is taken.
  private static func clearWay(_ path: String) throws(CallWireError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.isSocket else { throw .notASocket(path: path) }
    guard let probe = UnixSocket.open() else {
      throw .system(tried: "open a socket for", path: path, code: errno)
    }
    defer { close(probe) }
    // Only a refused connection proves that nobody listens: a frozen window has a full queue.
    let code = try UnixSocket.connect(probe, path)
    guard code == ECONNREFUSED || code == ENOENT else { throw .windowExists(path: path) }
    unlink(path)
  }

  /// Locks the folder for as long as the descriptor is open; waits half a second at most.
  private static func lockFolder(_ path: String) throws(CallWireError) -> CInt {
    let folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard folder >= 0 else { throw .system(tried: "open", path: path, code: errno) }
    for _ in 0..<50 {
      if flock(folder, LOCK_EX | LOCK_NB) == 0 { return folder }
      poll(nil, 0, 10)
    }
    let code = errno
    close(folder)
    throw .system(tried: "lock", path: path, code: code)
  }
}

public import CLibrary

/// The steps with a Unix stream socket that launcher and window share.
enum UnixSocket {
  /// A new stream socket that never blocks and is closed on exec; nil with `errno` set.
  static func open() -> CInt? {
    let type = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    let descriptor = socket(AF_UNIX, type, 0)
    return descriptor < 0 ? nil : descriptor
  }

  /// Calls `body` with the path's address; throws ``CallWireError/pathTooLong(path:)``.
  static func withAddress<Result>(
    _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) throws(CallWireError) -> Result {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let fits = withUnsafeMutableBytes(of: &address.sun_path) { room in
      guard path.utf8.count < room.count else { return false }
      room.copyBytes(from: path.utf8)
      return true
    }
    guard fits else { throw .pathTooLong(path: path) }
    return withUnsafePointer(to: address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }

  /// Connects; 0 or the error's number, where `EAGAIN` means that the listener's queue is full.
  static func connect(_ descriptor: CInt, _ path: String) throws(CallWireError) -> CInt {
    try withAddress(path) { CLibrary.connect(descriptor, $0, $1) == 0 ? 0 : errno }
  }

  /// Whether the process at the other end runs under this user (unix(7), `SO_PEERCRED`).
  static func peerIsOwn(_ descriptor: CInt) -> Bool {
    var peer = PeerCredentials()
    var size = socklen_t(MemoryLayout<PeerCredentials>.size)
    return getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0
      && peer.user == geteuid()
  }
}

/// `struct ucred` of unix(7), which glibc shows to C programs only on demand: who runs a process.
public struct PeerCredentials: Sendable {
  /// The process, 0 when it is not known.
  public var process: pid_t = 0
  /// Its effective user.
  public var user: uid_t = .max
  /// Its effective group.
  public var group: gid_t = .max

  /// Nobody: filled in by the kernel.
  public init() {}
}

import Glibc
import Synchronization

/// Ports of this machine's loopback interface.
public enum LoopbackPort {
  /// The next port to try: none that the kernel gives to whoever connects somewhere (from 32768 on), or
  /// that baresip and Asterisk take for sound (10000 to 20000). Nine are left between two of them, for
  /// sipp takes some behind its own for sound and pictures.
  private static let next = Mutex(UInt16.random(in: 2000..<3200) * 10)

  /// A port where nobody listens now, by UDP or TCP; each call answers another one.
  public static func free() throws -> UInt16 {
    for _ in 0..<100 {
      let port = next.withLock { next in
        defer { next = next < 31_990 ? next + 10 : 20_000 }
        return next
      }
      // A softphone listens on one port by UDP and TCP, and baresip by TLS on the one behind it.
      if (try? Bound(SOCK_DGRAM, port: port)) != nil, (try? Bound(SOCK_STREAM, port: port)) != nil,
        (try? Bound(SOCK_STREAM, port: port + 1)) != nil
      {
        return port
      }
    }
    throw SystemFailure("find a free port", code: EADDRINUSE)
  }

  /// Whether a program accepts connections on `port`.
  public static func isHeard(on port: UInt16) -> Bool {
    let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(client) }
    return withLoopback(port) { connect(client, $0, $1) } == 0
  }

  /// Sends one datagram to `port`.
  public static func send(_ text: String, to port: UInt16) throws {
    let socket = try Bound(SOCK_DGRAM, port: 0)
    let bytes = Array(text.utf8)
    let sent = withLoopback(port) { sendto(socket.descriptor, bytes, bytes.count, 0, $0, $1) }
    guard sent == bytes.count else { throw SystemFailure("send to port \(port)") }
  }

  /// Sends one datagram to `port` and answers the one that comes back; nil when none comes for a while.
  public static func ask(_ text: String, at port: UInt16) throws -> String? {
    let socket = try Bound(SOCK_DGRAM, port: 0)
    let bytes = Array(text.utf8)
    let sent = withLoopback(port) { sendto(socket.descriptor, bytes, bytes.count, 0, $0, $1) }
    guard sent == bytes.count else { throw SystemFailure("send to port \(port)") }
    var answer = pollfd(fd: socket.descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&answer, 1, 500) == 1 else { return nil }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = recv(socket.descriptor, &buffer, buffer.count, 0)
    return count < 0 ? nil : String(decoding: buffer[..<count], as: UTF8.self)
  }

  /// Waits until somebody listens on the port, by UDP or TCP.
  public static func isTaken(_ port: UInt16) async throws {
    try await waitUntil("somebody on port \(port)") {
      (try? Bound(SOCK_DGRAM, port: port)) == nil || (try? Bound(SOCK_STREAM, port: port)) == nil
    }
  }
}

/// A socket bound to a port of the loopback interface, closed with its last holder.
private final class Bound {
  let descriptor: Int32
  let port: UInt16

  /// Port 0 lets the kernel choose.
  init(_ type: __socket_type, port wanted: UInt16) throws {
    let descriptor = socket(AF_INET, Int32(type.rawValue), 0)
    guard withLoopback(wanted, { bind(descriptor, $0, $1) }) == 0 else {
      let code = errno
      close(descriptor)
      throw SystemFailure("bind a port of the loopback interface", code: code)
    }
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = getsockname(descriptor, $0, &length)
      }
    }
    self.descriptor = descriptor
    port = UInt16(bigEndian: address.sin_port)
  }

  deinit { close(descriptor) }
}

private func withLoopback<Result>(
  _ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
) -> Result {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = port.bigEndian
  address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
  return withUnsafePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
    }
  }
}

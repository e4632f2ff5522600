import Glibc

/// A socket on a free port of the loopback interface by which SIP over UDP is spoken.
final class DatagramPeer {
  /// Its own port.
  let port: UInt16
  private let descriptor: Int32

  /// One that waits so long for an answer [ms].
  init(patience: Int) throws(Failure) {
    (descriptor, port) = try Self.socket(SOCK_DGRAM)
    var patience = timeval(tv_sec: patience / 1_000, tv_usec: patience % 1_000 * 1_000)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(descriptor) }

  /// Sends a message to somebody on this machine.
  func send(_ text: String, to port: UInt16) throws(Failure) {
    let bytes = Array(text.utf8)
    var address = Self.loopback(port)
    let sent = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        sendto(descriptor, bytes, bytes.count, 0, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard sent == bytes.count else { throw Failure("send to port \(port)") }
  }

  /// The next message; nil when none comes in time.
  func receive() -> String? {
    var buffer = [UInt8](repeating: 0, count: 8192)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
  }

  /// A port of which nobody makes use now.
  static func freePort(_ type: __socket_type) throws(Failure) -> UInt16 {
    let (descriptor, port) = try socket(type)
    close(descriptor)
    return port
  }

  private static func socket(_ type: __socket_type) throws(Failure) -> (Int32, UInt16) {
    let descriptor = Glibc.socket(AF_INET, Int32(type.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = loopback(0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard isBound else { throw Failure("bind a port of the loopback interface") }
    return (descriptor, UInt16(bigEndian: address.sin_port))
  }

  private static func loopback(_ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return address
  }
}

public import CallWire
import Glibc

/// A connection to a window on which a test says what it likes, and waits ten seconds for an answer.
public final class RawClient: Sendable {
  private let descriptor: CInt

  /// Connects to the station's window; nil when nobody listens.
  public init?(_ runtime: RuntimeDirectory, station: String? = nil) {
    descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) {
      $0.copyBytes(from: runtime.socketPath(station: station).utf8)
    }
    var limit = timeval(tv_sec: 10, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard result == 0 else { return nil }
  }

  deinit { close(descriptor) }

  /// Sends all bytes; false when the other end has closed before.
  @discardableResult
  public func say(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// Sends the text; false when the other end has closed before.
  @discardableResult
  public func say(_ text: String) -> Bool { say(Array(text.utf8)) }

  /// Says that nothing more comes.
  public func finish() { shutdown(descriptor, CInt(SHUT_WR)) }

  /// The next line without its line end; nil when the other end closed.
  public func line() -> String? {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while recv(descriptor, &byte, 1, 0) == 1 {
      if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
      line.append(byte)
    }
    return nil
  }
}

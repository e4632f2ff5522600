import Foundation
import Glibc

/// The manager of an Asterisk on a free port of this machine, for one client: accepts its login, and then
/// says what it is given.
final class ManagerPeer: Sendable {
  /// Where it listens.
  let port: Int
  private let listener: Int32

  init() throws(Failure) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, length) == 0 && listen(listener, 1) == 0
          && getsockname(listener, $0, &length) == 0
      }
    }
    guard listener >= 0, isBound else { throw Failure("listen on a port of this machine") }
    self.listener = listener
    port = Int(UInt16(bigEndian: address.sin_port))
  }

  deinit { close(listener) }

  /// Waits for the client, lets it log in and lists no channels; then `talk` is called on a thread of its
  /// own with the connection, which ends after it.
  func serve(_ talk: @escaping @Sendable (Int32) -> Void) {
    let listener = listener
    Thread {
      let client = accept(listener, nil, nil)
      guard client >= 0 else { return }
      defer { close(client) }
      var on = Int32(1)
      setsockopt(
        client, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
      Self.say(Array("Asterisk Call Manager/11.0.0\r\n".utf8), to: client)
      for answer in [
        "Response: Success\r\n\r\n", "Event: CoreShowChannelsComplete\r\n\r\n",
      ] {
        var action = [UInt8](repeating: 0, count: 4096)
        guard read(client, &action, action.count) > 0 else { return }
        Self.say(Array(answer.utf8), to: client)
      }
      talk(client)
    }.start()
  }

  /// Sends all of the bytes.
  static func say(_ bytes: [UInt8], to client: Int32) {
    bytes.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = write(client, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        guard count > 0 else { return }
        rest = rest.dropFirst(count)
      }
    }
  }
}

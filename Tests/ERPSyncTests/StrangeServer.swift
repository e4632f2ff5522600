import Connector
import Glibc
import TestSupport

/// A server on a free port of this machine, which does with each connection what it is told.
final class StrangeServer: Sendable {
  let port: UInt16
  private let listener: Int32

  /// Hands each connection to `serve`, on a thread of its own; it is closed afterwards.
  init(_ serve: @escaping @Sendable (_ peer: Int32) -> Void) throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(listener, address, length) == 0 && listen(listener, 8) == 0
          ? getsockname(listener, address, &length) : -1
      }
    }
    guard code == 0 else { throw SystemFailure("listen on a port of this machine") }
    self.listener = listener
    port = UInt16(bigEndian: address.sin_port)
    OwnThread.start {
      while case let peer = accept(listener, nil, nil), peer >= 0 {
        OwnThread.start {
          serve(peer)
          close(peer)
        }
      }
      close(listener)
    }
  }

  /// Says these words to whoever comes, whatever is asked, and then nothing more.
  convenience init(saying words: String) throws {
    try self.init { peer in
      send(peer, words, words.utf8.count, Int32(MSG_NOSIGNAL))
      var byte: UInt8 = 0
      while recv(peer, &byte, 1, 0) == 1 {}
    }
  }

  // Whoever waits in accept() is told that nobody comes any more.
  deinit { shutdown(listener, Int32(SHUT_RDWR)) }
}

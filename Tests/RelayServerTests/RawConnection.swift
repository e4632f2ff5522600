import Foundation
import TestSupport

/// A TCP connection on which a test writes what it likes.
final class RawConnection: Sendable {
  private let descriptor: Int32

  /// Connects to a port of this machine; an answer that does not come ends a read after 20 s.
  ///
  /// - Parameter buffer: How much may have come that was not read; nil: what the system thinks [bytes].
  init(port: Int, buffer: Int32? = nil) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw SystemFailure("make a socket") }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    var wait = timeval(tv_sec: 20, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, size)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &wait, size)
    if var buffer {
      setsockopt(
        descriptor, SOL_SOCKET, SO_RCVBUF, &buffer, socklen_t(MemoryLayout<Int32>.size))
    }
    let connected = withUnsafePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { throw SystemFailure("connect to port \(port)") }
  }

  deinit { close(descriptor) }

  /// Writes all of it, or what the other end takes.
  func write(_ text: String) { write(Array(text.utf8)[...]) }

  /// The same of bytes, which may end within a letter.
  func write(_ bytes: ArraySlice<UInt8>) {
    var bytes = bytes
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }

  /// Writes the request and answers with everything until the other end closes.
  ///
  /// On a thread of its own: the pool of threads that tests and relay share must not be held up.
  ///
  /// - Parameter endsInput: Whether the other end is told that nothing more comes.
  func answer(to request: String, endsInput: Bool = false) async -> String {
    await withCheckedContinuation { answered in
      Thread.detachNewThread {
        self.write(request)
        if endsInput { shutdown(self.descriptor, Int32(SHUT_WR)) }
        answered.resume(returning: self.readToEnd())
      }
    }
  }

  private func readToEnd() -> String {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65536)
    while case let count = recv(descriptor, &block, block.count, 0), count > 0 {
      bytes += block[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

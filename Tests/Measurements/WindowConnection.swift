import Glibc

/// A connection to a window's socket that says one message after the other, as a program would that has many.
final class WindowConnection {
  private let descriptor: Int32
  private var buffer = [UInt8](repeating: 0, count: 4096)

  /// Connects; nil when no window listens there.
  init?(_ path: String) {
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard status == 0 else { return nil }
  }

  deinit { close(descriptor) }

  /// Says a line, and waits for the answer, without its end; nil: the window has gone.
  func ask(_ line: [UInt8]) -> String? {
    guard write(descriptor, line, line.count) == line.count else { return nil }
    let count = read(descriptor, &buffer, buffer.count)
    guard count > 1 else { return nil }
    return String(decoding: buffer[..<(count - 1)], as: UTF8.self)
  }
}

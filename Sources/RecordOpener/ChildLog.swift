import Glibc
import SystemPackage
import TextForms

/// Where a child writes its standard error: a file in memory, never the terminal.
///
/// Not a pipe: a browser outlives the window, and a pipe whose reader has gone ends the writer with
/// SIGPIPE at its next warning.
final class ChildLog: Sendable {
  /// Open for appending, closed on exec.
  let descriptor: FileDescriptor

  /// An empty log.
  init() throws(Errno) {
    // A nameless file as soon as it exists; `memfd_create` is hidden from Swift by a GNU switch.
    let name = "/screenpop-child-\(UInt64.random(in: 0 ... .max))"
    let file = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0o600)
    guard file >= 0 else { throw Errno(rawValue: errno) }
    shm_unlink(name)
    // Appending lets `trim` empty the file under the writer.
    _ = fcntl(file, F_SETFL, O_APPEND)
    descriptor = FileDescriptor(rawValue: file)
  }

  deinit { try? descriptor.close() }

  /// The last line with text in it among the last 2 KiB, harmless to a terminal; empty when there is
  /// none.
  func lastLine() -> String {
    guard let size = try? descriptor.seek(offset: 0, from: .end) else { return "" }
    let start = max(0, size - 2048)
    var bytes = [UInt8](repeating: 0, count: Int(size - start))
    let count = bytes.withUnsafeMutableBytes { buffer in
      (try? descriptor.read(fromAbsoluteOffset: start, into: buffer)) ?? 0
    }
    return bytes.prefix(count).split { $0 == 0x0A || $0 == 0x0D }
      .map { String(decoding: $0, as: UTF8.self).brief }
      .last { !$0.isEmpty } ?? ""
  }

  /// Forgets what was written so far, once it is longer than this [bytes].
  func trim(to limit: Int = 0) {
    guard let size = try? descriptor.seek(offset: 0, from: .end), size > Int64(clamping: limit)
    else { return }
    try? descriptor.resize(to: 0)
  }
}

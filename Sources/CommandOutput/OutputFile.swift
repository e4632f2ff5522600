import Glibc
import TextForms
package import ThirdPartyStore

/// A buffered writer of text that reports what the C library keeps to itself: a full disk.
package final class OutputFile {
  private let descriptor: Int32
  private let name: String
  private var buffer: [UInt8] = []
  /// Whether somebody reads it on a terminal, which acts on characters that a stranger may have written (R43).
  private let isTerminal: Bool

  package static var standardOutput: OutputFile {
    OutputFile(descriptor: STDOUT_FILENO, name: "standard output")
  }

  /// Writes to an open descriptor, which it closes in the end unless it is standard output; `name` is for sentences.
  package init(descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
    isTerminal = isatty(descriptor) == 1
  }

  /// Makes or empties the file at `path`; for the owner only, as it holds personal data.
  package convenience init(path: String) throws(StoreError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      let code = errno
      throw StoreError(
        code == EACCES || code == EPERM || code == EROFS ? .denied : .cannotOpen,
        "\(path) cannot be written: \(String(cString: strerror(code)))")
    }
    self.init(descriptor: descriptor, name: path)
  }

  deinit {
    if descriptor != STDOUT_FILENO { close(descriptor) }
  }

  package func write(_ text: String) throws(StoreError) {
    buffer += (isTerminal ? text.printableLines : text).utf8
    if buffer.count > 1 << 16 { try flush() }
  }

  package func flush() throws(StoreError) {
    var sent = 0
    while sent < buffer.count {
      let count = buffer[sent...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else {
        let code = errno
        buffer = []
        throw StoreError(
          code == ENOSPC ? .full : .failed,
          "writing to \(name) failed: \(String(cString: strerror(code)))")
      }
      sent += count
    }
    buffer = []
  }
}

import Glibc
import TextForms

/// What a program says beside its results.
package enum StandardError {
  /// One line on standard error, harmless for a terminal.
  package static func say(_ line: String) {
    let bytes = Array("\(line.printable)\n".utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }
}

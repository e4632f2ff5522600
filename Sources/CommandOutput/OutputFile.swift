import Glibc
import TextForms
package import ThirdPartyStore

/// A buffered writer of text that reports what the C library keeps to itself: a full disk.
package final class OutputFile {
  /// Where the bytes go.
  private enum Place {
    case descriptor(Int32, name: String)
    case file(NewFile)
  }

  private let place: Place
  private var buffer: [UInt8] = []
  /// Whether somebody reads it on a terminal, which acts on characters that a stranger may have written (R43).
  private let isTerminal: Bool

  /// Standard output.
  package static var standardOutput: OutputFile {
    OutputFile(descriptor: STDOUT_FILENO, name: "standard output")
  }

  /// Writes to an open descriptor, which it closes in the end unless it is standard output; `name` is for sentences.
  package init(descriptor: Int32, name: String) {
    place = .descriptor(descriptor, name: name)
    isTerminal = isatty(descriptor) == 1
  }

  /// Makes the file at `path`, or replaces it with ``finish()``; for the owner only, as it holds personal data.
  package init(path: String) throws(StoreError) {
    do throws(NewFile.Trouble) {
      place = .file(try NewFile(path, mode: 0o600))
    } catch {
      throw StoreError(error)
    }
    isTerminal = false
  }

  deinit {
    guard case .descriptor(let descriptor, _) = place, descriptor != STDOUT_FILENO else { return }
    close(descriptor)
  }

  /// Writes a text, sooner or later; on a terminal only what is harmless there.
  package func write(_ text: String) throws(StoreError) {
    buffer += (isTerminal ? text.printableLines : text).utf8
    if buffer.count > 1 << 16 { try flush() }
  }

  /// Hands over what is still held.
  package func flush() throws(StoreError) {
    defer { buffer = [] }
    switch place {
    case .file(let file):
      do throws(NewFile.Trouble) { try file.write(buffer) } catch { throw StoreError(error) }
    case .descriptor(let descriptor, let name):
      guard NewFile.write(buffer, to: descriptor) else { throw StoreError(errno, writing: name) }
    }
  }

  /// Writes what is left, and puts a file in its place.
  package func finish() throws(StoreError) {
    try flush()
    guard case .file(let file) = place else { return }
    do throws(NewFile.Trouble) { try file.takePlace() } catch { throw StoreError(error) }
  }
}

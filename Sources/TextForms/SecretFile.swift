import Glibc

/// A file with secrets, which only its owner may read.
package enum SecretFile {
  /// Why a file is not taken.
  package struct Problem: Error {
    /// What is wrong with it.
    package let sentence: String
  }

  /// The longest file [bytes].
  private static let longest = 64 * 1024

  /// The file's bytes; throws when it cannot be read, is longer than 64 KiB, is no regular file, or when
  /// others than its owner may read it.
  ///
  /// - Parameter isOpen: Whether others may: nothing in it is a secret.
  package static func read(_ path: String, isOpen: Bool = false) throws(Problem) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw Problem(sentence: String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw Problem(sentence: "it is not a regular file")
    }
    guard isOpen || status.st_mode & 0o077 == 0 else {
      throw Problem(sentence: "others than its owner may read or change it: chmod 0600 '\(path)'")
    }
    var bytes = [UInt8](repeating: 0, count: longest + 1)
    let count = Glibc.read(descriptor, &bytes, bytes.count)
    guard (0...longest).contains(count) else {
      throw Problem(sentence: "it cannot be read, or is longer than 64 KiB")
    }
    return Array(bytes[..<count])
  }

  /// The secret in the file's first line; throws also when there is none, or one of more than 1023 bytes.
  package static func line(of path: String) throws(Problem) -> String {
    let line = try read(path).prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    guard (1..<1024).contains(line.count) else {
      throw Problem(sentence: "there is no secret in its first line")
    }
    return String(decoding: line, as: UTF8.self)
  }
}

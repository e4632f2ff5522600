import Glibc

/// A file with secrets, which only its owner may read.
enum SecretFile {
  /// Why a file is not taken.
  struct Problem: Error {
    var sentence: String
  }

  private static let longest = 64 * 1024

  /// The file's bytes; throws when it cannot be read, is longer than 64 KiB, is no regular file, or when
  /// others than its owner may read it.
  static func read(_ path: String) throws(Problem) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw Problem(sentence: String(cString: strerror(errno))) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw Problem(sentence: "it is not a regular file")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw Problem(sentence: "others than its owner may read or change it: chmod 0600 '\(path)'")
    }
    var bytes = [UInt8](repeating: 0, count: longest + 1)
    let count = Glibc.read(descriptor, &bytes, bytes.count)
    guard (0...longest).contains(count) else {
      throw Problem(sentence: "it cannot be read, or is longer than 64 KiB")
    }
    return Array(bytes[..<count])
  }
}

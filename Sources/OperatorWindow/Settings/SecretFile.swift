import Glibc
package import OperatorConfiguration

/// A file that holds a token or a password, and that nobody but its owner may read.
package enum SecretFile {
  /// The longest secret [bytes].
  private static let longest = 1024

  /// The first line of the file that the option `key` names.
  package static func line(of path: String, key: String) throws(ConfigurationError) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      let reason = String(cString: strerror(errno))
      throw ConfigurationError("\(key): \(path) cannot be read: \(reason)")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw ConfigurationError("\(key): \(path) is not a regular file")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw ConfigurationError(
        "\(key): others than its owner may read or change \(path): chmod 0600 '\(path)'")
    }
    var bytes = [UInt8](repeating: 0, count: longest)
    let count = max(0, read(descriptor, &bytes, bytes.count))
    let line = bytes[..<count].prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    guard !line.isEmpty, line.count < longest else {
      throw ConfigurationError("\(key): the first line of \(path) holds no secret")
    }
    return String(decoding: line, as: UTF8.self)
  }
}

import Glibc

/// A file that this program adds lines to, and that nobody but its owner may read.
struct OwnFile {
  let descriptor: Int32
  /// How long it is [bytes].
  private(set) var size: Int64

  /// Opens the file at `path`, or makes it with the mode 0600; one that is there is taken only when it is ours: a
  /// regular file of this user under one name, closed to everybody else, that begins with `heading` and that no other
  /// program adds to, unless it is shared. A symbolic link is never followed.
  init(_ path: String, heading: String, isShared: Bool = false) throws(TraceError) {
    let flags = O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
    descriptor = open(path, flags, 0o600)
    guard descriptor >= 0 else {
      throw TraceError(path, errno == ELOOP ? "it is a symbolic link" : Self.words(errno))
    }
    size = 0
    if let problem = check(heading, isShared) {
      close(descriptor)
      throw TraceError(path, problem)
    }
  }

  private mutating func check(_ heading: String, _ isShared: Bool) -> String? {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return Self.words(errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { return "it is no regular file" }
    guard status.st_uid == geteuid() else { return "it belongs to somebody else" }
    guard status.st_nlink == 1 else { return "it has a second name" }
    guard status.st_mode & 0o077 == 0 else {
      return "others may read or change it: remove it, or chmod 0600"
    }
    guard isShared || flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      return "another program writes it"
    }
    size = Int64(clamping: status.st_size)
    if size == 0 { return write(Array((heading + "\n").utf8)) }
    guard bytes(at: 0, heading.utf8.count) == Array(heading.utf8) else {
      return "it holds something else: choose another file"
    }
    // A line that was cut off when the program or the machine ended.
    return bytes(at: size - 1, 1) == [UInt8(ascii: "\n")] ? nil : write([UInt8(ascii: "\n")])
  }

  /// How long it is now, as others add to it, too; nil when the file at `path` is another one by now.
  func length(at path: String) -> Int64? {
    var (own, there) = (stat(), stat())
    guard fstat(descriptor, &own) == 0, lstat(path, &there) == 0, own.st_ino == there.st_ino,
      own.st_dev == there.st_dev
    else { return nil }
    return Int64(clamping: own.st_size)
  }

  private func bytes(at offset: Int64, _ count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let got = pread(descriptor, &bytes, count, off_t(clamping: offset))
    return Array(bytes.prefix(max(0, got)))
  }

  /// Adds bytes, all or none; what the system says when it cannot.
  mutating func write(_ bytes: [UInt8]) -> String? {
    var written = 0
    // Others may have added to it.
    var status = stat()
    if fstat(descriptor, &status) == 0 {
      guard status.st_nlink > 0 else { return "it was removed" }
      size = Int64(clamping: status.st_size)
    }
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let problem = Self.words(errno)
        // No half line stays; where even that fails, the next one who opens the file ends it.
        if written > 0 { _ = ftruncate(descriptor, off_t(clamping: size)) }
        return problem
      }
      written += count
    }
    size += Int64(clamping: written)
    return nil
  }

  private static func words(_ code: Int32) -> String { String(cString: strerror(code)) }
}

/// Why a trace or a log cannot be written.
package struct TraceError: Error, Hashable, CustomStringConvertible {
  /// Which file, and why.
  package let description: String

  let problem: String

  init(_ path: String, _ problem: String) {
    (self.problem, description) = (problem, "\(path) cannot be written: \(problem)")
  }
}

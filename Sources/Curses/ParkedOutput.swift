import Glibc

/// Holds back what is written to standard output and standard error while the screen is up.
///
/// Only where they are the terminal itself: a redirection by the user disturbs nothing. They lead
/// into a pipe that does not block: it holds the first 64 KiB, and a later write fails with
/// EAGAIN instead of growing or waiting.
struct ParkedOutput {
  /// Reading end of the pipe.
  let reader: Int32
  /// The descriptors that are parked, and what they were.
  private let parked: [(descriptor: Int32, original: Int32)]

  /// Parks the standard descriptors that lead to the device of `terminal`; nil when none does, or
  /// when the system has no more descriptors (nothing is parked then).
  init?(terminal: Int32) {
    guard let device = ParkedOutput.device(of: terminal) else { return nil }
    let mine = [STDOUT_FILENO, STDERR_FILENO].filter { ParkedOutput.device(of: $0) == device }
    guard !mine.isEmpty, let pipe = Pipe() else { return nil }
    // What was printed before belongs on the screen before.
    fflush(nil)
    parked = mine.compactMap { descriptor in
      let original = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
      guard original >= 0 else { return nil }
      dup2(pipe.writer, descriptor)
      return (descriptor, original)
    }
    reader = pipe.reader
    close(pipe.writer)
  }

  /// Where a crash prints what was parked: the terminal, as standard error was or else output.
  var target: Int32 { parked.last?.original ?? -1 }

  /// Puts the descriptors back and prints what was parked.
  func release() {
    fflush(nil)
    for (descriptor, original) in parked { dup2(original, descriptor) }
    ParkedOutput.copy(from: reader, to: target)
    for (_, original) in parked { close(original) }
    close(reader)
  }

  /// Copies what the pipe holds. Only calls that are allowed in a signal handler.
  static func copy(from reader: Int32, to target: Int32) {
    // As much as a terminal that can take anything takes.
    withUnsafeTemporaryAllocation(byteCount: 256, alignment: 1) { buffer in
      while true {
        let count = read(reader, buffer.baseAddress, buffer.count)
        guard count > 0, EmergencyRestore.canTake(target),
          write(target, buffer.baseAddress, count) > 0
        else { return }
      }
    }
  }

  private static func device(of descriptor: Int32) -> dev_t? {
    var status = stat()
    guard isatty(descriptor) == 1, fstat(descriptor, &status) == 0 else { return nil }
    return status.st_rdev
  }
}

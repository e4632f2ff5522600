import Glibc

/// The right to put other files into a folder, which one program has at a time.
///
/// Whoever may read a folder can hold it, also by mistake and for good: so it is waited for, but not for ever.
struct FolderLock {
  /// How long it is waited for [ms].
  static let patience = 10_000

  private let descriptor: Int32

  /// Waits for the lock on the folder; throws `busy` when another program has it all the time.
  init(_ folder: String, patience: Int = patience) throws(StoreError) {
    descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw StoreError(errno, opening: folder) }
    var left = patience
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let code = errno
      guard code == EWOULDBLOCK || code == EINTR, left > 0 else {
        close(descriptor)
        guard code == EWOULDBLOCK else { throw StoreError(code, opening: folder) }
        throw StoreError(.busy, "another program keeps \(folder) locked; try again later")
      }
      poll(nil, 0, 10)
      left -= 10
    }
  }

  func release() { close(descriptor) }
}

import Glibc

/// Keeps a second import or copy out for as long as the process lives or until released.
struct StagingLock {
  /// What one at a time may do.
  enum Purpose: String {
    /// Ask the source of a copy, which may take minutes before anything is staged.
    case copy
    /// Stage third parties.
    case `import`
  }

  private let descriptor: Int32

  /// Takes the lock beside the file at `path`; throws `busy` when another program has it.
  init(for purpose: Purpose, beside path: String) throws(StoreError) {
    let name = "\(path).\(purpose.rawValue)"
    descriptor = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw StoreError(errno, opening: name) }
    // The administrator's command must not shut out the service that the folder is for.
    var folder = stat()
    let slash = path.lastIndex(of: "/")
    if geteuid() == 0, let slash, stat(String(path[..<slash]), &folder) == 0 {
      _ = fchown(descriptor, folder.st_uid, folder.st_gid)
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw StoreError(
        .busy, "another import or copy into \(path) is running; try again when it has finished")
    }
  }

  func release() { close(descriptor) }
}

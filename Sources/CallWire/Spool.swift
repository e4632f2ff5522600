import CLibrary

/// The messages that no window took: one file each, in a folder of this user (R17).
///
/// A file is written under a name that readers pass over (`.….tmp`) and then renamed, so that a
/// reader sees whole messages only. It is not forced to the disk: the folder of `XDG_RUNTIME_DIR` does
/// not outlive the machine's run anyway, and a softphone waits for the launcher.
///
///     18a9c3f0b1d2e3f4-00001f2a-5d1e77c0.call          for any window
///     18a9c3f0b1d2e3f4-00001f2a-5d1e77c0@1024.call     for the window of station 1024
public struct Spool: Hashable, Sendable {
  /// The largest number of messages.
  public static let limit = 1000

  /// The folder's path.
  public let path: String

  /// The spool in this folder.
  public init(path: String) { self.path = path }

  /// Keeps an encoded message for the station's window, or for any; one of an earlier `time` [ms since 1970] is
  /// as old as that.
  ///
  /// Throws ``CallWireError/spoolFull(path:)``, ``CallWireError/foreignFolder(path:)`` or
  /// ``CallWireError/system(tried:path:code:)``, and then leaves no file behind.
  public func write(_ line: [UInt8], station: String?, at time: Int64? = nil) throws(CallWireError)
  {
    try preparePrivateFolder(path)
    var name = newMessageID()
    let temporary = "\(path)/.\(name).tmp"
    if let station, !station.isEmpty { name += "@" + fileName(forStation: station) }
    let final = "\(path)/\(name).call"

    try writeFile(temporary, line)
    if let time {
      let seconds = timespec(
        tv_sec: Int(clamping: time / 1000), tv_nsec: Int(clamping: time % 1000) * 1_000_000)
      utimensat(AT_FDCWD, temporary, [seconds, seconds], 0)
    }
    guard rename(temporary, final) == 0 else {
      let code = errno
      unlink(temporary)
      throw .system(tried: "name", path: final, code: code)
    }
    // Counted afterwards, so that launchers that write at the same moment never exceed the limit.
    if count() > Self.limit {
      unlink(final)
      throw .spoolFull(path: path)
    }
  }

  /// How many messages there are, for whichever window, counted until they are too many: a launcher waits for it.
  public func count() -> Int {
    folderNames(path, limit: Self.limit + 1, where: isMessage)?.count ?? 0
  }

  /// Takes a message out once a window has it.
  public func remove(_ name: String) { unlink("\(path)/\(name)") }

  /// Takes a file that is no message out of the way; the last one is kept as `refused`. False when that cannot be.
  @discardableResult
  public func setAside(_ name: String) -> Bool {
    rename("\(path)/\(name)", "\(path)/\(Self.refused)") == 0
  }

  static let refused = "refused"

  func isMessage(_ name: String) -> Bool { name.hasSuffix(".call") && !name.hasPrefix(".") }
}

private func writeFile(_ path: String, _ bytes: [UInt8]) throws(CallWireError) {
  let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
  guard file >= 0 else { throw .system(tried: "create", path: path, code: errno) }
  var written = 0
  while written < bytes.count {
    let count = bytes.withUnsafeBytes {
      CLibrary.write(file, $0.baseAddress?.advanced(by: written), bytes.count - written)
    }
    if count < 0 && errno == EINTR { continue }
    guard count > 0 else {
      let code = errno
      close(file)
      unlink(path)
      throw .system(tried: "write", path: path, code: code)
    }
    written += count
  }
  // Some file systems say only now that there is no room.
  guard close(file) == 0 else {
    let code = errno
    unlink(path)
    throw .system(tried: "write", path: path, code: code)
  }
}

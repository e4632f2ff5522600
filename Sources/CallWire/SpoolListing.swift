import CLibrary

/// What a window finds in the spool at one look.
public struct SpoolListing: Hashable, Sendable {
  /// A whole message.
  public struct Entry: Hashable, Sendable {
    /// The file's name, for ``Spool/remove(_:)`` and ``Spool/setAside(_:)``.
    public var name: String
    /// The message's line with its LF.
    public var line: [UInt8]
    /// How long ago the message was written, by the wall clock [ms].
    public var age: Int64

    /// The station whose window is meant, as a file's name has it; nil: any window.
    public var station: String? { Spool.station(ofFile: name) }
  }

  /// The messages for this window, oldest first.
  public var entries: [Entry] = []
  /// Names of files that claim to be messages, or were left half-written, and are neither.
  public var faults: [String] = []
  /// How many other files lie there, and messages that cannot be read now; nobody touches them.
  public var foreign = 0

  /// Nothing found.
  public init() {}
}

extension Spool {
  /// After this time a file that was not renamed belongs to a launcher that died [ms].
  private static let halfWrittenAge: Int64 = 60_000

  /// The messages for the station's window and for any, oldest first, at most ``limit``.
  ///
  /// Only regular files of this user are read, links are not followed, and nothing is removed. A folder
  /// that is not there, or is not this user's, holds nothing.
  public func list(station: String?) -> SpoolListing {
    let own = station.map { fileName(forStation: $0) } ?? ""
    return list { Self.station(ofFile: $0) ?? own == own }
  }

  /// The messages for the windows of all stations, likewise; a file's name says which: `…@1024.call`.
  public func listAll() -> SpoolListing { list { _ in true } }

  private func list(_ isWanted: (String) -> Bool) -> SpoolListing {
    var listing = SpoolListing()
    guard isOwnFolder(path) else { return listing }
    // One moment for all: the time between two messages is that between their files, however long reading takes.
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    // Launchers leave no more than the limit, and a few that came at one moment; a folder that somebody filled
    // must not hold up calls while it is put in order.
    var found = 0
    let names = folderNames(path) { name in
      if isMessage(name) {
        guard found < 2 * Self.limit, isWanted(name) else { return false }
        found += 1
        return true
      }
      if name.hasPrefix("."), name.hasSuffix(".tmp") {
        if let age = age(name, at: now), age > Self.halfWrittenAge { listing.faults.append(name) }
      } else if name != Self.refused {
        listing.foreign += 1
      }
      return false
    }
    for name in (names ?? []).sorted() {
      guard listing.entries.count < Self.limit else { break }
      switch read(name, at: now) {
      case .message(let entry): listing.entries.append(entry)
      case .fault: listing.faults.append(name)
      case .unreadable: listing.foreign += 1
      case .gone: break
      }
    }
    return listing
  }

  /// The station that a file's name says; nil: none.
  static func station(ofFile name: String) -> String? {
    guard let at = name.firstIndex(of: "@") else { return nil }
    return String(name[name.index(after: at)...].dropLast(".call".count))
  }

  /// What a file is found to be.
  private enum Reading {
    case message(SpoolListing.Entry)
    case fault
    /// The disk, the system or the file's mode is in the way: nothing is said of what it holds.
    case unreadable
    /// Another window has taken it.
    case gone
  }

  private func read(_ name: String, at now: timespec) -> Reading {
    // O_NONBLOCK: opening a pipe must not wait for its writer.
    let file = open("\(path)/\(name)", O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { return unopened(name) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { return .unreadable }
    guard status.isFile, status.st_uid == geteuid(),
      status.st_size <= CallMessage.longestLine + 1
    else { return .fault }
    let size = Int(clamping: status.st_size)
    var isRead = true
    let line = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = CLibrary.read(file, buffer.baseAddress?.advanced(by: count), size - count)
        if got < 0 && errno == EINTR { continue }
        isRead = got >= 0
        guard got > 0 else { break }
        count += got
      }
    }
    guard isRead else { return .unreadable }
    guard line.count == size, line.last == UInt8(ascii: "\n") else { return .fault }
    return .message(SpoolListing.Entry(name: name, line: line, age: age(status, at: now)))
  }

  /// What a file is that could not be opened; a link or a socket never can.
  private func unopened(_ name: String) -> Reading {
    var status = stat()
    guard lstat("\(path)/\(name)", &status) == 0 else {
      return errno == ENOENT ? .gone : .unreadable
    }
    return status.isFile && status.st_uid == geteuid() ? .unreadable : .fault
  }

  private func age(_ name: String, at now: timespec) -> Int64? {
    var status = stat()
    return lstat("\(path)/\(name)", &status) == 0 ? age(status, at: now) : nil
  }

  /// The time since the file was written, 0 when it was written since `now` or the clock was set back [ms].
  private func age(_ status: stat, at now: timespec) -> Int64 {
    let written = status.st_mtim
    // A file may say that it was written in any year at all; who has this may subtract it.
    return Int64(clamping: min(max(0, now.milliseconds - written.milliseconds), 1 << 53))
  }
}

import GRDB
import Glibc
package import TextForms

/// Why the store could not do its work.
public struct StoreError: Error, Hashable, Sendable {
  /// What a caller, or an exit code, has to tell apart.
  public enum Kind: Hashable, Sendable {
    /// There is no such input file.
    case noInput
    /// The input cannot be used: no recognised header, a wrong encoding, a code that is taken.
    case badInput
    /// The file or its folder cannot be made or opened.
    case cannotOpen
    /// Permission is missing: another owner, a read-only file or disk.
    case denied
    /// The file is damaged, or no database.
    case damaged
    /// The file is another program's.
    case foreign
    /// A later version of the program wrote the file.
    case newer
    /// Another program holds the file; worth a new try.
    case busy
    /// Somebody took the file away while it was in use; worth a new try.
    case replaced
    /// The disk is full; worth a new try.
    case full
    /// Reading or writing failed for another reason.
    case failed
  }

  /// What went wrong, for who has to tell failures apart.
  public var kind: Kind
  /// What was tried, on what, what happened, what to do.
  public var sentence: String

  /// A failure that this sentence explains.
  public init(_ kind: Kind, _ sentence: String) {
    self.kind = kind
    self.sentence = sentence
  }
}

extension StoreError {
  /// The code of sysexits.h that a program ends with for the failure.
  public var exitStatus: Int32 {
    switch kind {
    case .noInput: 66
    case .badInput, .damaged, .foreign, .newer: 65
    case .cannotOpen, .replaced: 73
    case .denied: 77
    case .full, .failed: 74
    case .busy: 75
    }
  }
}

extension StoreError: CustomStringConvertible {
  /// The sentence.
  public var description: String { sentence }
}

extension StoreError {
  /// The failure of `action` ("looking a number up") on the file at `path`.
  init(_ error: any Error, while action: String, path: String) {
    if let error = error as? StoreError {
      self = error
      return
    }
    let failure = "\(action) in \(path) failed"
    if let error = error as? WrongCell {
      self.init(.damaged, "\(failure): \(error.sentence), which ScreenPop never writes")
      return
    }
    guard let error = error as? DatabaseError else {
      self.init(.failed, "\(failure): \(error)")
      return
    }
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      self.init(.busy, "\(failure): another program holds the file; try again when it has finished")
    case .SQLITE_FULL:
      self.init(.full, "\(failure): the disk is full; free some space and try again")
    case .SQLITE_CANTOPEN where Self.isReadOnly(path),
      .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
      self.init(.denied, "\(failure): the file may not be written; check its owner and its disk")
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      self.init(
        .damaged,
        "\(failure): the file is damaged or is no store; move it away and begin again (a window does so by "
          + "itself)")
    case .SQLITE_CANTOPEN where Self.isReadOnly(path):
      self.init(
        .denied, "\(failure): its folder may not be written; check its owner and its disk")
    case .SQLITE_CONSTRAINT where error.message?.contains("cannot store") == true:
      self.init(.damaged, "\(failure): \(error.message ?? ""), which ScreenPop never writes")
    case .SQLITE_CANTOPEN where Self.lacksFiles(path):
      self.init(
        .full, "\(failure): the disk has no room for another file; delete some and try again")
    case .SQLITE_CANTOPEN:
      self.init(.cannotOpen, "\(failure): it cannot be opened; check the folder and its owner")
    case .SQLITE_IOERR:
      // A full disk often says no more than this: under WAL it is met outside of a write, too.
      self.init(
        .failed, "\(failure): the disk refused it; check the disk, and whether there is space on it"
      )
    default:
      self.init(.failed, "\(failure): \(error.message ?? "\(error.resultCode)")")
    }
  }
}

extension StoreError {
  /// Whether the disk has no inode left, without which SQLite cannot begin a log.
  private static func lacksFiles(_ path: String) -> Bool {
    var disk = statvfs()
    return statvfs(path, &disk) == 0 && disk.f_files > 0 && disk.f_favail == 0
  }

  /// Whether the file, or its folder, where SQLite needs two more files, may not be written.
  private static func isReadOnly(_ path: String) -> Bool {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) + "/." } ?? "."
    return access(folder, W_OK) != 0 || (access(path, F_OK) == 0 && access(path, W_OK) != 0)
  }
}

extension StoreError {
  /// The failure that `errno` names on writing to what is called so.
  public init(_ code: Int32, writing name: String) {
    self.init(
      code == ENOSPC || code == EDQUOT ? .full : .failed,
      "writing to \(name) failed: \(String(cString: strerror(code)))")
  }

  /// Why a file was not written.
  package init(_ trouble: NewFile.Trouble) {
    self =
      trouble.hasBegun
      ? StoreError(trouble.code, writing: trouble.path)
      : StoreError(trouble.code, opening: trouble.path)
  }
}

/// Runs `body`, and turns whatever it throws into the sentence of `action` on `path`.
func explaining<Result>(
  _ action: String, _ path: String, _ body: () throws -> Result
) throws(StoreError) -> Result {
  do {
    return try body()
  } catch {
    throw StoreError(error, while: action, path: path)
  }
}

import Glibc

/// Why a URL protocol could not be registered or taken back.
public struct SetupError: Error, Hashable, Sendable {
  /// What kind of trouble it is.
  public enum Kind: Hashable, Sendable {
    /// The protocol's name cannot be registered.
    case name
    /// There is no launcher, or none that a desktop can start.
    case launcher
    /// A file or folder may not be read or written.
    case denied
    /// A file or folder cannot be made or read.
    case cannotOpen
    /// Writing failed.
    case failed
  }

  /// What kind of trouble it is.
  public let kind: Kind
  /// What was tried, on what, what happened, and what to do.
  public let sentence: String

  init(_ kind: Kind, _ sentence: String) {
    self.kind = kind
    self.sentence = sentence
  }

  /// The failure that an `errno` names.
  init(_ attempt: String, _ path: String, code: Int32) {
    let reason = String(cString: strerror(code))
    switch code {
    case EACCES, EPERM, EROFS: kind = .denied
    case ENOSPC, EDQUOT, EIO: kind = .failed
    default: kind = .cannotOpen
    }
    sentence = "could not \(attempt) \(path): \(reason)"
  }

  /// The code of sysexits.h that a program ends with for the failure.
  public var exitStatus: Int32 {
    switch kind {
    case .name: 64
    case .launcher: 69
    case .denied: 77
    case .cannotOpen: 73
    case .failed: 74
    }
  }
}

extension SetupError: CustomStringConvertible {
  /// The sentence.
  public var description: String { sentence }
}

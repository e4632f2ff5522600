public import ThirdPartyStore

/// Why the ERP's data could not be had.
public struct ERPError: Error, Hashable, Sendable {
  /// What a caller, or an exit code, has to tell apart.
  public enum Kind: Hashable, Sendable {
    /// The configuration or the profile cannot be used as it is.
    case badProfile
    /// There is no driver, no data source or no server.
    case unreachable
    /// The server refused the user or the password.
    case refused
    /// The user may not read all that is asked for.
    case denied
    /// The server did not answer in time.
    case timedOut
    /// The server answered, and not with what the profile says.
    case badAnswer
    /// The connection was lost, or the server failed.
    case failed
    /// The own store could not do its part.
    case store(StoreError.Kind)
  }

  /// What went wrong, for who has to tell failures apart.
  public var kind: Kind
  /// What was tried, on what, what happened, what to do; never a password.
  public var sentence: String

  /// A failure that this sentence explains.
  public init(_ kind: Kind, _ sentence: String) {
    self.kind = kind
    self.sentence = sentence
  }

  init(_ error: StoreError) { self.init(.store(error.kind), error.sentence) }
}

extension ERPError {
  /// The code of sysexits.h that a program ends with for the failure.
  public var exitStatus: Int32 {
    switch kind {
    case .badProfile: 78
    case .unreachable, .timedOut, .failed: 69
    case .refused, .denied: 77
    case .badAnswer: 65
    case .store(let kind): StoreError(kind, sentence).exitStatus
    }
  }
}

extension ERPError: CustomStringConvertible {
  /// The sentence.
  public var description: String { sentence }
}

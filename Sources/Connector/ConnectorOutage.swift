import NIOSSL

/// Why a peer tells nothing, in a session's own cases; what every connection can suffer comes from here.
package protocol ConnectorOutage: Sendable {
  /// What a failure of the connection itself means to this session.
  init(_ failure: ConnectionFailure)
  /// When to try again.
  var retry: Retry { get }
}

/// What can befall any connection.
package enum ConnectionFailure: Hashable, Sendable {
  /// None was made, with the system's words.
  case unreachable(detail: String)
  /// None that is secure, or one whose certificate is not trusted.
  case insecure(detail: String)
  /// The peer ended it.
  case closed

  /// What happened, as the end of a sentence.
  package var detail: String {
    switch self {
    case .unreachable(let detail), .insecure(let detail): detail
    case .closed: "it closed the connection"
    }
  }

  /// What an error of the network means.
  init(_ error: any Error) {
    switch error {
    case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
      self = .insecure(detail: networkDetail(error))
    default: self = .unreachable(detail: networkDetail(error))
    }
  }
}

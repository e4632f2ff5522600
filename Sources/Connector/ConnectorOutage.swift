import Glibc
import NIOSSL

/// Why a peer tells nothing, in a session's own cases; what every connection can suffer comes from here.
package protocol ConnectorOutage: Sendable {
  /// What a failure of the connection itself means to this session.
  static func connection(_ failure: ConnectionFailure) -> Self
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
  package init(_ error: any Error) { self.init(error, certificate: nil) }

  /// What an error of the network means, once the peer has shown this certificate.
  init(_ error: any Error, certificate: NIOSSLCertificate?) {
    switch error {
    case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
      let words = certificate.flatMap {
        certificateDetail(
          from: Int64(clamping: $0.notValidBefore), to: Int64(clamping: $0.notValidAfter),
          now: Int64(clamping: time(nil)))
      }
      self = .insecure(detail: words ?? networkDetail(error))
    default: self = .unreachable(detail: networkDetail(error))
    }
  }
}

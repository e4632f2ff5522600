/// Why a peer tells nothing, in a session's own cases; what every connection can suffer comes from here.
package protocol ConnectorOutage: Error, Sendable {
  /// What a failure of the connection itself means to this session.
  init(_ failure: ConnectionFailure)
  /// What went wrong at the peer (`pbx.example:5038`), and what to do; one line.
  func sentence(peer: String) -> String
  /// When to try again.
  var retry: Retry { get }
}

/// When a connector tries again.
package enum Retry: Hashable, Sendable {
  /// Soon, then less and less often: see ``Backoff``.
  case backoff
  /// After this time: a refused password must not look like guessing.
  case after(Duration)
  /// Not at all: nothing would change.
  case never
}

/// What can befall any connection.
package enum ConnectionFailure: Hashable, Sendable {
  /// None was made, with the system's words.
  case unreachable(detail: String)
  /// None that is secure, or one whose certificate is not trusted.
  case insecure(detail: String)
  /// The peer ended it.
  case closed
}

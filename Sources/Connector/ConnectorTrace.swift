package import Telephony

/// Where the traffic of connectors is written down (R55).
package protocol ConnectorTrace: Sendable {
  /// Notes what travelled between a source and its peer.
  func note(_ source: SourceID, _ traffic: Traffic, at now: Moment)
}

/// What travels over a connection.
package enum Traffic: Hashable, Sendable {
  /// A connection was made.
  case opened
  /// Bytes came, as a stream cut them or as one datagram.
  case received([UInt8])
  /// Bytes went.
  case sent([UInt8])
  /// The connection has gone, with the reason.
  case closed(String)
}

package import Connector

/// Where a CSTA server listens, as whom, and which device is followed there.
public struct CSTAServer: Hashable, Sendable {
  /// A name or an IP address.
  public var address: String
  /// The port; 8800 on many.
  public var port: Int
  /// Whose certificates are trusted; nil: without TLS.
  package var trust: ConnectorPeer.Trust?
  /// Whether a session is begun before anything else (ECMA-354).
  public var hasSession: Bool
  /// Who begins the session; empty: it has no user.
  public var user: String
  /// The password.
  public var password: String
  /// The device whose calls are followed, as the switch names it; empty: the operator's extension.
  public var device: String
  /// The edition of ECMA-323 whose namespace requests have.
  public var edition: Int

  /// A server; see the properties.
  package init(
    address: String, port: Int = 8800, trust: ConnectorPeer.Trust? = nil, hasSession: Bool = false,
    user: String = "", password: String = "", device: String = "", edition: Int = 4
  ) {
    (self.address, self.port, self.trust) = (address, port, trust)
    (self.hasSession, self.user, self.password) = (hasSession, user, password)
    (self.device, self.edition) = (device, edition)
  }

  /// Where it is, as a connection is made to it.
  var peer: ConnectorPeer { ConnectorPeer(host: address, port: port, trust: trust) }

  /// Why it cannot be spoken to as it is configured; nil: it can.
  var problem: String? {
    if device.isEmpty { return "no station configured: the CSTA server is not asked" }
    guard device.utf8.count <= 256 else { return "device in [csta] is longer than 256 bytes" }
    return nil
  }
}

import Connector

/// Where Asterisk's manager listens, as whom, and what is followed there.
public struct AsteriskManager: Hashable, Sendable {
  /// Whether the connection is secured, and whose certificates are trusted.
  public enum Security: Hashable, Sendable {
    /// Plain TCP: the secret can be read on the way.
    case none
    /// TLS, with the system's trust store.
    case system
    /// TLS, with the certificates of this file (PEM).
    case certificates(path: String)
  }

  /// A name or an IP address.
  public var address: String
  /// The port; usually 5038, with TLS 5039.
  public var port: Int
  /// The user's section in manager.conf.
  public var user: String
  /// The user's `secret`.
  public var secret: String
  /// Whether the connection is secured.
  public var security: Security
  /// The channel technology of the stations: `PJSIP`, `SIP`.
  public var technology: String
  /// The context of the dialplan in which calls are made; empty: none can be made.
  public var context: String
  /// The names of the stations' devices; empty: the operator's extension.
  public var stations: [String]

  /// A manager; see the properties.
  public init(
    address: String, port: Int, user: String, secret: String, security: Security = .none,
    technology: String = "PJSIP", context: String = "", stations: [String] = []
  ) {
    self.address = address
    self.port = port
    self.user = user
    self.secret = secret
    self.security = security
    self.technology = technology
    self.context = context
    self.stations = stations
  }

  /// Where it is, as a connection is made to it.
  var peer: ConnectorPeer {
    let trust: ConnectorPeer.Trust? =
      switch security {
      case .none: nil
      case .system: .system
      case .certificates(let path): .certificates(path: path)
      }
    return ConnectorPeer(host: address, port: port, trust: trust)
  }

  /// The values that reach the manager, by the name of their key.
  var spoken: [(key: String, value: String)] {
    [
      ("user", user), ("secret_file", secret), ("technology", technology), ("context", context),
    ] + stations.map { ("stations", $0) }
  }
}

/// Where a peer listens, and how it is reached.
package struct ConnectorPeer: Hashable, Sendable {
  /// How bytes travel.
  package enum Transport: Hashable, Sendable {
    /// A stream of bytes in the open.
    case tcp
    /// A stream of bytes under TLS 1.2 or later, with whose certificates are trusted.
    case tls(Trust)
    /// Datagrams in the open.
    case udp
  }

  /// Whose certificates are trusted.
  package enum Trust: Hashable, Sendable {
    /// Those of the system's trust store.
    case system
    /// Those in this file (PEM).
    case certificates(path: String)
  }

  /// A name or an IP address.
  package var host: String
  /// The port.
  package var port: Int
  /// How bytes travel.
  package var transport: Transport

  /// A peer; see the properties.
  package init(host: String, port: Int, transport: Transport = .tcp) {
    self.host = host
    self.port = port
    self.transport = transport
  }

  /// Host and port, as a sentence names them.
  package var name: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

import Glibc
package import NIOCore
import NIOPosix
import NIOSSL

/// Where a peer listens for connections, and how one is made.
package struct ConnectorPeer: Hashable, Sendable {
  /// Whose certificates are trusted.
  package enum Trust: Hashable, Sendable {
    /// Those of the system's trust store.
    case system
    /// Those in this file (PEM).
    case certificates(path: String)
  }

  /// After so much silence the system asks whether the peer is still there [s], again after so long [s], so many
  /// times: one that speaks by itself alone would else be waited for in vain where a router forgets idle connections.
  private static let silence = 60
  private static let probePause = 15
  private static let probes = 4
  /// How long the system tries to bring a peer what was sent [ms].
  private static let longestTry = 120_000

  /// A name or an IP address.
  package var host: String
  /// The port.
  package var port: Int
  /// Whose certificates are trusted; nil: without TLS.
  package var trust: Trust?
  /// The longest time from the start to the established connection.
  package var patience: Duration

  /// A peer; see the properties.
  package init(host: String, port: Int, trust: Trust? = nil, patience: Duration = .seconds(10)) {
    self.host = host
    self.port = port
    self.trust = trust
    self.patience = patience
  }

  /// Host and port, as a sentence names them.
  package var name: String { "\(host):\(port)" }

  /// Connects; `handler` makes the end of the connection's pipeline.
  ///
  /// Throws when certificates cannot be read; the future fails when no connection was made.
  func connect(
    _ runtime: ConnectorRuntime, _ handler: @escaping @Sendable () -> ConnectionHandler
  ) throws -> EventLoopFuture<any Channel> {
    let secure = try securing()
    return ClientBootstrap(group: runtime.loop)
      .resolver(ThreadResolver(runtime))
      .connectTimeout(TimeAmount(patience))
      .channelOption(.socketOption(.so_keepalive), value: 1)
      .channelOption(.tcpOption(.init(rawValue: TCP_KEEPIDLE)), value: Self.silence)
      .channelOption(.tcpOption(.init(rawValue: TCP_KEEPINTVL)), value: Self.probePause)
      .channelOption(.tcpOption(.init(rawValue: TCP_KEEPCNT)), value: Self.probes)
      // While something sent is not acknowledged, it asks for none of that, and would try for a quarter of an hour.
      .channelOption(.tcpOption(.init(rawValue: TCP_USER_TIMEOUT)), value: Self.longestTry)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try secure?(channel)
          try channel.pipeline.syncOperations.addHandler(handler())
        }
      }
      .connect(host: host, port: port)
  }

  /// What puts TLS before the end of a channel's pipeline; nil without TLS. Throws when certificates cannot be read.
  package func securing() throws -> (@Sendable (any Channel) throws -> Void)? {
    guard let context = try secureContext() else { return nil }
    return { try secure($0, context) }
  }

  private func secureContext() throws -> NIOSSLContext? {
    guard let trust else { return nil }
    var configuration = TLSConfiguration.makeClientConfiguration()
    if case .certificates(let path) = trust { configuration.trustRoots = .file(path) }
    return try NIOSSLContext(configuration: configuration)
  }

  private func secure(_ channel: any Channel, _ context: NIOSSLContext) throws {
    // Server names are never addresses (RFC 6066, 3); a certificate may be for an address all the same.
    let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
    try channel.pipeline.syncOperations.addHandler(
      NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : host))
  }
}

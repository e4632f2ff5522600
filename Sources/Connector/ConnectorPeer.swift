import Glibc
import NIOCore
import NIOPosix
import NIOSSL

/// Where a peer listens for connections, and how one is made.
package struct ConnectorPeer: Hashable, LineCarrier {
  /// Whose certificates are trusted.
  package enum Trust: Hashable, Sendable {
    /// Those of the system's trust store.
    case system
    /// Those in this file (PEM).
    case certificates(path: String)
  }

  /// How what is said travels.
  package enum Carrier: Hashable, Sendable {
    /// In a connection, in which nothing gets lost.
    case stream
    /// In datagrams, which may get lost, and may come from elsewhere.
    case datagrams
  }

  /// How long a connection may be silent before the system asks whether the peer is still there [s], how long until it asks
  /// again [s], and how often: a router that has forgotten an idle connection would leave us waiting for ever.
  private static let silence = 30
  private static let probePause = 10
  private static let probes = 3
  /// How long the system tries to deliver what was sent, and waits for an answer to such a question [ms].
  private static let longestTry = 60_000

  /// A name or an IP address.
  package var host: String
  /// The port.
  package var port: Int
  /// Whose certificates are trusted; nil: without TLS.
  package var trust: Trust?
  /// The longest time from the start to the established connection.
  package var patience: Duration
  /// How what is said travels; TLS is for connections alone.
  package var carrier: Carrier
  /// The path of a Unix socket, in the place of host and port; nil: none.
  package private(set) var socket: String?
  /// Which address datagrams go to.
  private let turn = AddressTurn()

  /// A peer; see the properties.
  package init(
    host: String, port: Int, trust: Trust? = nil, patience: Duration = .seconds(10),
    carrier: Carrier = .stream
  ) {
    self.host = host
    self.port = port
    self.trust = trust
    self.patience = patience
    self.carrier = carrier
  }

  /// A peer that listens on the Unix socket of this path.
  package init(socket: String) {
    self.init(host: "", port: 0)
    self.socket = socket
  }

  package var isStream: Bool { carrier == .stream }

  /// Host and port, as a sentence names them.
  package var name: String { socket ?? "\(host):\(port)" }

  /// Makes a way there; the listener is told what comes of it.
  package func open(_ runtime: ConnectorRuntime, _ listener: LineListener) {
    let opening: EventLoopFuture<any Channel>
    do {
      opening =
        try carrier == .stream ? connect(runtime, listener) : bind(runtime, listener)
    } catch {
      return listener.ended(ConnectionFailure(error))
    }
    opening.whenFailure { listener.ended(ConnectionFailure($0)) }
  }

  /// Throws when certificates cannot be read.
  private func connect(
    _ runtime: ConnectorRuntime, _ listener: LineListener
  ) throws -> EventLoopFuture<any Channel> {
    if let socket {
      return ClientBootstrap(group: runtime.loop)
        .connectTimeout(TimeAmount(patience))
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(ConnectionHandler(listener))
          }
        }
        .connect(unixDomainSocketPath: socket)
    }
    let context = try secureContext()
    let names = ThreadResolver(runtime)
    return ClientBootstrap(group: runtime.loop)
      .resolver(names)
      .connectTimeout(TimeAmount(patience))
      .channelOption(.socketOption(.so_keepalive), value: 1)
      .channelOption(.tcpOption(.init(rawValue: TCP_KEEPIDLE)), value: Self.silence)
      .channelOption(.tcpOption(.init(rawValue: TCP_KEEPINTVL)), value: Self.probePause)
      .channelOption(.tcpOption(.init(rawValue: TCP_KEEPCNT)), value: Self.probes)
      // While something sent is not acknowledged, none of this applies: the system would try for a quarter of an hour.
      .channelOption(.tcpOption(.init(rawValue: TCP_USER_TIMEOUT)), value: Self.longestTry)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(ReadPace())
          if let context { try secure(channel, context) }
          try channel.pipeline.syncOperations.addHandler(ConnectionHandler(listener))
        }
      }
      .connect(host: host, port: port)
      .flatMapErrorThrowing { error in
        throw names.isWaiting ? ThreadResolver.Failure.silence : error
      }
  }

  private func bind(
    _ runtime: ConnectorRuntime, _ listener: LineListener
  ) -> EventLoopFuture<any Channel> {
    let (loop, turn) = (runtime.loop, turn)
    let server = ThreadResolver(runtime).address(of: host, port: port, turn)
    let opening: EventLoopFuture<any Channel> = server.flatMap { server in
      // A connected socket tells which of this machine's addresses leads to the server; messages come from
      // other places as well, so it is not the one that is used.
      DatagramBootstrap(group: loop).connect(to: server).flatMap { probe in
        let local = probe.localAddress?.ipAddress
        return probe.close().flatMap {
          guard let local, let address = try? SocketAddress(ipAddress: local, port: 0) else {
            return loop.makeFailedFuture(ChannelError.unknownLocalAddress)
          }
          return DatagramBootstrap(group: loop)
            // A datagram that does not fit would be cut.
            .channelOption(
              .recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 65_536)
            )
            .channelInitializer { channel in
              channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(
                  DatagramHandler(listener, peer: server, unheard: { turn.pass() }))
              }
            }
            .bind(to: address)
        }
      }
    }
    opening.whenFailure { _ in turn.pass() }
    return opening
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

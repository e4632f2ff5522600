import NIOCore
import NIOPosix
import NIOSSL

/// Makes one connection to a peer, of whatever kind it is reached by.
struct ConnectionOpener {
  /// The longest time from the start to the established connection.
  private static let patience: TimeAmount = .seconds(10)

  let peer: ConnectorPeer
  let runtime: ConnectorRuntime

  /// Connects; `handler` makes the end of the connection's pipeline.
  ///
  /// Throws when certificates cannot be read; the future fails when no connection was made.
  func open(
    _ handler: @escaping @Sendable () -> ConnectionHandler
  ) throws -> EventLoopFuture<any Channel> {
    switch peer.transport {
    case .udp:
      return DatagramBootstrap(group: runtime.loop)
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandlers([DatagramBytes(), handler()])
          }
        }
        .connect(host: peer.host, port: peer.port)
    case .tcp, .tls:
      let context = try secureContext()
      return ClientBootstrap(group: runtime.loop)
        .resolver(ThreadResolver(threads: runtime.threads, loop: runtime.loop))
        .connectTimeout(Self.patience)
        .channelOption(.socketOption(.so_keepalive), value: 1)
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            if let context { try secure(channel, context) }
            try channel.pipeline.syncOperations.addHandler(handler())
          }
        }
        .connect(host: peer.host, port: peer.port)
    }
  }

  private func secureContext() throws -> NIOSSLContext? {
    guard case .tls(let trust) = peer.transport else { return nil }
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    if case .certificates(let path) = trust { configuration.trustRoots = .file(path) }
    return try NIOSSLContext(configuration: configuration)
  }

  private func secure(_ channel: any Channel, _ context: NIOSSLContext) throws {
    // Server names are never addresses (RFC 6066, 3); a certificate may be for an address all the same.
    let isAddress = (try? SocketAddress(ipAddress: peer.host, port: 0)) != nil
    try channel.pipeline.syncOperations.addHandler(
      NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : peer.host))
  }
}

/// Takes the envelopes off datagrams: the socket is connected, so that only the peer's arrive.
private final class DatagramBytes: ChannelDuplexHandler {
  typealias InboundIn = AddressedEnvelope<ByteBuffer>
  typealias InboundOut = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    context.fireChannelRead(wrapInboundOut(unwrapInboundIn(data).data))
  }
}

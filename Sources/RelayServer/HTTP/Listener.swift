import Glibc
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization
import TrafficTrace

/// The relay's port and the connections that came in by it.
///
/// Some errors of the system close a port. What the relay holds must stay within reach, so that it listens there again.
final class Listener: Sendable {
  /// How long it waits before it listens again.
  private static let pause = TimeAmount.milliseconds(200)

  /// The TCP port.
  let port: Int
  private let channel: Mutex<(any Channel)?>
  private let bind: @Sendable (_ port: Int) -> EventLoopFuture<any Channel>
  private let connections: Connections
  private let patience: Patience
  private let logger: Logger

  /// Listens; throws what the system says.
  static func listen(
    _ options: RelayOptions, certificate: ServerCertificate?, on group: any EventLoopGroup,
    responder: RelayResponder, trace: Trace?, logger: Logger
  ) async throws -> Listener {
    let connections = Connections()
    let patience = options.patience
    let bind = { @Sendable (port: Int) in
      ServerBootstrap(group: group)
        .serverChannelOption(.backlog, value: 4096)
        .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        .serverChannelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(AcceptBackoffHandler(shouldForwardIOErrorCaught: true))
            try pipeline.addHandler(AcceptReporter(logger))
          }
        }
        .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
        // A client that has vanished, or takes nothing in, is not waited for by the system either [ms].
        .childChannelOption(
          .tcpOption(NIOBSDSocket.Option(rawValue: TCP_USER_TIMEOUT)),
          value: SocketOptionValue(TimeAmount(patience.stall).nanoseconds / 1_000_000)
        )
        .childChannelOption(.allowRemoteHalfClosure, value: true)
        .childChannelInitializer { channel in
          connections.add(channel)
          return channel.eventLoop.makeCompletedFuture {
            try setUp(
              channel, tls: certificate?.context(), responder: responder, trace: trace,
              patience: patience)
          }
        }
        .bind(host: options.address, port: port)
    }
    let channel = try await bind(options.port).get()
    return Listener(channel, bind, connections, patience, logger)
  }

  private init(
    _ channel: any Channel, _ bind: @escaping @Sendable (Int) -> EventLoopFuture<any Channel>,
    _ connections: Connections, _ patience: Patience, _ logger: Logger
  ) {
    port = channel.localAddress?.port ?? 0
    self.channel = Mutex(channel)
    self.bind = bind
    self.connections = connections
    self.patience = patience
    self.logger = logger
    watch(channel)
  }

  /// Takes no more connections, lets what was begun come to its end, and after a while cuts the rest off.
  func stop() async {
    let channel = channel.withLock { channel in
      defer { channel = nil }
      return channel
    }
    guard let channel else { return }
    try? await channel.close().get()
    let cut = channel.eventLoop.scheduleTask(in: TimeAmount(patience.end)) { [connections] in
      connections.closeAll()
    }
    await connections.end()
    cut.cancel()
  }

  /// Listens again when the port is closed otherwise than by ``stop()``.
  private func watch(_ channel: any Channel) {
    channel.closeFuture.whenComplete { _ in
      guard self.channel.withLock({ $0 != nil }) else { return }
      self.logger.error("the system closed the port \(self.port): the relay listens there again")
      self.listenAgain(on: channel.eventLoop)
    }
  }

  private func listenAgain(on loop: any EventLoop) {
    loop.scheduleTask(in: Self.pause) {
      self.bind(self.port).whenComplete { result in
        guard case .success(let next) = result else { return self.listenAgain(on: loop) }
        let isStopped = self.channel.withLock { channel in
          if channel != nil { channel = next }
          return channel == nil
        }
        if isStopped { next.close(promise: nil) } else { self.watch(next) }
      }
    }
  }

  private static func setUp(
    _ channel: any Channel, tls: NIOSSLContext?, responder: RelayResponder, trace: Trace?,
    patience: Patience
  ) throws {
    var limits = NIOHTTPDecoderLimitConfiguration()
    // Of a line and of all headers; what the relay itself allows is less, and is answered properly.
    limits.maxHeaderFieldSize = RequestLineMender.longest
    limits.maxHeaderListSize = RequestLineMender.longest + ConnectionGuard.longestHeaders
    limits.maxHeaderFieldCount = 100
    let pipeline = channel.pipeline.syncOperations
    if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
    let connection = ConnectionGuard(patience)
    try pipeline.addHandler(RequestLineMender(connection))
    try pipeline.configureHTTPServerPipeline(
      withPipeliningAssistance: false, withErrorHandling: false,
      withOutboundHeaderValidation: false, withEncoderConfiguration: .init(),
      withDecoderLimitConfiguration: limits)
    if let trace {
      try pipeline.addHandler(
        TraceHandler(trace, peer: channel.remoteAddress, now: SystemClock.now))
    }
    try pipeline.addHandler(connection)
    try pipeline.addHandler(
      RequestHandler(responder, peer: NetworkAddress(channel.remoteAddress)))
  }
}

/// Says that no more connections can be taken, once a minute at most; meanwhile they wait in the system.
private final class AcceptReporter: ChannelInboundHandler {
  typealias InboundIn = any Channel

  private let logger: Logger
  private var saidAt: NIODeadline?

  init(_ logger: Logger) { self.logger = logger }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard let error = error as? IOError,
      [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(error.errnoCode)
    else { return }
    if let saidAt, .now() - saidAt < .seconds(60) { return }
    saidAt = .now()
    logger.error(
      """
      no more connections can be taken, new ones wait: \(String(cString: strerror(error.errnoCode))): \
      raise LimitNOFILE of the unit, or ulimit -n
      """)
  }
}

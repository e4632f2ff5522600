import NIOCore
import NIOSSL
import NIOTLS

/// The end of one connection's pipeline: hands everything over.
final class ConnectionHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let opened: (any Channel, ConnectionPlace) -> Void
  private let received: (ByteBuffer) -> Void
  private let ended: (ConnectionFailure) -> Void
  private var failure: ConnectionFailure?
  private var isOpen = false

  init(
    opened: @escaping (any Channel, ConnectionPlace) -> Void,
    received: @escaping (ByteBuffer) -> Void,
    ended: @escaping (ConnectionFailure) -> Void
  ) {
    self.opened = opened
    self.received = received
    self.ended = ended
  }

  func channelActive(context: ChannelHandlerContext) {
    // Where TLS follows, nothing may be said before its handshake: see below.
    guard (try? context.pipeline.syncOperations.handler(type: NIOSSLClientHandler.self)) == nil
    else { return }
    open(context)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case TLSUserEvent.handshakeCompleted = event { open(context) }
    context.fireUserInboundEventTriggered(event)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) { received(unwrapInboundIn(data)) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    failure = failure ?? ConnectionFailure(error)
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) { ended(failure ?? .closed) }

  private func open(_ context: ChannelHandlerContext) {
    guard !isOpen else { return }
    isOpen = true
    let (local, remote) = (context.localAddress, context.remoteAddress)
    opened(
      context.channel,
      ConnectionPlace(
        host: local?.ipAddress ?? "", port: local?.port ?? 0, peerHost: remote?.ipAddress ?? ""))
  }
}

extension ConnectionFailure {
  /// What an error of the network means.
  init(_ error: any Error) {
    switch error {
    case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
      self = .insecure(detail: networkDetail(error))
    default: self = .unreachable(detail: networkDetail(error))
    }
  }
}

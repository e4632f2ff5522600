import NIOCore

/// The end of one connection's pipeline: hands everything over.
final class ConnectionHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let opened: (any Channel) -> Void
  private let received: (ByteBuffer) -> Void
  private let ended: (ConnectionFailure) -> Void
  private var failure: ConnectionFailure?

  /// The end of a connection whose news go to these.
  init(
    opened: @escaping (any Channel) -> Void, received: @escaping (ByteBuffer) -> Void,
    ended: @escaping (ConnectionFailure) -> Void
  ) {
    self.opened = opened
    self.received = received
    self.ended = ended
  }

  func channelActive(context: ChannelHandlerContext) { opened(context.channel) }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) { received(unwrapInboundIn(data)) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    failure = failure ?? ConnectionFailure(error)
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) { ended(failure ?? .closed) }
}

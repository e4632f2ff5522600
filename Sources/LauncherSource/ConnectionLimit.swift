import NIOCore

/// Accepts no more connections than may be open at once; the others wait in the system's queue, so that
/// a flood costs time, never file descriptors or a lost call.
final class ConnectionLimit: ChannelDuplexHandler {
  typealias InboundIn = any Channel
  typealias InboundOut = any Channel
  typealias OutboundIn = Never

  private let limit: Int
  private var open = 0
  private var isReadHeld = false

  /// At most `limit` connections, give or take one round of accepting.
  init(limit: Int) { self.limit = limit }

  func read(context: ChannelHandlerContext) {
    if open < limit {
      context.read()
    } else {
      isReadHeld = true
    }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    open += 1
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    unwrapInboundIn(data).closeFuture.whenComplete { _ in
      let (limit, context) = bound.value
      limit.connectionClosed(context: context)
    }
    context.fireChannelRead(data)
  }

  private func connectionClosed(context: ChannelHandlerContext) {
    open -= 1
    if isReadHeld && open < limit {
      isReadHeld = false
      context.read()
    }
  }
}

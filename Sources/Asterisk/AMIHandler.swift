import NIOCore

/// The end of one connection's pipeline: hands everything to the line.
final class AMIHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let line: AMILine
  private let ticket: Int
  private var failure: AMIOutage?

  /// The handler of the connection that the line knows by the ticket.
  init(_ line: AMILine, ticket: Int) {
    self.line = line
    self.ticket = ticket
  }

  func channelActive(context: ChannelHandlerContext) { line.opened(context.channel, ticket) }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    line.received(unwrapInboundIn(data), ticket)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    failure = failure ?? AMIOutage(error)
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) { line.ended(failure ?? .closed, ticket) }
}

import NIOCore

/// Reads a busy peer in batches: waking for every line of a telephone system with hundreds of telephones costs more than
/// reading the lines.
///
/// The first pieces after a quiet spell are read at once, further ones after a pause each. Where much has come already, as
/// with a list, there is no pause; nor while the peer has been asked something, whose answer decides what is shown.
final class ReadPace: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = ByteBuffer

  /// Between two pieces from a peer that speaks all the time: too short to be seen.
  static let pause = TimeAmount.milliseconds(50)
  /// How many pieces are read at once after a long quiet spell.
  static let saved: Int64 = 40
  /// How many are after something was sent: an answer comes within milliseconds, among what else is said meanwhile.
  static let answering: Int64 = 10
  /// So much is a batch already [bytes].
  static let batch = 64 * 1024

  /// When the next piece would be read if nothing had been saved up.
  private var due = NIODeadline.uptimeNanoseconds(0)
  private var waiting: Scheduled<Void>?
  /// How much has come since more was last asked for [bytes].
  private var count = 0

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    count += unwrapInboundIn(data).readableBytes
    context.fireChannelRead(data)
  }

  func read(context: ChannelHandlerContext) {
    guard waiting == nil else { return }
    let isBatch = count >= Self.batch
    count = 0
    if isBatch { return context.read() }
    let now = context.eventLoop.now
    due = max(due, now - Self.pause * Self.saved) + Self.pause
    guard due > now else { return context.read() }
    waiting = context.eventLoop.assumeIsolated().scheduleTask(deadline: due) {
      self.waiting = nil
      context.read()
    }
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    due = min(due, context.eventLoop.now - Self.pause * Self.answering)
    if let waiting {
      waiting.cancel()
      self.waiting = nil
      read(context: context)
    }
    context.write(data, promise: promise)
  }

  func handlerRemoved(context: ChannelHandlerContext) { waiting?.cancel() }
}

import NIOCore

/// Reads what a busy peer says in bunches: to wake for every line of an exchange with hundreds of telephones costs more
/// than to read them.
///
/// The first pieces after a quiet time are read at once; who goes on speaking is read once a pause. Where much has come
/// already, as in a list, nothing is waited for.
final class ReadPace: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = ByteBuffer

  /// From one piece to the next, of a peer that speaks all the time: no eye sees it.
  static let pause = TimeAmount.milliseconds(20)
  /// How many pieces a quiet time saves up, which are read at once.
  static let saved: Int64 = 100
  /// What is a bunch already [bytes].
  static let bunch = 16 * 1024

  /// When the next piece would be read if nothing had been saved up.
  private var due = NIODeadline.uptimeNanoseconds(0)
  private var waiting: Scheduled<Void>?
  /// What has come since it was last asked for more [bytes].
  private var count = 0

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    count += unwrapInboundIn(data).readableBytes
    context.fireChannelRead(data)
  }

  func read(context: ChannelHandlerContext) {
    guard waiting == nil else { return }
    let isBunch = count >= Self.bunch
    count = 0
    if isBunch { return context.read() }
    let now = context.eventLoop.now
    due = max(due, now - Self.pause * Self.saved) + Self.pause
    guard due > now else { return context.read() }
    waiting = context.eventLoop.assumeIsolated().scheduleTask(deadline: due) {
      self.waiting = nil
      context.read()
    }
  }

  func handlerRemoved(context: ChannelHandlerContext) { waiting?.cancel() }
}

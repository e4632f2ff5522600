import CallWire
import NIOCore

/// Reads messages from one connection, one a line, and answers each; keeps at most one line in memory.
///
///     → v=1&event=ring&tel=0388202122&mid=18a9…
///     ← ok
final class LineHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let patience: TimeAmount
  /// A failure means that there is no answer: the connection ends, and the launcher uses the spool.
  private let take: (_ line: [UInt8]) -> EventLoopFuture<CallReply>
  private let refuse: (_ sentence: String) -> CallReply
  private var line: [UInt8] = []
  private var timeout: Scheduled<Void>?
  private var isDone = false
  /// The answer to the latest line: each waits for the one before.
  private var latest: EventLoopFuture<Void>?

  /// Hands whole lines to `take` and says through `refuse` why the rest is none; a line that is not
  /// complete after `patience` ends the connection.
  init(
    patience: TimeAmount, take: @escaping (_ line: [UInt8]) -> EventLoopFuture<CallReply>,
    refuse: @escaping (_ sentence: String) -> CallReply
  ) {
    self.patience = patience
    self.take = take
    self.refuse = refuse
  }

  func channelActive(context: ChannelHandlerContext) {
    startTimeout(context)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    timeout?.cancel()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var rest = unwrapInboundIn(data).readableBytesView[...]
    while !isDone, let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      guard append(rest[..<end], context) else { return }
      answer(take(line), context)
      line.removeAll(keepingCapacity: true)
      rest = rest[(end + 1)...]
      startTimeout(context)
    }
    if !isDone { _ = append(rest, context) }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case ChannelEvent.inputClosed = event {
      giveUp("the message did not end with a line end: send one line", context)
    } else {
      context.fireUserInboundEventTriggered(event)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // The other end is gone; what it sent has been handled.
    finish(context)
  }

  /// Adds to the line; false when it has become too long, which ends the connection.
  private func append(_ bytes: ByteBufferView, _ context: ChannelHandlerContext) -> Bool {
    // One more for the CR that a line may end with.
    guard line.count + bytes.count <= CallMessage.longestLine + 1 else {
      line.append(contentsOf: bytes.prefix(1))
      giveUp("a message has at most \(CallMessage.longestLine) bytes: shorten it", context)
      return false
    }
    line.append(contentsOf: bytes)
    return true
  }

  /// Ends the connection, with the sentence if there is half a line that it holds for.
  private func giveUp(_ sentence: String, _ context: ChannelHandlerContext) {
    guard !isDone else { return }
    if !line.isEmpty {
      answer(context.eventLoop.makeSucceededFuture(refuse(sentence)), context)
    }
    finish(context)
  }

  private func finish(_ context: ChannelHandlerContext) {
    isDone = true
    timeout?.cancel()
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    (latest ?? context.eventLoop.makeSucceededVoidFuture()).whenComplete { _ in
      bound.value.close(promise: nil)
    }
  }

  private func answer(_ reply: EventLoopFuture<CallReply>, _ context: ChannelHandlerContext) {
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    let before = latest ?? context.eventLoop.makeSucceededVoidFuture()
    // Not both at once: a line that cannot be kept must not end the connection before the one before is answered.
    latest = before.flatMap { reply }.map { reply in
      let (handler, context) = bound.value
      let bytes = ByteBuffer(bytes: reply.encoded())
      context.writeAndFlush(handler.wrapOutboundOut(bytes), promise: nil)
    }
    latest?.whenFailure { _ in bound.value.1.close(promise: nil) }
  }

  private func startTimeout(_ context: ChannelHandlerContext) {
    timeout?.cancel()
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    timeout = context.eventLoop.scheduleTask(in: patience) {
      let (handler, context) = bound.value
      handler.giveUp("the rest of the line did not come in time: send it whole", context)
    }
  }
}

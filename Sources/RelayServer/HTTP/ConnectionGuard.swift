import NIOCore
import NIOHTTP1

/// Looks after one connection below the requests: time limits, broken HTTP, and when to close.
///
/// Stands between NIO's decoder and everything that is not HTTP/1. One timer serves a connection: it
/// looks at `limit` when it fires, and goes on if that has moved.
final class ConnectionGuard: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  /// The most bytes that the headers of a request may have.
  static let longestHeaders = 16 * 1024

  private let patience: Patience
  /// Until when what is waited for must have come; nil while an answer is made.
  private var limit: NIODeadline?
  private var timer: Scheduled<Void>?
  private var isReadingRequest = false
  private var isAnswering = false
  private var hasServed = false
  /// Whether the answer is one that goes on until the client has gone.
  private var isStreaming = false
  private var hasInputEnded = false
  /// Whether the answer that is being written is the last one.
  private var isLast = false
  /// Whether all that comes in is to be passed over, the connection being about to close.
  private var isClosing = false

  init(_ patience: Patience) { self.patience = patience }

  func handlerAdded(context: ChannelHandlerContext) {
    wait(patience.head, context)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    timer?.cancel()
    timer = nil
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      guard !isClosing else { return }
      isReadingRequest = true
      isLast = isLast || !head.isKeepAlive
      if let status = Self.refusal(head) { return refuse(status, context) }
      isAnswering = true
      wait(patience.body, context)
    case .body: guard !isClosing else { return }
    case .end:
      isReadingRequest = false
      guard !isClosing else { return context.close(promise: nil) }
      limit = isAnswering ? nil : limit
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(var head):
      // Who is answered before having sent everything will not be read to the end.
      if isReadingRequest, head.status.code >= 400 { isLast = true }
      if isLast { head.headers.replaceOrAdd(name: "connection", value: "close") }
      isStreaming = head.headers.first(name: "content-type") == "text/event-stream"
      context.write(wrapOutboundOut(.head(head)), promise: promise)
      if isStreaming, hasInputEnded { context.close(promise: nil) }
    case .body: context.write(data, promise: promise)
    case .end:
      isAnswering = false
      isStreaming = false
      hasServed = true
      context.write(data, promise: promise)
      if isLast { finish(context) } else { wait(patience.idle, context) }
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case ChannelEvent.inputClosed = event {
      // Most clients say only in this way that they have gone; the others still get a whole answer.
      hasInputEnded = true
      if isStreaming { return context.close(promise: nil) }
    }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard let error = error as? HTTPParserError else { return context.fireErrorCaught(error) }
    // In the middle of an answer there is no room for another one.
    guard !isAnswering, !isClosing else { return context.close(promise: nil) }
    refuse(error == .headerOverflow ? .requestHeaderFieldsTooLarge : .badRequest, context)
  }

  /// What HTTP says about a head on its own: the Host of HTTP/1.1 (RFC 9112, 3.2), and its size.
  private static func refusal(_ head: HTTPRequestHead) -> HTTPResponseStatus? {
    var size = 0
    var hosts = 0
    for (name, value) in head.headers {
      size += name.utf8.count + value.utf8.count + 4
      if name.utf8.count == 4, name.lowercased() == "host" { hosts += 1 }
    }
    if size > longestHeaders { return .requestHeaderFieldsTooLarge }
    let needsHost = (head.version.major, head.version.minor) >= (1, 1)
    return hosts > 1 || (needsHost && hosts == 0) ? .badRequest : nil
  }

  /// Answers in place of the relay and closes.
  private func refuse(_ status: HTTPResponseStatus, _ context: ChannelHandlerContext) {
    let headers: HTTPHeaders = ["content-length": "0", "connection": "close"]
    let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.write(wrapOutboundOut(.end(nil)), promise: nil)
    finish(context)
  }

  /// Closes once the answer is written; at once only if the client has nothing more to say, because what
  /// it sends into a closed connection makes the system throw the answer away.
  private func finish(_ context: ChannelHandlerContext) {
    context.flush()
    isClosing = true
    guard isReadingRequest else { return context.close(promise: nil) }
    context.close(mode: .output, promise: nil)
    wait(patience.linger, context)
  }

  private func wait(_ time: TimeAmount, _ context: ChannelHandlerContext) {
    let limit = NIODeadline.now() + time
    self.limit = limit
    // A timer that fires earlier looks again.
    if timer == nil { startTimer(limit, context) }
  }

  private func startTimer(_ limit: NIODeadline, _ context: ChannelHandlerContext) {
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    timer = context.eventLoop.scheduleTask(deadline: limit) {
      let (handler, context) = bound.value
      handler.timerFired(context)
    }
  }

  private func timerFired(_ context: ChannelHandlerContext) {
    timer = nil
    guard let limit else { return startTimer(.now() + patience.body, context) }
    guard limit <= .now() else { return startTimer(limit, context) }
    if isClosing || isAnswering && !isReadingRequest || hasServed && !isReadingRequest {
      context.close(promise: nil)
    } else {
      refuse(.requestTimeout, context)
    }
  }
}

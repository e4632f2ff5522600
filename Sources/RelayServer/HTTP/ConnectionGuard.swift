import NIOCore
import NIOHTTP1

/// Looks after one connection below the requests: time limits, broken HTTP, and when to close.
///
/// Stands between NIO's decoder and everything that is not HTTP/1. Requests may come before the ones
/// before them are answered; answers are written in the order of the requests.
final class ConnectionGuard: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  /// The most bytes that the headers of a request may have.
  static let longestHeaders = 16 * 1024

  private let patience: Patience
  /// How many requests have begun to arrive, and how many were answered.
  private var arrived = 0
  private var answered = 0
  /// The request with whose answer the connection ends, when that is known.
  private var last: Int?
  private var isReadingRequest = false
  /// Whether the answer that is being written goes on until the client has gone.
  private var isStreaming = false
  private var hasInputEnded = false
  /// Whether all that comes in is passed over, because the last answer was written.
  private var isClosing = false

  /// Until when what is waited for must have come; nil while answers are made.
  private var limit: NIODeadline?
  /// One timer serves the connection: it looks at the limit when it fires, and goes on if that has moved.
  private var timer: Scheduled<Void>?

  init(_ patience: Patience) { self.patience = patience }

  func handlerAdded(context: ChannelHandlerContext) {
    wait(patience.head, context)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    timer?.cancel()
    timer = nil
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let part = unwrapInboundIn(data)
    if isClosing || last.map({ arrived >= $0 && !isReadingRequest }) == true {
      // The rest of a request that was answered early has come: now closing loses nothing.
      if isClosing, case .end = part { context.close(promise: nil) }
      return
    }
    switch part {
    case .head(let head):
      if let status = Self.refusal(head) { return refuse(status, context) }
      isReadingRequest = true
      arrived += 1
      if !head.isKeepAlive { last = arrived }
      wait(patience.body, context)
    case .body: break
    case .end:
      isReadingRequest = false
      limit = answered < arrived ? nil : limit
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard !isClosing else {
      promise?.fail(ChannelError.outputClosed)
      return
    }
    switch unwrapOutboundIn(data) {
    case .head(let head) where head.status.code < 200: context.write(data, promise: promise)
    case .head(var head):
      let request = answered + 1
      // Who is refused before having sent everything will not be read to the end.
      if isReadingRequest, request == arrived, head.status.code >= 400 { last = request }
      if last == request { head.headers.replaceOrAdd(name: "connection", value: "close") }
      isStreaming = head.headers.first(name: "content-type") == "text/event-stream"
      context.write(wrapOutboundOut(.head(head)), promise: promise)
      if isStreaming, hasInputEnded { context.close(promise: nil) }
    case .body: context.write(data, promise: promise)
    case .end:
      answered += 1
      // Behind a stream nothing more is asked.
      if isStreaming { last = answered }
      isStreaming = false
      context.write(data, promise: promise)
      if answered == last {
        finish(context)
      } else if answered == arrived {
        wait(patience.idle, context)
      }
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case ChannelEvent.inputClosed = event {
      // Most clients say only in this way that they have gone; the others still get a whole answer.
      hasInputEnded = true
      if isStreaming || isClosing || isIdle { return context.close(promise: nil) }
      last = arrived
    } else if event is ChannelShouldQuiesceEvent {
      // The relay stops: what was asked is answered, and what has not begun is not waited for.
      if isIdle { return context.close(promise: nil) }
      last = arrived
    }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    let status: HTTPResponseStatus
    switch error {
    case is RequestLineMender.LineTooLong: status = .uriTooLong
    case HTTPParserError.headerOverflow: status = .requestHeaderFieldsTooLarge
    case is HTTPParserError: status = .badRequest
    default: return context.fireErrorCaught(error)
    }
    if !isClosing { refuse(status, context) }
  }

  /// Whether the last that came of a request was its end.
  var isBetweenRequests: Bool { arrived > 0 && !isReadingRequest }

  /// Whether nothing is being asked or answered.
  private var isIdle: Bool { !isReadingRequest && answered == arrived }

  /// What HTTP says about a head on its own: the Host of HTTP/1.1 (RFC 9112, 3.2), how its body comes (6.1), and its
  /// size. The decoder takes everything apart that ends with `chunked`, and hands on as a body what is packed within.
  private static func refusal(_ head: HTTPRequestHead) -> HTTPResponseStatus? {
    var size = 0
    var hosts = 0
    for (name, value) in head.headers {
      size += name.utf8.count + value.utf8.count + 4
      if name.utf8.count == 4, name.lowercased() == "host" { hosts += 1 }
    }
    if size > longestHeaders { return .requestHeaderFieldsTooLarge }
    let isNew = (head.version.major, head.version.minor) >= (1, 1)
    if hosts > 1 || (isNew && hosts == 0) { return .badRequest }
    let codings = head.headers[canonicalForm: "transfer-encoding"]
    if codings.isEmpty { return nil }
    // HTTP/1.0 knows no codings: who passed this on did not understand it.
    guard isNew else { return .badRequest }
    return codings.count == 1 && codings[0].lowercased() == "chunked" ? nil : .notImplemented
  }

  /// Answers in place of the relay and closes; when answers are still being made, there is no room for
  /// this one, and the connection ends with theirs.
  private func refuse(_ status: HTTPResponseStatus, _ context: ChannelHandlerContext) {
    let awaited = isReadingRequest ? arrived - 1 : arrived
    guard answered >= awaited, !isStreaming else {
      last = arrived
      isReadingRequest = false
      return
    }
    isReadingRequest = true
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
    guard isReadingRequest, !hasInputEnded else { return context.close(promise: nil) }
    context.close(mode: .output, promise: nil)
    wait(patience.linger, context)
  }

  private func wait(_ time: Duration, _ context: ChannelHandlerContext) {
    let limit = NIODeadline.now() + TimeAmount(time)
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
    guard let limit else { return }
    guard limit <= .now() else { return startTimer(limit, context) }
    let isWaitingForRequest = isReadingRequest || arrived == 0
    if isClosing || !isWaitingForRequest {
      context.close(promise: nil)
    } else {
      refuse(.requestTimeout, context)
    }
  }
}

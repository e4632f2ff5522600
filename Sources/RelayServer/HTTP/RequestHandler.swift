import NIOCore
import NIOHTTP1

/// Reads the requests of one connection, and writes the answers in their order.
final class RequestHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private enum State {
    /// Waits for a request.
    case ready
    case reading(RelayResponder.Question)
    /// Refused by its head; said when it has come to its end.
    case refused(Refusal)
    /// Answered before its end, of which nothing more is wanted.
    case passing
    case answering
    case streaming(EventStream)
  }

  /// How many parts of further requests may wait for the answer before them.
  private static let mostWaiting = 64

  private let responder: RelayResponder
  private let peer: NetworkAddress?
  private var state = State.ready
  /// Whether the request that is being answered came in HTTP/1.0, which knows no chunks and no answer before the answer.
  private var isOld = false
  private var isHead = false
  private var keepsAlive = true
  /// What has come of the requests behind it.
  private var waiting = CircularBuffer<HTTPServerRequestPart>()
  private var isWorkingOff = false
  private var isOpen = true

  init(_ responder: RelayResponder, peer: NetworkAddress?) {
    self.responder = responder
    self.peer = peer
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    waiting.append(unwrapInboundIn(data))
    workOff(context)
    if waiting.count > Self.mostWaiting { setReading(false, context) }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if case .streaming(let stream) = state { stream.goOn() }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is ChannelShouldQuiesceEvent, case .streaming(let stream) = state { stream.finish() }
    context.fireUserInboundEventTriggered(event)
  }

  func channelInactive(context: ChannelHandlerContext) {
    isOpen = false
    if case .streaming(let stream) = state { stream.stop() }
    context.fireChannelInactive()
  }

  /// What neither HTTP nor the guard has an answer to: the connection broke, or TLS did.
  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  private func workOff(_ context: ChannelHandlerContext) {
    // An answer that comes at once leads back here.
    guard !isWorkingOff else { return }
    isWorkingOff = true
    defer { isWorkingOff = false }
    while let part = waiting.first {
      switch state {
      case .answering, .streaming: return
      case .ready, .reading, .refused, .passing: waiting.removeFirst()
      }
      receive(part, context)
    }
    setReading(true, context)
  }

  private func receive(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
    switch (part, state) {
    case (.head(let head), _): begin(head, context)
    case (.body(var bytes), .reading(var question)):
      guard question.body.readableBytes + bytes.readableBytes <= RelayResponder.longestBody else {
        state = .passing
        return write(Reply(responder.refusalOfLength(question)), context)
      }
      // No second copy of the body while it grows.
      state = .passing
      question.body.writeBuffer(&bytes)
      state = .reading(question)
    case (.end, .reading(let question)):
      state = .answering
      let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
      let loop = context.eventLoop
      responder.answer(question) { reply in
        if loop.inEventLoop {
          bound.value.0.answered(reply, bound.value.1)
        } else {
          loop.execute { bound.value.0.answered(reply, bound.value.1) }
        }
      }
    case (.end, .refused(let refusal)):
      state = .ready
      write(Reply(refusal), context)
    case (.end, _): state = .ready
    case (.body, _): break
    }
  }

  private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    isOld = (head.version.major, head.version.minor) < (1, 1)
    isHead = head.method == .HEAD
    keepsAlive = head.isKeepAlive
    do throws(Refusal) {
      let question = try responder.begin(head, from: peer)
      if let expected = head.headers.first(name: "expect"), !isOld {
        guard expected.lowercased() == "100-continue" else {
          throw Refusal(status: .expectationFailed, sentence: "that cannot be expected")
        }
        let go = HTTPResponseHead(version: .http1_1, status: .continue)
        context.writeAndFlush(wrapOutboundOut(.head(go)), promise: nil)
      }
      state = .reading(question)
    } catch {
      // The end of a request without a body is there already, and its connection can be kept.
      guard
        head.headers.contains(name: "content-length")
          || head.headers.contains(name: "transfer-encoding")
      else {
        state = .refused(error)
        return
      }
      state = .passing
      write(Reply(error), context)
    }
  }

  private func answered(_ reply: Reply, _ context: ChannelHandlerContext) {
    guard isOpen else { return }
    state = .ready
    write(reply, context)
    workOff(context)
  }

  private func write(_ reply: Reply, _ context: ChannelHandlerContext) {
    responder.count(reply)
    switch reply {
    case .whole(let status, var headers, let body):
      headers.add(name: "content-length", value: String(body.readableBytes))
      headers.add(name: "date", value: HTTPDate.now)
      // Which a client of HTTP/1.0 has to be told.
      if keepsAlive, isOld { headers.add(name: "connection", value: "keep-alive") }
      let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
      context.write(wrapOutboundOut(.head(head)), promise: nil)
      if !isHead, body.readableBytes > 0 {
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
      }
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    case .events(let request):
      let headers: HTTPHeaders = [
        "content-type": "text/event-stream", "cache-control": "no-store", "date": HTTPDate.now,
      ]
      // Without chunks the stream ends with the connection.
      let head = HTTPResponseHead(
        version: isOld ? .http1_0 : .http1_1, status: .ok, headers: headers)
      context.write(wrapOutboundOut(.head(head)), promise: nil)
      let stream = EventStream(request, over: context.channel)
      state = .streaming(stream)
      stream.begin()
    }
  }

  private func setReading(_ isReading: Bool, _ context: ChannelHandlerContext) {
    guard isReading != self.isReading else { return }
    self.isReading = isReading
    context.channel.setOption(.autoRead, value: isReading).whenFailure { _ in }
  }

  private var isReading = true
}

import NIOCore
import NIOHTTP1
import Telephony
import TrafficTrace

/// Tells a trace of the requests of one connection, and of what is answered; its name is where it comes from.
///
///     4.120 192.0.2.7:40112 < GET /…/setevent?telorg=1024&tel=038XXXXX22 HTTP/1.1\r\nHost: relay\r\n\r\n
///     4.121 192.0.2.7:40112 > 200 OK\r\n\r\n
final class TraceHandler: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  private let trace: Trace
  private let source: SourceID
  private let now: @Sendable () -> Moment
  private var request: [UInt8] = []
  private var answer: [UInt8] = []

  init(_ trace: Trace, peer: SocketAddress?, now: @escaping @Sendable () -> Moment) {
    self.trace = trace
    self.now = now
    source = SourceID("\(peer?.ipAddress ?? "unknown"):\(peer?.port ?? 0)")
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      request = Array("\(head.method.rawValue) \(head.uri) \(head.version)\r\n".utf8)
      for (name, value) in head.headers { request += Array("\(name): \(value)\r\n".utf8) }
      request += Array("\r\n".utf8)
    case .body(let bytes):
      if request.count < RelayResponder.longestBody * 2 { request += bytes.readableBytesView }
    case .end:
      trace.note(.received, source, request, at: now())
      request = []
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(let head):
      answer = Array("\(head.status.code) \(head.status.reasonPhrase)\r\n\r\n".utf8)
      if head.headers.first(name: "content-type") == "text/event-stream" { flushAnswer() }
    case .body(.byteBuffer(let bytes)):
      // What a stream pushes goes at once; its comments every 15 s say nothing.
      let isPushed = answer.isEmpty
      if !isPushed || bytes.readableBytesView.first != UInt8(ascii: ":") {
        answer += bytes.readableBytesView
      }
      if isPushed, !answer.isEmpty { flushAnswer() }
    case .body: break
    case .end: if !answer.isEmpty { flushAnswer() }
    }
    context.write(data, promise: promise)
  }

  func channelInactive(context: ChannelHandlerContext) {
    trace.note(source, "closed", at: now())
    context.fireChannelInactive()
  }

  private func flushAnswer() {
    trace.note(.sent, source, answer, at: now())
    answer = []
  }
}

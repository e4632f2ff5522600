import NIOCore
import NIOEmbedded
import NIOHTTP1

/// A connection of a recorded client: what it asked goes through the handler that answered then, without a network.
final class ReplayedConnection {
  /// What a request was answered.
  struct Answer {
    var status: Int
    var body = ByteBuffer()
  }

  private let channel: EmbeddedChannel

  /// A connection from this address.
  init(_ responder: RelayResponder, peer: NetworkAddress?) {
    channel = EmbeddedChannel(handler: RequestHandler(responder, peer: peer))
  }

  /// Asks; nil when there is no answer, because another one on the connection has not come to its end.
  func ask(_ request: RecordedRequest) throws -> Answer? {
    try channel.writeInbound(HTTPServerRequestPart.head(request.head))
    if request.body.readableBytes > 0 {
      try channel.writeInbound(HTTPServerRequestPart.body(request.body))
    }
    try channel.writeInbound(HTTPServerRequestPart.end(nil))
    channel.embeddedEventLoop.run()
    var answer: Answer?
    while let part = try channel.readOutbound(as: HTTPServerResponsePart.self) {
      switch part {
      // A `100 Continue` before it is none.
      case .head(let head): answer = Answer(status: Int(clamping: head.status.code))
      case .body(.byteBuffer(var bytes)): answer?.body.writeBuffer(&bytes)
      case .body, .end: break
      }
    }
    return answer
  }

  /// Ends it, and a stream on it.
  func close() {
    // It may be closed already.
    _ = try? channel.finish(acceptAlreadyClosed: true)
  }
}

import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

/// The least that a server with the relay's library can do: a constant answer to everything.
///
///     BareHandler PORT [calls]
///
/// What Tests/bench holds the relay against. With `calls`, thirty answers hold a call, and the next
/// thirty none.
@main
enum BareHandler {
  static func main() async throws {
    guard let port = CommandLine.arguments.dropFirst().first.flatMap({ Int($0) }) else { exit(64) }
    let hasCalls = CommandLine.arguments.dropFirst(2).first == "calls"
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.configureHTTPServerPipeline(
            withPipeliningAssistance: false, withErrorHandling: false,
            withOutboundHeaderValidation: false)
          try channel.pipeline.syncOperations.addHandler(ConstantAnswer(hasCalls: hasCalls))
        }
      }
      .bind(host: "127.0.0.1", port: port).get()
    try await channel.closeFuture.get()
  }
}

/// Answers each request of a connection.
private final class ConstantAnswer: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let hasCalls: Bool
  private var count = 0

  init(hasCalls: Bool) { self.hasCalls = hasCalls }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .end = unwrapInboundIn(data) else { return }
    let rings = hasCalls && count / 30 % 2 == 0
    count += 1
    let body = ByteBuffer(
      string: rings ? #"{"tel":"0388202122","event":"ring"}"# : #"{"tel":"","event":""}"#)
    let headers: HTTPHeaders = [
      "content-type": "application/json", "content-length": String(body.readableBytes),
    ]
    let head = HTTPResponseHead(version: .http1_1, status: .ok, headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }
}

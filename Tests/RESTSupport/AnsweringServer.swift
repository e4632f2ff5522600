import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A CTI server of the tests' own on a free port of this machine, over real HTTP.
package final class AnsweringServer: Sendable {
  /// One question that came.
  package struct Question: Hashable, Sendable {
    /// Counts from 0.
    package var number: Int
    package var method: String
    package var uri: String
    package var headers: [String: String]
    package var body: String
  }

  /// What to answer.
  package enum Answer: Sendable {
    case whole(Int, [(String, String)], String)
    /// Bytes of this content type.
    case bytes(String, [UInt8])
    /// So many bytes of blanks.
    case large(Int)
    /// The head, and then nothing.
    case headOnly
    case never
    /// The connection is closed without a word.
    case hangUp
    /// A stream that begins with this text and stays open.
    case stream(String)
    /// These bytes and nothing else, HTTP or not; then the connection is closed.
    case raw([UInt8])

    /// An answer in a coding.
    package static func coded(_ header: String, _ coding: String, _ body: [UInt8]) -> Answer {
      .raw(
        Array("HTTP/1.1 200 OK\r\n\(header): \(coding)\r\nConnection: close\r\n\r\n".utf8) + body)
    }

    package static func ok(_ text: String, type: String = "application/json", link: String? = nil)
      -> Answer
    {
      .whole(200, [("Content-Type", type)] + (link.map { [("Link", $0)] } ?? []), text)
    }
    package static func status(_ code: Int, _ headers: [(String, String)] = []) -> Answer {
      .whole(code, headers, "")
    }
  }

  private struct State {
    var questions: [Question] = []
    var asked = 0
    var answer: @Sendable (Question) -> Answer
    var port = 0
    var server: (any Channel)?
    var streams: [any Channel] = []
  }

  private let state: Mutex<State>

  /// A server that answers so; ``start()`` makes it listen.
  package init(_ answer: @escaping @Sendable (Question) -> Answer) {
    state = Mutex(State(answer: answer))
  }

  /// Listens; the port is kept over a stop.
  package func start() async throws {
    let port = state.withLock { $0.port }
    let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.pipeline.configureHTTPServerPipeline().flatMapThrowing {
          try channel.pipeline.syncOperations.addHandler(AnsweringHandler(self))
        }
      }
      .bind(host: "127.0.0.1", port: port).get()
    state.withLock {
      $0.server = server
      $0.port = server.localAddress?.port ?? 0
    }
  }

  /// Stops listening; streams end.
  package func stop() async throws {
    endStreams()
    try await state.withLock { $0.server }?.close().get()
  }

  /// The address of a path.
  package func url(_ path: String) -> String {
    "http://127.0.0.1:\(state.withLock { $0.port })\(path)"
  }

  /// The latest questions; a day's are not all kept.
  package var questions: [Question] { state.withLock { $0.questions } }

  /// How many questions came.
  package var asked: Int { state.withLock { $0.asked } }

  /// Answers differently from now on.
  package func answer(_ answer: @escaping @Sendable (Question) -> Answer) {
    state.withLock { $0.answer = answer }
  }

  /// How many streams are open.
  package var streamCount: Int { state.withLock { $0.streams.filter(\.isActive).count } }

  /// Sends text on every open stream.
  package func push(_ text: String) {
    for channel in state.withLock({ $0.streams }) {
      channel.writeAndFlush(
        HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(string: text))), promise: nil)
    }
  }

  /// Ends every stream.
  package func endStreams() {
    for channel in state.withLock({ state in
      defer { state.streams = [] }
      return state.streams
    }) { channel.close(promise: nil) }
  }

  fileprivate func take(_ head: HTTPRequestHead, _ body: String) -> Answer {
    let (question, answer) = state.withLock { state in
      let headers = Dictionary(
        head.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { $1 })
      let question = Question(
        number: state.asked, method: head.method.rawValue, uri: head.uri, headers: headers,
        body: body)
      state.asked += 1
      state.questions = state.questions.suffix(200) + [question]
      return (question, state.answer)
    }
    return answer(question)
  }

  fileprivate func keep(_ channel: any Channel) { state.withLock { $0.streams.append(channel) } }
}

/// One connection to an ``AnsweringServer``.
private final class AnsweringHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let server: AnsweringServer
  private var head: HTTPRequestHead?
  private var body = ""

  init(_ server: AnsweringServer) { self.server = server }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      body = ""
    case .body(let part): body += String(buffer: part)
    case .end:
      guard let head else { return }
      write(server.take(head, body), context)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  private func write(_ answer: AnsweringServer.Answer, _ context: ChannelHandlerContext) {
    switch answer {
    case .whole(let code, let headers, let text):
      let headers = headers + (code == 204 ? [] : [("Content-Length", String(text.utf8.count))])
      start(code, headers, context)
      end(ByteBuffer(string: text), context)
    case .bytes(let type, let bytes):
      start(200, [("Content-Type", type), ("Content-Length", String(bytes.count))], context)
      end(ByteBuffer(bytes: bytes), context)
    case .large(let size):
      start(200, [("Content-Length", String(size))], context)
      end(ByteBuffer(repeating: 0x20, count: size), context)
    case .headOnly:
      start(200, [("Content-Length", "10")], context)
      context.flush()
    case .never: break
    case .hangUp: context.close(promise: nil)
    case .stream(let text):
      start(200, [("Content-Type", "text/event-stream")], context)
      context.writeAndFlush(
        wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: text)))), promise: nil)
      server.keep(context.channel)
    case .raw(let bytes):
      let pipeline = context.channel.pipeline.syncOperations
      let encoder = try? pipeline.context(handlerType: HTTPResponseEncoder.self)
      encoder?.writeAndFlush(NIOAny(ByteBuffer(bytes: bytes)), promise: nil)
      context.close(promise: nil)
    }
  }

  private func start(_ code: Int, _ headers: [(String, String)], _ context: ChannelHandlerContext) {
    let head = HTTPResponseHead(
      version: .http1_1, status: HTTPResponseStatus(statusCode: code), headers: HTTPHeaders(headers)
    )
    context.write(wrapOutboundOut(.head(head)), promise: nil)
  }

  private func end(_ body: ByteBuffer, _ context: ChannelHandlerContext) {
    context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }
}

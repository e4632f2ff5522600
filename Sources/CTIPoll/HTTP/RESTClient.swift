import AsyncHTTPClient
import CTIBlock
import Connector
import NIOCore
import NIOHTTP1
import WebAccess

/// An HTTP client for one CTI server, on the loop of all connections.
struct RESTClient: Sendable {
  /// What the server may cost.
  let limits: PollLimits
  /// Where its answers come.
  let loop = ConnectorRuntime.shared.loop
  private let client: HTTPClient

  /// A client that goes through the proxy if there is one; ``close()`` ends it.
  init(proxy: ProxyChoice, limits: PollLimits) {
    self.limits = limits
    var configuration = HTTPClient.Configuration(through: proxy)
    configuration.redirectConfiguration =
      limits.redirects == 0 ? .disallow : .follow(max: limits.redirects, allowCycles: false)
    // Between two pieces of an answer; only a stream may be as silent as this.
    configuration.timeout.read = TimeAmount(limits.silence)
    configuration.timeout.connect = TimeAmount(limits.request)
    client = HTTPClient(eventLoopGroup: loop, configuration: configuration)
  }

  /// Ends the connections.
  func close() async {
    // This cannot fail: it only ends what was begun here.
    try? await client.shutdown()
  }

  /// Sends a request, of which the answer goes to `exchange`: within this time, or as long as it takes. Throws when
  /// the address is none.
  func start(
    _ request: CTIRequest, accept: String, within span: Duration?, _ exchange: WebExchange
  ) throws -> HTTPClient.Task<Void> {
    var message = try HTTPClient.Request(
      url: request.url, method: HTTPMethod(rawValue: request.method),
      body: request.body.map { .string($0) })
    message.headers.add(name: "Accept", value: accept)
    message.headers.addOurs()
    for header in request.headers {
      message.headers.replaceOrAdd(name: header.name, value: header.value)
    }
    return client.execute(
      request: message, delegate: exchange, eventLoop: .delegate(on: loop),
      deadline: span.map { .now() + TimeAmount($0) })
  }

  /// Asks a question within the time limit; `done` is called on the loop, after this has returned, with what came.
  ///
  /// - Parameter look: Sees what has come so far, the head first, and ends the answer by what it throws.
  @discardableResult
  func ask(
    _ request: CTIRequest, accept: String,
    look: @escaping @Sendable (RESTReply) throws -> Void,
    done: @escaping @Sendable (RESTReply) -> Void
  ) -> HTTPClient.Task<Void>? {
    let reply = NIOLoopBoundBox.makeBoxSendingValue(RESTReply(), eventLoop: loop)
    let exchange = WebExchange(on: loop) {
      reply.value.head = $0
      try look(reply.value)
    } piece: {
      reply.value.body.writeImmutableBuffer($0)
      try look(reply.value)
    }
    do {
      let task = try start(request, accept: accept, within: limits.request, exchange)
      task.futureResult.hop(to: loop).whenComplete { result in
        if case .failure(let error) = result { reply.value.failure = error }
        done(reply.value)
      }
      return task
    } catch {
      loop.execute { done(RESTReply(failure: error)) }
      return nil
    }
  }
}

/// What came of a question.
struct RESTReply: Sendable {
  /// Nil: the answer did not begin.
  var head: HTTPResponseHead?
  var body = ByteBuffer()
  /// Why no more came than this; nil: it was all.
  var failure: (any Error)?
}

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
  /// The time of its loop.
  let clock = LoopClock(loop: ConnectorRuntime.shared.loop)
  private let client: HTTPClient

  /// A client that goes through the proxy if there is one; ``close()`` ends it.
  init(proxy: ProxyChoice, limits: PollLimits) {
    self.limits = limits
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration =
      limits.redirects == 0 ? .disallow : .follow(max: limits.redirects, allowCycles: false)
    // Between two pieces of an answer; only a stream may be as silent as this.
    configuration.timeout.read = TimeAmount(limits.silence)
    configuration.timeout.connect = TimeAmount(limits.request)
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.httpVersion = .http1Only
    if case .proxy(let host, let port, let authorization) = proxy {
      configuration.proxy = .server(host: host, port: port, authorization: authorization)
    }
    client = HTTPClient(eventLoopGroup: clock.loop, configuration: configuration)
  }

  /// Ends the connections.
  func close() async {
    // This cannot fail: it only ends what was begun here.
    try? await client.shutdown()
  }

  /// Where its answers come.
  var loop: any EventLoop { clock.loop }

  /// Sends a request, of which the answer goes to `exchange`: within this time, or as long as it takes. Throws when
  /// the address is none.
  func start(
    _ request: CTIRequest, accept: String, within span: Duration?, _ exchange: WebExchange
  ) throws -> HTTPClient.Task<Void> {
    let message = message(request, accept: accept)
    return client.execute(
      request: try HTTPClient.Request(
        url: message.url, method: message.method, headers: message.headers,
        body: request.body.map { .string($0) }),
      delegate: exchange, eventLoop: .delegate(on: loop),
      deadline: span.map { .now() + TimeAmount($0) })
  }

  /// Sends a message; the answer's head has come when this returns.
  func execute(
    _ message: HTTPClientRequest, timeout: TimeAmount
  ) async throws -> HTTPClientResponse {
    try await client.execute(message, timeout: timeout)
  }

  /// The message of a description's request.
  func message(_ request: CTIRequest, accept: String) -> HTTPClientRequest {
    var message = HTTPClientRequest(url: request.url)
    message.method = HTTPMethod(rawValue: request.method)
    message.headers.add(name: "Accept", value: accept)
    message.headers.add(name: "User-Agent", value: "ScreenPop")
    for header in request.headers {
      message.headers.replaceOrAdd(name: header.name, value: header.value)
    }
    if let body = request.body { message.body = .bytes(ByteBuffer(string: body)) }
    return message
  }

  /// Does the work, or fails with ``PollError/slow(seconds:)``: the library's own limits end with the
  /// head of an answer, and a body may come in drops.
  func withTimeLimit<Value: Sendable>(
    _ work: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let (limits, clock) = (limits, clock)
    return try await withThrowingTaskGroup(of: Value.self) { group in
      group.addTask { try await work() }
      group.addTask {
        try await clock.sleep(for: limits.request)
        throw PollError.slow(seconds: limits.requestSeconds)
      }
      defer { group.cancelAll() }
      guard let value = try await group.next() else {
        preconditionFailure("a group of two tasks has a first result")
      }
      return value
    }
  }
}

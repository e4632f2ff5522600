import AsyncHTTPClient
import Connector
import NIOCore
package import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// Asks a web server, for who waits for it on a thread of its own.
///
/// Nothing is sent on to another address by itself: it might not be meant to see the password.
package struct WebReader: Hashable, Sendable {
  /// How the server is reached.
  private let proxy: ProxyChoice
  private let trusted: String?

  /// Clients live as long as the program, since ending one needs a pool of threads, which would wake the program every
  /// second from then on.
  private static let clients = Mutex<[WebReader: HTTPClient]>([:])

  /// A reader of this address.
  ///
  /// - Parameter trusted: a file with the certificates that are trusted by TLS; nil: the system's.
  package init(of url: String, trusted: String?, environment: [String: String]) {
    proxy = ProxyChoice(url: url, environment: environment)
    self.trusted = trusted
  }

  private var client: HTTPClient {
    Self.clients.withLock { clients in
      if let known = clients[self] { return known }
      var configuration = HTTPClient.Configuration(through: proxy)
      if let trusted {
        var security = TLSConfiguration.makeClientConfiguration()
        security.trustRoots = .file(trusted)
        configuration.tlsConfiguration = security
      }
      configuration.redirectConfiguration = .disallow
      let client = HTTPClient(
        eventLoopGroup: ConnectorRuntime.shared.loop, configuration: configuration)
      clients[self] = client
      return client
    }
  }

  /// Asks for a document; see ``ask(_:seconds:atMost:done:)``.
  package func get(
    _ url: String, _ headers: [(name: String, value: String)], seconds: Int, atMost limit: Int,
    done: @escaping @Sendable (Result<WebAnswer, WebFailure>) -> Void
  ) -> @Sendable () -> Void {
    ask(WebQuestion(url: url, headers: headers), seconds: seconds, atMost: limit, done: done)
  }

  /// Asks, for an answer of at most `limit` bytes and within these seconds; `done` is called on another thread. What is
  /// returned gives up.
  @discardableResult
  package func ask(
    _ question: WebQuestion, seconds: Int, atMost limit: Int,
    done: @escaping @Sendable (Result<WebAnswer, WebFailure>) -> Void
  ) -> @Sendable () -> Void {
    if case .unsupported(let variable) = proxy {
      done(.failure(.unreachable(detail: "the proxy of \(variable) is none that is known")))
      return {}
    }
    let loop = ConnectorRuntime.shared.loop
    let answer = NIOLoopBoundBox.makeBoxSendingValue(WebAnswer(), eventLoop: loop)
    let exchange = WebExchange(on: loop) { head in
      answer.value.take(head)
    } piece: { buffer in
      guard answer.value.body.count + buffer.readableBytes <= limit else {
        throw WebFailure.tooLarge(limit: limit)
      }
      answer.value.body += buffer.readableBytesView
    }
    do {
      var request = try HTTPClient.Request(
        url: question.url, method: question.body == nil ? .GET : .POST,
        body: question.body.map { .bytes($0) })
      request.headers.addOurs()
      for header in question.headers {
        request.headers.replaceOrAdd(name: header.name, value: header.value)
      }
      let task = client.execute(
        request: request, delegate: exchange, eventLoop: .delegate(on: loop),
        deadline: .now() + .seconds(Int64(clamping: seconds)))
      task.futureResult.hop(to: loop).whenComplete { outcome in
        switch outcome {
        case .success: done(.success(answer.value))
        case .failure(let error): done(.failure(WebFailure(error)))
        }
      }
      return { task.fail(reason: HTTPClientError.cancelled) }
    } catch {
      done(.failure(WebFailure(error)))
      return {}
    }
  }
}

/// What a web server is asked.
package struct WebQuestion: Sendable {
  /// Whom: an address with its scheme.
  package var url: String
  /// The header fields besides the usual ones.
  package var headers: [(name: String, value: String)]
  /// What is sent to it (POST); nil: nothing (GET).
  package var body: [UInt8]?

  /// A question; see the properties.
  package init(url: String, headers: [(name: String, value: String)] = [], body: [UInt8]? = nil) {
    (self.url, self.headers, self.body) = (url, headers, body)
  }
}

/// What a web server answered.
package struct WebAnswer: Sendable {
  /// The status of HTTP; 0: nothing has come.
  package private(set) var status: Int
  /// What the body is, as the server wrote it; empty: it did not say.
  package private(set) var contentType = ""
  /// When to ask again, as the server wrote it.
  package private(set) var retryAfter: String?
  /// Where it sends on to.
  package private(set) var location: String?
  /// In which ways a password is asked for.
  package private(set) var demands: [String] = []
  /// The body [bytes].
  package fileprivate(set) var body: [UInt8]

  /// An answer; empty: none yet.
  package init(status: Int = 0, demands: [String] = [], body: [UInt8] = []) {
    (self.status, self.demands, self.body) = (status, demands, body)
  }

  fileprivate mutating func take(_ head: HTTPResponseHead) {
    status = Int(clamping: head.status.code)
    contentType = head.headers.first(name: "Content-Type") ?? ""
    retryAfter = head.headers.first(name: "Retry-After")
    location = head.headers.first(name: "Location")
    demands = head.headers["WWW-Authenticate"]
  }
}

/// Why a web server gave no answer.
package enum WebFailure: Error, Hashable, Sendable {
  /// No connection, or one that broke.
  case unreachable(detail: String)
  /// None that is secure, or one whose certificate is not trusted.
  case insecure(detail: String)
  /// Nothing whole in time.
  case slow
  /// More than the limit [bytes].
  case tooLarge(limit: Int)
  /// The proxy wants another user or password.
  case refusedByProxy
  /// An answer that nobody can read.
  case nonsense(detail: String)

  private static func isOfNetwork(_ error: any Error) -> Bool {
    error is IOError || error is NIOConnectionError || error is ChannelError
      || error is SocketAddressError || error is SocketAddressError.UnknownHost
  }

  /// What the failure of the HTTP library means.
  package init(_ error: any Error) {
    switch error {
    case let error as WebFailure: self = error
    case let error as HTTPClientError:
      switch error {
      case .deadlineExceeded, .readTimeout, .connectTimeout, .tlsHandshakeTimeout,
        .httpProxyHandshakeTimeout:
        self = .slow
      case .proxyAuthenticationRequired: self = .refusedByProxy
      default: self = .unreachable(detail: error.shortDescription)
      }
    default:
      switch ConnectionFailure(error) {
      case .insecure(let detail): self = .insecure(detail: detail)
      case let failure where Self.isOfNetwork(error): self = .unreachable(detail: failure.detail)
      case let failure: self = .nonsense(detail: "its HTTP cannot be read (\(failure.detail))")
      }
    }
  }
}

extension HTTPHeaders {
  /// Adds what every request of ours says: an answer is read as it comes, and a short one gains nothing by compression.
  package mutating func addOurs() {
    add(name: "User-Agent", value: "ScreenPop")
    add(name: "Accept-Encoding", value: "identity")
  }
}

import AsyncHTTPClient
import CTIBlock
import NIOCore
import NIOHTTP1

/// The CTI server at the other end of a poll: one question, and a stream if the server offers one.
struct RESTServer: Sendable {
  /// What an answer to the question says.
  struct Reply {
    /// The call that stands now; nil: none.
    var call: PollAnswer?
    /// Where the server offers to tell of calls by itself.
    var stream: String?
    /// Whether the status was a 2xx.
    var isSuccess = true
  }

  private let client: HTTPClient
  private let request: CTIRequest
  private let form: CTIAnswerForm
  private let limits: PollLimits

  /// The server that this request asks, over the client.
  init(client: HTTPClient, request: CTIRequest, form: CTIAnswerForm, limits: PollLimits) {
    self.client = client
    self.request = request
    self.form = form
    self.limits = limits
  }

  /// Host and port, for sentences: the rest of an address may hold secrets.
  var name: String {
    let authority = request.url.firstRange(of: "://").map { request.url[$0.upperBound...] }
    return String((authority ?? "").prefix { !"/?#".contains($0) })
  }

  /// What a pushed event says; nil: no call.
  func read(pushed data: [UInt8]) throws(PollError) -> PollAnswer? {
    try PollAnswer.read(data, as: form)
  }

  /// Asks once. `hasAnswered`: whether this server has answered well before, so that its 404 means no
  /// call.
  func ask(hasAnswered: Bool) async throws(PollError) -> Reply {
    do {
      return try await withTimeLimit { try await reply(hasAnswered: hasAnswered) }
    } catch {
      throw PollError(error, limits: limits)
    }
  }

  /// Opens a stream behind the event `lastID`, if the server answers with one.
  func open(stream url: String, lastID: String) async throws(PollError) -> HTTPClientResponse.Body {
    var message = message(url: url, method: "GET", accept: "text/event-stream")
    if !lastID.isEmpty { message.headers.replaceOrAdd(name: "Last-Event-ID", value: lastID) }
    do {
      let response = try await withTimeLimit { [message] in
        try await client.execute(message, timeout: .hours(24 * 365))
      }
      guard response.status == .ok else { throw PollError.status(Int(response.status.code)) }
      guard Self.type(of: response)?.media == "text/event-stream" else {
        throw PollError.unreadable(detail: "the offered stream is none")
      }
      return response.body
    } catch {
      throw PollError(error, limits: limits)
    }
  }

  // MARK: - One answer

  private func reply(hasAnswered: Bool) async throws -> Reply {
    var message = message(url: request.url, method: request.method, accept: accepted)
    if let body = request.body { message.body = .bytes(ByteBuffer(string: body)) }
    let response = try await sent(message)
    let type = Self.type(of: response)
    switch response.status.code {
    case 204: return Reply(stream: stream(response))
    case 200...299:
      return Reply(
        call: try PollAnswer.read(try await body(of: response), as: form, type: type),
        stream: stream(response))
    case 404:
      if hasAnswered { return Reply(isSuccess: false) }
      let body = try await body(of: response)
      guard isConfigured(type), !body.isEmpty else { throw PollError.status(404) }
      do throws(PollError) {
        _ = try PollAnswer.read(body, as: form, type: type)
      } catch {
        throw PollError.status(404)
      }
      return Reply(isSuccess: false)
    case let code: throw PollError.status(Int(code))
    }
  }

  /// Sends the question; once more when the server closed a kept connection in the same moment.
  private func sent(_ message: HTTPClientRequest) async throws -> HTTPClientResponse {
    do {
      return try await client.execute(message, timeout: TimeAmount(limits.request))
    } catch let error as HTTPClientError where error == .remoteConnectionClosed {
      return try await client.execute(message, timeout: TimeAmount(limits.request))
    }
  }

  private func body(of response: HTTPClientResponse) async throws -> [UInt8] {
    Array(try await response.body.collect(upTo: limits.body).readableBytesView)
  }

  private func stream(_ response: HTTPClientResponse) -> String? {
    StreamLink.address(in: response.headers["Link"], base: request.url)
  }

  private func message(url: String, method: String, accept: String) -> HTTPClientRequest {
    var message = HTTPClientRequest(url: url)
    message.method = HTTPMethod(rawValue: method)
    message.headers.add(name: "Accept", value: accept)
    message.headers.add(name: "User-Agent", value: "ScreenPop")
    for header in request.headers {
      message.headers.replaceOrAdd(name: header.name, value: header.value)
    }
    return message
  }

  private var accepted: String {
    switch form {
    case .json: "application/json, */*;q=0.5"
    case .xml: "application/xml, text/xml, */*;q=0.5"
    }
  }

  private func isConfigured(_ type: ContentType?) -> Bool {
    switch form {
    case .json: type?.isJSON == true
    case .xml: type?.isXML == true
    }
  }

  private static func type(of response: HTTPClientResponse) -> ContentType? {
    response.headers.first(name: "Content-Type").map { ContentType($0) }
  }

  /// Does the work, or fails with ``PollError/slow(seconds:)``: the library's own limits end with the
  /// head of an answer, and a body may come in drops.
  private func withTimeLimit<Value: Sendable>(
    _ work: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let limits = limits
    return try await withThrowingTaskGroup(of: Value.self) { group in
      group.addTask { try await work() }
      group.addTask {
        try await Task.sleep(for: limits.request)
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

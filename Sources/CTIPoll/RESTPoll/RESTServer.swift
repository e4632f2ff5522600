import AsyncHTTPClient
import CTIBlock
import NIOCore
import NIOHTTP1
import TextForms
import TrafficTrace

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
    /// What was answered, where it is something and no number is in it.
    var strange: String?
  }

  private let client: RESTClient
  private let request: CTIRequest
  private let form: CTIAnswerForm
  /// Told of what passes.
  private let note: @Sendable (Trace.Mark, [UInt8]) -> Void

  /// The server that this request asks, over the client.
  init(
    client: RESTClient, request: CTIRequest, form: CTIAnswerForm,
    note: @escaping @Sendable (Trace.Mark, [UInt8]) -> Void
  ) {
    self.note = note
    self.client = client
    self.request = request
    self.form = form
  }

  /// Host and port, for sentences.
  var name: String { request.server }

  /// What a pushed event says; nil: no call.
  func read(pushed data: [UInt8]) throws(PollError) -> PollAnswer? {
    note(.received, Array("push\n".utf8) + data)
    return try PollAnswer.read(data, as: form).call
  }

  /// Asks once. `hasAnswered`: whether this server has answered well before, so that its 404 means no
  /// call.
  func ask(hasAnswered: Bool) async throws(PollError) -> Reply {
    do {
      return try await client.withTimeLimit { try await reply(hasAnswered: hasAnswered) }
    } catch {
      throw PollError(error, limits: client.limits)
    }
  }

  /// Opens a stream behind the event `lastID`, if the server answers with one.
  func open(stream url: String, lastID: String) async throws(PollError) -> HTTPClientResponse.Body {
    var question = request
    (question.method, question.url, question.body) = ("GET", url, nil)
    var message = client.message(question, accept: "text/event-stream")
    if !lastID.isEmpty { message.headers.replaceOrAdd(name: "Last-Event-ID", value: lastID) }
    do {
      let response = try await client.withTimeLimit { [message] in
        try await client.execute(message, timeout: .hours(24 * 365))
      }
      guard response.status == .ok else {
        throw PollError.status(Int(clamping: response.status.code))
      }
      guard Self.type(of: response)?.media == "text/event-stream" else {
        throw PollError.unreadable(detail: "the offered stream is none")
      }
      return response.body
    } catch {
      throw PollError(error, limits: client.limits)
    }
  }

  // MARK: - One answer

  private func reply(hasAnswered: Bool) async throws -> Reply {
    note(.sent, Array("\(request.method) \(request.server)".utf8))
    let response = try await sent(client.message(request, accept: accepted))
    let type = Self.type(of: response)
    switch response.status.code {
    case 204:
      note(response, [])
      return Reply(stream: stream(response))
    case 200...299:
      let body = try await body(of: response)
      let reading = try PollAnswer.read(body, as: form, type: type)
      return Reply(
        call: reading.call, stream: stream(response),
        strange: reading == .strange ? Self.words(body) : nil)
    case 404:
      if hasAnswered {
        note(response, [])
        return Reply(isSuccess: false)
      }
      let body = try await body(of: response)
      guard isConfigured(type), !body.isEmpty else {
        throw PollError.status(404, words: Self.words(body, of: type))
      }
      // An answer without a number in it is no word on calls: of a station that is not there, say.
      let reading = try? PollAnswer.read(body, as: form, type: type)
      guard let reading, reading != .strange else {
        throw PollError.status(404, words: Self.words(body, of: type))
      }
      return Reply(isSuccess: false)
    case let code:
      // What it says besides is worth nothing if it does not come.
      let body = (try? await body(of: response)) ?? []
      throw PollError.status(Int(clamping: code), words: Self.words(body, of: type))
    }
  }

  private func note(_ response: HTTPClientResponse, _ body: [UInt8]) {
    let type = response.headers.first(name: "Content-Type") ?? ""
    note(.received, Array("\(response.status.code) \(type)\n".utf8) + body)
  }

  /// What a refusal says for people, as the relay's does; empty: nothing, or a page.
  private static func words(_ body: [UInt8], of type: ContentType?) -> String {
    type?.media == "text/plain" || type?.isJSON == true ? words(body) : ""
  }

  private static func words(_ body: [UInt8]) -> String {
    PlainText.cleaned(String(decoding: body.prefix(400), as: UTF8.self), limit: 80)
  }

  /// Sends the question; once more when the server closed a kept connection in the same moment.
  private func sent(_ message: HTTPClientRequest) async throws -> HTTPClientResponse {
    do {
      return try await client.execute(message, timeout: TimeAmount(client.limits.request))
    } catch let error as HTTPClientError where error == .remoteConnectionClosed {
      return try await client.execute(message, timeout: TimeAmount(client.limits.request))
    }
  }

  private func body(of response: HTTPClientResponse) async throws -> [UInt8] {
    let bytes = Array(
      try await response.body.collect(upTo: client.limits.body).readableBytesView)
    note(response, bytes)
    return bytes
  }

  private func stream(_ response: HTTPClientResponse) -> String? {
    StreamLink.address(in: response.headers["Link"], base: request.url)
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
}

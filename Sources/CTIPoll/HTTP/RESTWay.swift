import AsyncHTTPClient
import CTIBlock
import Connector
import NIOCore
import NIOHTTP1
import WebAccess

/// The way to a CTI server: one question at a time, and beside it a stream where an answer offers one.
///
///     → GET 192.0.2.1:8083       ← offered
///                                ← 200 application/json⏎{"tel":"0388202122","event":"ring"}
///                                ← failed⏎192.0.2.1:8083 could not be reached …
///     → stream                   ← alive
///                                ← push⏎{"tel":"0388202122","event":"end"}
///                                ← ended⏎192.0.2.1:8083 answered 503 …
///
/// Addresses and questions stay in here: they hold tokens.
final class RESTWay: LineWay {
  private struct State {
    /// The address of the stream that was offered last.
    var offered: String?
    /// The id of the last event that it brought.
    var lastID = ""
    var question: HTTPClient.Task<Void>?
    var stream: HTTPClient.Task<Void>?
  }

  /// One stream, as far as it has come.
  private struct Stream {
    var events: EventStream
    var isAlive = false
    /// What ends a stream that does not begin.
    var limit: Scheduled<Void>?
  }

  private let client: RESTClient
  private let request: CTIRequest
  private let form: CTIAnswerForm
  private let listener: LineListener
  private let state: NIOLoopBoundBox<State>
  private let over: EventLoopPromise<Void>

  /// A way to the server that the request asks.
  init(
    client: RESTClient, request: CTIRequest, form: CTIAnswerForm, _ listener: LineListener
  ) {
    self.client = client
    self.request = request
    self.form = form
    self.listener = listener
    state = .makeBoxSendingValue(State(), eventLoop: client.loop)
    over = client.loop.makePromise()
  }

  let local: LineAddress? = nil
  var closed: EventLoopFuture<Void> { over.futureResult }

  func send(_ bytes: [UInt8], to place: LineAddress?) {
    if bytes == PollSession.listen { listen() } else { ask(isAgain: false) }
  }

  func close() {
    state.value.question?.fail(reason: HTTPClientError.cancelled)
    state.value.stream?.fail(reason: HTTPClientError.cancelled)
    over.succeed()
  }

  private func tell(_ head: String, _ body: ByteBuffer? = nil) {
    var text = ByteBuffer(string: head)
    if let body {
      text.writeString("\n")
      text.writeImmutableBuffer(body)
    }
    listener.received(text, nil)
  }

  private func sentence(_ error: any Error) -> ByteBuffer {
    ByteBuffer(
      string: PollError(error, limits: client.limits).sentence(server: request.server))
  }

  // MARK: - The question

  private func ask(isAgain: Bool) {
    let limit = client.limits.body
    state.value.question = client.ask(request, accept: accepted) { reply in
      guard reply.body.readableBytes <= limit else { throw PollError.tooLarge(limit: limit) }
    } done: {
      self.answered($0, isAgain: isAgain)
    }
  }

  private func answered(_ reply: RESTReply, isAgain: Bool) {
    if let failure = reply.failure {
      // The server closed a kept connection in the same moment.
      if !isAgain, reply.head == nil, failure as? HTTPClientError == .remoteConnectionClosed {
        return ask(isAgain: true)
      }
      // What a refusal says besides is worth nothing if it does not come.
      let isRefused = reply.head.map { !(200...299).contains($0.status.code) } ?? false
      guard isRefused, failure as? HTTPClientError != .deadlineExceeded else {
        return tell("failed", sentence(failure))
      }
    }
    guard let head = reply.head else { return }
    state.value.offered = StreamLink.address(in: head.headers["Link"], base: request.url)
    if state.value.offered != nil { tell("offered") }
    tell("\(head.status.code) \(head.headers.first(name: "Content-Type") ?? "")", reply.body)
  }

  private var accepted: String {
    switch form {
    case .json: "application/json, */*;q=0.5"
    case .xml: "application/xml, text/xml, */*;q=0.5"
    }
  }

  // MARK: - The stream

  private func listen() {
    guard let address = state.value.offered else { return tell("ended") }
    var question = request
    (question.method, question.url, question.body) = ("GET", address, nil)
    let lastID = state.value.lastID
    if !lastID.isEmpty { question.headers.append(CTIHeader(name: "Last-Event-ID", value: lastID)) }
    let stream = NIOLoopBoundBox(
      Stream(events: EventStream(lastID: lastID)), eventLoop: client.loop)
    let exchange = WebExchange(on: client.loop) { head in
      stream.value.limit?.cancel()
      guard head.status == .ok else {
        throw PollError.status(Int(clamping: head.status.code))
      }
      guard
        head.headers.first(name: "Content-Type").map({ ContentType($0) })?.media
          == "text/event-stream"
      else { throw PollError.unreadable(detail: "the offered stream is none") }
    } piece: { buffer in
      if !stream.value.isAlive { self.tell("alive") }
      stream.value.isAlive = true
      for event in try stream.value.events.feed(buffer.readableBytesView) {
        self.state.value.lastID = event.id
        self.tell("push", ByteBuffer(bytes: event.data))
      }
    }
    do {
      let task = try client.start(question, accept: "text/event-stream", within: nil, exchange)
      state.value.stream = task
      let slow = PollError.slow(seconds: client.limits.requestSeconds)
      stream.value.limit = client.loop.scheduleTask(in: TimeAmount(client.limits.request)) {
        task.fail(reason: slow)
      }
      task.futureResult.whenComplete { result in
        stream.value.limit?.cancel()
        switch result {
        case .success: self.tell("ended")
        case .failure(let error): self.tell("ended", self.sentence(error))
        }
      }
    } catch {
      client.loop.execute { self.tell("ended", self.sentence(error)) }
    }
  }
}

/// How the way to a CTI server is made: it is there at once, and each question has a connection of its own if need be.
struct RESTCarrier: LineCarrier {
  let client: RESTClient
  let request: CTIRequest
  let form: CTIAnswerForm

  var isStream: Bool { false }

  func open(_ runtime: ConnectorRuntime, _ listener: LineListener) {
    listener.opened(RESTWay(client: client, request: request, form: form, listener))
  }
}

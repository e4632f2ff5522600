import HTTPTypes
package import Hummingbird
import Logging
import NIOCore
import NumberForms
import Telephony

/// Answers the relay's requests.
package struct RelayResponder: HTTPResponder {
  /// The most bytes of a request's target and of a body (R30).
  private static let longestTarget = 8 * 1024
  private static let longestBody = 64 * 1024
  /// How many may listen at once.
  private static let mostStreams = 20_000

  let routes: Routes
  let link: EventsLink
  let names: ParameterNames
  let deliversOnce: Bool
  let store: any CallStore
  let hub: EventHub
  let hosts: HostRule
  let sources: SourceRule
  /// Nil: no token is asked for.
  let tokens: TokenGuard?
  let metrics: Metrics
  /// Lets one refusal a minute into the log.
  let outages = RateLimit(1, per: 60_000)
  let now: @Sendable () -> Moment
  let logger: Logger

  /// The answer to a request; never throws, whatever the request.
  package func respond(to request: Request, context: RelayContext) async -> Response {
    let response: Response
    do {
      response = try await answer(request, context)
    } catch {
      response = error.response
    }
    metrics.count(answer: response.status.code)
    return response
  }

  private func answer(
    _ request: Request, _ context: RelayContext
  ) async throws(Refusal) -> Response {
    let address = context.address
    try sources.check(address, at: now())
    try hosts.check(request.head)
    let target = Array((request.head.path ?? "/").utf8)
    guard target.count <= Self.longestTarget else {
      throw Refusal(status: .uriTooLong, sentence: "the URL is longer than 8 KiB")
    }
    let end = target.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex
    guard let route = routes[target[..<end]] else {
      throw Refusal(status: .notFound, sentence: "there is nothing at this path")
    }
    guard route.methods.contains(request.method) else {
      throw Refusal(
        status: .methodNotAllowed, sentence: "this path is not asked in that way",
        headers: [.allow: route.methods.map(\.rawValue).joined(separator: ", ")])
    }
    var fields = RequestFields(names)
    try fields.take(form: target[end...].dropFirst())
    if let right = route.right, let tokens {
      let secret = Self.bearer(request) ?? fields.raw(.token).map { Array($0.utf8) }
      try tokens.check(secret, for: right, from: address?.source.bits, at: now())
    }
    if request.method == .post { try await read(request, into: &fields) }
    return try await answer(route, fields, request, context)
  }

  private func answer(
    _ route: Route, _ fields: RequestFields, _ request: Request, _ context: RelayContext
  ) async throws(Refusal) -> Response {
    switch route {
    case .setEvent: return try await setEvent(CallReport(fields))
    case .getEvent: return try await getEvent(StationKey(fields), isHead: request.method == .head)
    case .events: return try await events(StationKey(fields), request, context)
    case .health:
      _ = try await asking { () throws(StoreOutage) in try await store.count() }
      return Self.text("ok\n", type: "text/plain")
    case .metrics:
      // Also while the store is away: that is what it is watched for.
      return Self.text(
        metrics.text(calls: try? await store.count(), streams: hub.counts, store: store.remote),
        type: "text/plain; version=0.0.4")
    }
  }

  private func setEvent(_ report: CallReport) async throws(Refusal) -> Response {
    try await asking { () throws(StoreOutage) in try await store.take(report) }
    metrics.count(event: report.event)
    if logger.logLevel <= .debug {
      logger.debug(
        "a call was reported",
        metadata: [
          "station": .string(report.key.station), "event": .string(report.event.word),
          "number": .string(report.number?.masked ?? "none"),
        ])
    }
    // Some phones show what comes back, and some complain about any other type.
    return Response(status: .ok, headers: [.contentType: "text/plain"])
  }

  private func getEvent(_ key: StationKey, isHead: Bool) async throws(Refusal) -> Response {
    let once = deliversOnce && !isHead
    let call = try await asking { () throws(StoreOutage) in
      try await store.call(of: key, once: once)
    }
    let json = call.map { $0.json(names, at: now()) } ?? RelayedCall.none(names)
    return Response(
      status: .ok,
      headers: [
        .contentType: "application/json", .cacheControl: "no-store",
        Self.linkHeader: link.value(for: key),
      ],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: json.bytes)))
  }

  private func events(
    _ key: StationKey, _ request: Request, _ context: RelayContext
  ) async throws(Refusal) -> Response {
    guard hub.counts.open < Self.mostStreams else {
      throw .unavailable("too many windows listen", retryAfter: 10)
    }
    // Asked before the answer begins, while a store that is down can still be said.
    _ = try await asking { () throws(StoreOutage) in try await store.call(of: key, once: false) }
    let stream = EventStream(
      key: key, last: request.headers[Self.lastEventID].flatMap { UInt64($0) }, names: names,
      hub: hub, store: store, now: now)
    return Response(
      status: .ok,
      headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
      body: stream.body(over: context.channel))
  }

  /// Takes the body's fields, a form or a JSON object, to those of the query.
  private func read(_ request: Request, into fields: inout RequestFields) async throws(Refusal) {
    let tooLarge = Refusal(status: .contentTooLarge, sentence: "the body is longer than 64 KiB")
    if let length = request.headers[.contentLength], (Int(length) ?? .max) > Self.longestBody {
      throw tooLarge
    }
    let body: ByteBuffer
    do {
      body = try await request.body.collect(upTo: Self.longestBody)
    } catch is NIOTooManyBytesError {
      throw tooLarge
    } catch {
      throw .badRequest("the body could not be read")
    }
    let bytes = Array(body.readableBytesView)
    let type = request.headers[.contentType]?.lowercased() ?? ""
    // By what it is and not only by what it is called: who can set no body type posts JSON as text.
    let first = bytes.first { $0 > 0x20 }
    if type.contains("json") || first == UInt8(ascii: "{") {
      guard first != nil else { return }
      try fields.take(json: JSONObject(bytes))
    } else {
      try fields.take(form: bytes)
    }
  }

  /// What the store answers; its outage is a 503 with Retry-After.
  private func asking<Answer>(
    _ ask: () async throws(StoreOutage) -> Answer
  ) async throws(Refusal) -> Answer {
    do {
      return try await ask()
    } catch {
      // Not for each of the many requests that an outage refuses.
      if outages.count(nil, at: now()) { logger.error("\(error.sentence)") }
      throw .unavailable(error.sentence)
    }
  }

  private static func text(_ text: String, type: String) -> Response {
    Response(
      status: .ok, headers: [.contentType: type],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }

  /// The token of `Authorization: Bearer TOKEN` (RFC 6750, 2.1).
  private static func bearer(_ request: Request) -> [UInt8]? {
    guard let header = request.headers[.authorization] else { return nil }
    let words = header.split(separator: " ")
    guard words.count == 2, words[0].lowercased() == "bearer" else { return nil }
    return Array(words[1].utf8)
  }

  private static let linkHeader = HTTPField.Name("Link")!
  private static let lastEventID = HTTPField.Name("Last-Event-ID")!
}

extension RelayedNumber {
  /// For logs, in which numbers are personal data.
  fileprivate var masked: String {
    switch self {
    case .number(let text): PhoneNumber(.fragment, text).masked
    case .withheld: "withheld"
    }
  }
}

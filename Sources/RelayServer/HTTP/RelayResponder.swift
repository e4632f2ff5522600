import Logging
import NIOCore
import NIOHTTP1
import NumberForms
import Telephony
import TextForms

/// Answers the relay's requests.
final class RelayResponder: Sendable {
  /// The most bytes of a request's target and of a body (R30).
  private static let longestTarget = 8 * 1024
  static let longestBody = 64 * 1024

  /// A request whose head is in order, and what has come of its body.
  struct Question {
    fileprivate var route: Route
    fileprivate var fields: RequestFields
    /// The token of the head.
    fileprivate var secret: [UInt8]?
    fileprivate var source: SourceRule.Source
    fileprivate var head: HTTPRequestHead
    var body = ByteBuffer()
  }

  /// What is done with an answer, on any thread.
  typealias Then = @Sendable (Reply) -> Void

  private let routes: Routes
  private let link: EventsLink
  private let options: RelayOptions
  private let store: any CallStore
  let hub: EventHub
  private let hosts: HostRule
  private let sources: SourceRule
  /// Nil: no token is asked for.
  private let tokens: TokenGuard?
  private let webhooks: WebhookReader
  private let metrics = Metrics()
  /// Lets one outage a minute into the log.
  private let outages = RateLimit<Bool>(1, per: 60_000)
  private let now: @Sendable () -> Moment
  private let logger: Logger
  /// How many may listen at once.
  private let mostStreams: Int

  init(
    _ options: RelayOptions, tokens: TokenGuard?, maps: [WebhookMap], store: any CallStore,
    hub: EventHub, mostStreams: Int, now: @escaping @Sendable () -> Moment, logger: Logger
  ) {
    routes = Routes(prefix: options.prefix, maps: maps)
    webhooks = WebhookReader(maps: maps, names: options.names, tokens: tokens, metrics: metrics)
    link = EventsLink(path: routes.events, names: options.names)
    self.options = options
    self.store = store
    self.hub = hub
    hosts = HostRule(address: options.address, hosts: options.hosts)
    sources = SourceRule(allowed: options.allowed, forwarders: options.forwarders)
    self.tokens = tokens
    self.mostStreams = mostStreams
    self.now = now
    self.logger = logger
  }

  /// All that a request's head says already; throws what is refused whatever its body.
  func begin(
    _ head: HTTPRequestHead, from peer: NetworkAddress?
  ) throws(Refusal) -> Question {
    let source = try sources.source(of: peer, head.headers)
    try sources.check(source, at: now())
    guard head.uri.utf8.count <= Self.longestTarget else {
      throw Refusal(status: .uriTooLong, sentence: "the URL is longer than 8 KiB")
    }
    let target = try RequestTarget(head.uri)
    try hosts.check(head.headers, target: target.authority)
    guard let route = routes[target.path] else {
      throw Refusal(status: .notFound, sentence: "there is nothing at this path")
    }
    guard route.methods.contains(head.method) else {
      throw Refusal(
        status: .methodNotAllowed, sentence: "this path is not asked in that way",
        headers: ["allow": route.methods.map(\.rawValue).joined(separator: ", ")])
    }
    var fields = RequestFields(options.names)
    try fields.read(form: target.query)
    let secret = Self.secret(head.headers, fields, route)
    if let right = route.right, let tokens {
      try tokens.check(secret, for: right, from: source.counted, at: now())
    } else if case .webhook(let index, _) = route {
      try webhooks.check(index, secret, from: source.counted, at: now())
    }
    let question = Question(
      route: route, fields: fields, secret: secret, source: source, head: head)
    if let length = head.headers[canonicalForm: "content-length"].first,
      (Int(length) ?? .max) > Self.longestBody
    {
      throw refusalOfLength(question)
    }
    return question
  }

  /// The refusal of a body that is too long.
  func refusalOfLength(_ question: Question) -> Refusal {
    let refusal = Refusal(
      status: .payloadTooLarge, sentence: "the body is longer than 64 KiB")
    guard case .webhook(let index, _) = question.route else { return refusal }
    return webhooks.counted(index, .length, refusal)
  }

  /// The answer to a request that has come to its end; nothing is asked twice.
  func answer(_ question: Question, then: @escaping Then) {
    do throws(Refusal) {
      if case .webhook(let index, _) = question.route {
        return try webhook(index, question, then)
      }
      var fields = question.fields
      if question.head.method == .POST { try Self.read(question, into: &fields) }
      switch question.route {
      case .setEvent: record([try CallReport(fields)], from: question.source, then)
      case .getEvent:
        getEvent(try StationKey(fields), isHead: question.head.method == .HEAD, then)
      case .events: try events(try StationKey(fields), question.head, then)
      case .health:
        store.count { self.answer($0, then) { _ in .text("ok\n") } }
      case .metrics:
        // Also while the store is away: that is what it is watched for.
        store.count { calls in
          then(
            .text(
              self.metrics.text(
                calls: try? calls.get(), streams: self.hub.counts, store: self.store.remote),
              type: "text/plain; version=0.0.4"))
        }
      case .webhook: break
      }
    } catch {
      then(Reply(error))
    }
  }

  /// Counts an answer that is being written.
  func count(_ reply: Reply) { metrics.count(answer: Int(clamping: reply.status.code)) }

  /// Takes what the webhook of a map reports.
  private func webhook(
    _ index: Int, _ question: Question, _ then: @escaping Then
  ) throws(Refusal) {
    if let echo = try webhooks.echo(index, question.head) { return then(echo) }
    let answer = webhooks.maps[index].answer.reply
    let reports = try webhooks.reports(
      index, question.head, Array(question.body.readableBytesView), question.secret,
      from: question.source.counted, at: now())
    guard !reports.isEmpty else { return then(answer) }
    record(reports[...], from: question.source) { reply in
      self.webhooks.count(index, reply.status == .ok ? .taken : .refused(.store))
      then(reply.status == .ok ? answer : reply)
    }
  }

  /// Keeps reports, one after the other, and answers when all of them are kept.
  private func record(
    _ reports: ArraySlice<CallReport>, from source: SourceRule.Source, _ then: @escaping Then
  ) {
    guard var report = reports.first else {
      // Some phones show what comes back, and some complain about any other type.
      return then(.text(""))
    }
    report.writer = source.counted.map { String($0, radix: 16) } ?? ""
    let (event, number, station) = (report.event, report.number, report.key.station)
    store.record(report) { result in
      guard case .success = result else { return self.answer(result, then) { .text("") } }
      self.metrics.count(event: event)
      if self.logger.logLevel <= .debug {
        self.logger.debug(
          "a call was reported",
          metadata: [
            "station": .string(PlainText.cleaned(station)), "event": .string(event.word),
            "number": .string(number?.masked ?? "none"),
          ])
      }
      self.record(reports.dropFirst(), from: source, then)
    }
  }

  private func getEvent(_ key: StationKey, isHead: Bool, _ then: @escaping Then) {
    store.call(of: key, once: options.deliversOnce && !isHead) { call in
      self.answer(call, then) { call in
        let names = self.options.names
        let json = call.map { $0.json(names, at: self.now()) } ?? RelayedCall.none(names)
        return .whole(
          status: .ok,
          headers: [
            "content-type": "application/json", "cache-control": "no-store",
            "link": self.link.value(for: key),
          ], body: ByteBuffer(bytes: json.bytes))
      }
    }
  }

  private func events(
    _ key: StationKey, _ head: HTTPRequestHead, _ then: @escaping Then
  ) throws(Refusal) {
    guard hub.counts.open < mostStreams else {
      throw .unavailable("too many windows listen", retryAfter: 10)
    }
    let request = EventStream.Request(
      key: key, last: head.headers.first(name: "last-event-id").flatMap { UInt64($0) },
      names: options.names, hub: hub, store: store, now: now,
      patience: TimeAmount(options.patience.stall))
    // Asked before the answer begins, while a store that is down can still be said.
    store.call(of: key, once: false) { self.answer($0, then) { _ in .events(request) } }
  }

  /// What the store answers; its outage is a 503 with Retry-After.
  private func answer<Value>(
    _ result: Result<Value, StoreOutage>, _ then: Then, _ reply: (Value) -> Reply
  ) {
    switch result {
    case .success(let value): then(reply(value))
    case .failure(let outage):
      // Not for each of the many requests that an outage refuses.
      if outages.count(true, at: now()) { logger.error("\(outage.sentence)") }
      then(Reply(.unavailable(outage.sentence)))
    }
  }

  /// Takes the body's fields, a form or a JSON object, to those of the query.
  private static func read(
    _ question: Question, into fields: inout RequestFields
  ) throws(Refusal) {
    let bytes = Array(question.body.readableBytesView)
    let type = question.head.headers.first(name: "content-type")?.lowercased() ?? ""
    // By what it is and not only by what it is called: who can set no body type posts JSON as text.
    let first = bytes.first { $0 > 0x20 }
    if type.contains("json") || first == UInt8(ascii: "{") {
      guard first != nil else { return }
      try fields.read(json: JSONObject(bytes))
    } else {
      try fields.read(form: bytes)
    }
  }

  /// The token of the head. In the URL of a webhook it stands by the administrator's will, while a vendor may write
  /// a code of its own into the header.
  private static func secret(
    _ headers: HTTPHeaders, _ fields: RequestFields, _ route: Route
  ) -> [UInt8]? {
    if case .webhook = route { return fields.secret(.token) ?? bearer(headers) }
    return bearer(headers) ?? fields.secret(.token)
  }

  /// The token of `Authorization: Bearer TOKEN` (RFC 6750, 2.1).
  private static func bearer(_ headers: HTTPHeaders) -> [UInt8]? {
    guard let header = headers.first(name: "authorization") else { return nil }
    let words = header.split(separator: " ")
    guard words.count == 2, words[0].lowercased() == "bearer" else { return nil }
    return Array(words[1].utf8)
  }
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

import CTIBlock
import CTIPoll
import LauncherSupport
import RESTSupport
import Telephony
import TestSupport
import Testing
import WebAccess

@Suite("The relay's stream")
struct PushTests {
  private static let link = "<events?ident=&telorg=1024>; rel=\"events\""

  private static func event(_ id: Int, _ tel: String, _ event: String, call: String) -> String {
    "id: \(id)\ndata: {\"tel\":\"\(tel)\",\"event\":\"\(event)\",\"id\":\"\(call)\",\"age\":0}\n\n"
  }

  private func server(stream: String = ": hello\n\n") async throws -> AnsweringServer {
    let server = AnsweringServer { question in
      question.uri.hasPrefix("/cti/events")
        ? .stream(stream) : .ok(#"{"tel":"","event":""}"#, link: Self.link)
    }
    try await server.start()
    return server
  }

  private func held(_ server: AnsweringServer) async throws -> RunningPoll {
    let poll = try RunningPoll(
      .relay(url: server.url("/cti/getevent")), clock: TestClock(pauses: 1_000))
    // An answer to a question that is asked behind an event would say that the call has gone.
    try await waitUntil("a stream alone", instead: "\(server.questions)") {
      server.streamCount == 1 && poll.source.counts.rests == 1
    }
    return poll
  }

  @Test("Of two calls of one caller, each fact is told of the one whose id it has")
  func twoOfOne() async throws {
    let server = try await server()
    let poll = try await held(server)
    let facts = [("ring", "7"), ("ring", "8"), ("answer", "7"), ("end", "7"), ("missed", "8")]
    for (place, fact) in facts.enumerated() {
      server.push(Self.event(place + 1, "0388202122", fact.0, call: fact.1))
    }
    try await waitUntil("the calls", instead: "\(poll.story)") { poll.events.count == facts.count }
    #expect(poll.events.map(\.callID) == facts.map { "\($0.1) +33388202122" })
    var list = CallList()
    for event in poll.events { _ = list.apply(event) }
    let outcomes = (1...2).map { list[Call.ID(serial: $0)]?.outcome }
    #expect(outcomes == [.answered, .missed])
    await poll.stop()
    try await server.stop()
  }

  @Test("Calls come by the stream, each fact once, and no question is asked meanwhile")
  func push() async throws {
    let server = try await server()
    let poll = try await held(server)
    for byte in Self.event(1, "0388202122", "ring", call: "7").utf8 {
      server.push(String(Unicode.Scalar(byte)))
    }
    server.push(Self.event(2, "0199004567", "ring", call: "8"))
    server.push(Self.event(2, "0199004567", "ring", call: "8"))
    server.push(": beat\n\ndata: garbage\n\n")
    server.push(Self.event(3, "0388202122", "answer", call: "7"))
    server.push(Self.event(4, "0199004567", "missed", call: "8"))
    let said = [
      "ring 03 88 20 21 22", "ring 01 99 00 45 67", "answer 03 88 20 21 22",
      "end missed 01 99 00 45 67",
    ]
    try await waitUntil("the calls", instead: "\(poll.story)") { poll.story == said }
    #expect(poll.source.counts.pushed == 6)
    #expect(poll.source.counts.unreadable == 1)
    #expect(Set(poll.events.map(\.callID)).count == 2)
    await poll.stop()
    try await server.stop()
  }

  @Test("A stream that ends gives way to the poll, and is opened again behind its last event")
  func reopened() async throws {
    let server = try await server()
    let poll = try await held(server)
    server.push(Self.event(41, "0388202122", "ring", call: "7"))
    try await waitUntil("the call") { poll.story == ["ring 03 88 20 21 22"] }
    server.answer { question in
      question.uri.hasPrefix("/cti/events")
        ? .stream("\n")
        : .ok(#"{"tel":"0388202122","event":"answer","id":"7"}"#, link: Self.link)
    }
    server.endStreams()
    try await waitUntil("the answer by the poll, and a stream", instead: "\(poll.story)") {
      poll.story == ["ring 03 88 20 21 22", "answer 03 88 20 21 22"] && server.streamCount == 1
    }
    let opened = server.questions.last { $0.uri.hasPrefix("/cti/events") }
    #expect(opened?.headers["last-event-id"] == "41")
    #expect(opened?.headers["accept"] == "text/event-stream")
    #expect(poll.health == .up)
    await poll.stop()
    try await server.stop()
  }

  @Test("A stream that has fallen silent gives way to the poll after one pause")
  func silent() async throws {
    // Nobody speaks on the stream again; it is offered once, and the fourth request finds another call.
    let server = AnsweringServer { question in
      switch question.number {
      case 0: .ok("{}", link: Self.link)
      case 1: .stream(Self.event(1, "0388202122", "ring", call: "7"))
      case 2: .ok(#"{"tel":"0388202122","event":"ring","id":"7"}"#)
      default: .ok(#"{"tel":"0199004567","event":"ring","id":"8"}"#)
      }
    }
    try await server.start()
    let poll = try RunningPoll(
      .relay(url: server.url("/cti/getevent")), clock: TestClock(pauses: 0),
      limits: PollLimits(silence: .seconds(1)))
    try await waitUntil("the call by the stream") { poll.story == ["ring 03 88 20 21 22"] }
    poll.clock.allow(1_000)
    try await waitUntil("the call by the poll", instead: "\(poll.story)") {
      poll.story.contains("ring 01 99 00 45 67")
    }
    // One pause before the question that closes the gap, and one behind the stream's end.
    #expect(poll.clock.pauses.prefix(2) == [.seconds(5), .seconds(5)])
    #expect(poll.health == .up)
    await poll.stop()
    try await server.stop()
  }

  @Test("A stream that is refused, or silent, costs no call")
  func refused() async throws {
    let server = AnsweringServer { question in
      if question.uri.hasPrefix("/cti/events") {
        return question.number < 5 ? .status(404) : .headOnly
      }
      return .ok(
        question.number < 20 ? "{}" : #"{"tel":"0388202122","event":"ring"}"#, link: Self.link)
    }
    try await server.start()
    let poll = try RunningPoll(
      .relay(url: server.url("/cti/getevent")), clock: TestClock(pauses: 1_000))
    try await waitUntil("the call by the poll") { poll.story == ["ring 03 88 20 21 22"] }
    #expect(poll.health == .up)
    await poll.stop()
    try await server.stop()
  }

  @Test("A stream of another server is not opened")
  func elsewhere() async throws {
    let other = try await server()
    let server = AnsweringServer { _ in
      .ok("{}", link: "<\(other.url("/cti/events"))>; rel=\"events\"")
    }
    try await server.start()
    let poll = try RunningPoll(.relay(url: server.url("/q")), clock: TestClock(pauses: 10))
    try await poll.rounds(11)
    #expect(other.asked == 0)
    await poll.stop()
    try await server.stop()
    try await other.stop()
  }

  @Test(
    "Links",
    arguments: [
      ("</x>; rel=events", "http://h:1/x"),
      ("<x?a=1,2;3>; title=\"a,b;c\"; rel=\"next Events\"", "http://h:1/a/x?a=1,2;3"),
      ("<y>; rel=next, <x>; rel=\"events\"", "http://h:1/a/x"),
      ("<http://H:1/z>;rel=events", "http://h:1/z"),
      ("<https://h:1/z>;rel=events", nil), ("<http://h:2/z>;rel=events", nil),
      ("x; rel=events", nil),
      ("<x>", nil), ("", nil), ("<x; rel=\"events", nil),
    ])
  func links(header: String, address: String?) {
    #expect(StreamLink.address(in: [header], base: "http://h:1/a/q?b")?.lowercased() == address)
  }

  @Test(
    "Streams, whole and byte by byte",
    arguments: [
      ("data: a\n\n", ["a@"]), ("data:a\r\n\r\ndata: b\r\r", ["a@", "b@"]),
      ("id: 5\ndata: a\ndata:  b\n\ndata: c\n\n", ["a\n b@5", "c@5"]),
      (": note\n\nevent: x\nretry: 3\n\n", []), ("data\n\n", ["@"]), ("data: lost", []),
      ("\u{FEFF}data: a\n\n", ["a@"]), ("id: 5\n\nid\ndata: a\n\n", ["a@"]),
      ("id: 5\u{0}\ndata: a\n\n", ["a@"]), ("datax: 1\n\n", []),
    ])
  func parsing(text: String, events: [String]) throws {
    let bytes = Array(text.utf8)
    for cut in 0...bytes.count {
      var stream = EventStream()
      let found = try stream.feed(bytes[..<cut]) + stream.feed(bytes[cut...])
      #expect(found.map { "\(String(decoding: $0.data, as: UTF8.self))@\($0.id)" } == events)
    }
  }

  @Test("A line or an event without an end is refused", arguments: ["data: ", "data: x\n", ": "])
  func endless(piece: String) {
    var stream = EventStream()
    #expect(throws: EventStream.TooLong.self) {
      for _ in 0..<EventStream.limit {
        _ = try stream.feed(piece.utf8)
        _ = try stream.feed(piece.hasSuffix("\n") ? [] : Array("xxxxxxxx".utf8))
      }
    }
  }

  @Test(
    "Proxies",
    arguments: [
      ("http://cti.example/q", ["http_proxy": "http://p:3128"], "p:3128"),
      ("http://cti.example/q", ["HTTP_PROXY": "p"], "p:80"),
      ("https://cti.example/q", ["http_proxy": "http://p:3128"], nil),
      ("https://cti.example/q", ["HTTPS_PROXY": "http://p:3128"], "p:3128"),
      ("http://localhost:8083/q", ["http_proxy": "p"], nil),
      ("http://[::1]/q", ["http_proxy": "p"], nil),
      ("http://127.0.0.2/q", ["http_proxy": "p"], nil),
      ("http://127.cti.example/q", ["http_proxy": "p"], "p:80"),
      ("http://cti.example/q", ["http_proxy": "p", "no_proxy": "other,.example"], nil),
      ("http://cti.example/q", ["http_proxy": "p", "NO_PROXY": "cti.example:81"], "p:80"),
      ("http://cti.example/q", ["http_proxy": "p", "NO_PROXY": "*"], nil),
      ("http://xcti.example/q", ["http_proxy": "p", "NO_PROXY": "cti.example"], "p:80"),
    ] as [(String, [String: String], String?)])
  func proxies(url: String, environment: [String: String], proxy: String?) {
    let chosen: String? =
      if case .proxy(let host, let port, _) = ProxyChoice(url: url, environment: environment) {
        "\(host):\(port)"
      } else { nil }
    #expect(chosen == proxy)
  }
}

import CTIBlock
import CTIPoll
import LauncherSupport
import RESTSupport
import Synchronization
import Telephony
import TestSupport
import Testing

@Suite("The poll")
struct PollTests {
  private static func value(_ tel: String, _ event: String = "ring", id: String? = nil) -> String {
    "{\"tel\":\"\(tel)\",\"event\":\"\(event)\"\(id.map { ",\"id\":\"\($0)\"" } ?? "")}"
  }

  @Test(
    "A value that is answered again is one call until it is absent or different once",
    arguments: [
      (["A", "A", "A"], ["ring A"], 1), (["A", "", "A"], ["ring A", "vanish A", "ring A"], 2),
      (["A", "B"], ["ring A", "vanish A", "ring B"], 2),
      (
        ["A", "A answer", "A answer", "A end", "A end"], ["ring A", "answer A", "end normal A"], 1
      ),
      (["A", "A answer", ""], ["ring A", "answer A", "vanish A"], 1),
      (["A", "A end", "A"], ["ring A", "end normal A", "ring A"], 2),
      (["A ring 1", "A ring 1", "A ring 2"], ["ring A", "vanish A", "ring A"], 2),
      (["A ring 1", "A answer 2", "A end 3"], ["ring A", "answer A", "end normal A"], 1),
      (["A request", "A request"], ["request A"], 1),
      (["A", "500", "404", "A"], ["ring A", "vanish A", "ring A"], 2),
      (["A", "500", "A"], ["ring A"], 1),
      (["A answer", "A ring"], ["answer A", "vanish A", "ring A"], 2),
      (["A ring 1", "A answer 1", "A ring 1"], ["ring A", "answer A"], 1),
      (["404", "", "404"], [], 0),
    ])
  func standing(values: [String], said: [String], calls: Int) async throws {
    let numbers = ["A": "0388202122", "B": "0199004567"]
    let server = AnsweringServer { question in
      let parts = values[min(question.number, values.count - 1)].split(separator: " ").map(
        String.init)
      guard let first = parts.first else { return .ok(Self.value("", "")) }
      if let code = Int(first) { return .status(code) }
      return .ok(
        Self.value(
          numbers[first] ?? "", parts.count > 1 ? parts[1] : "ring",
          id: parts.count > 2 ? parts[2] : nil))
    }
    try await server.start()
    let poll = try RunningPoll(
      .relay(url: server.url("/q")), clock: TestClock(pauses: values.count - 1))
    try await poll.rounds(values.count)
    await poll.stop()
    try await server.stop()
    let shown = ["A": "03 88 20 21 22", "B": "01 99 00 45 67"]
    #expect(
      poll.story
        == said.map { line in
          shown.reduce(line) { $0.replacing(" \($1.key)", with: " \($1.value)") }
        })
    #expect(Set(poll.events.map(\.callID)).count == calls)
  }

  @Test(
    "A window that follows another one is told of what stands as of the same call, and of another caller otherwise"
  )
  func namesOverWindows() async throws {
    var names: [String?] = []
    for number in ["0388202122", "0388202122", "0199004567"] {
      let server = AnsweringServer { _ in .ok(Self.value(number)) }
      try await server.start()
      let poll = try RunningPoll(.relay(url: server.url("/q")))
      try await poll.rounds(1)
      await poll.stop()
      try await server.stop()
      names.append(try #require(poll.events.first).callID)
    }
    #expect(names[0] != nil && names[0] == names[1] && names[1] != names[2])
  }

  @Test("A server that fails is asked less and less often, and at once again when it answers")
  func backOff() async throws {
    let server = AnsweringServer { $0.number < 7 ? .status(500) : .ok("{}") }
    try await server.start()
    let clock = TestClock(pauses: 8)
    let poll = try RunningPoll(.relay(url: server.url("/q")), clock: clock)
    try await poll.rounds(9)
    try await waitUntil("the last pause") { clock.pauses.count >= 9 }
    await poll.stop()
    try await server.stop()
    let pauses = [5, 10, 20, 40, 60, 60, 60, 5, 5].map { Duration.seconds($0) }
    #expect(Array(clock.pauses.prefix(9)) == pauses)
    let start = Moment(milliseconds: 1_000_000)
    let states = poll.reports.compactMap { report -> String? in
      guard case .health(_, let health) = report else { return nil }
      guard case .down(_, let since, let next) = health else { return "\(health)" }
      return "down \(since - start) \((next ?? start) - start)"
    }
    #expect(
      states == [
        "down 0 5000", "down 0 15000", "down 0 35000", "down 0 75000", "down 0 135000",
        "down 0 195000", "down 0 255000", "up",
      ])
  }

  @Test("A server that is not there is a state, and its coming is noticed")
  func absent() async throws {
    let server = AnsweringServer { _ in .ok(Self.value("0388202122")) }
    try await server.start()
    try await server.stop()
    let poll = try RunningPoll(.relay(url: server.url("/q")), clock: TestClock(pauses: 0))
    try await poll.rounds(1)
    #expect(poll.reason?.contains("could not be reached (Connection refused)") == true)
    try await server.start()
    poll.clock.allow(1)
    try await waitUntil("the call") { poll.story == ["ring 03 88 20 21 22"] }
    #expect(poll.health == .up)
    await poll.stop()
    try await server.stop()
  }

  @Test("What is sent is what the fields say")
  func request() async throws {
    let server = AnsweringServer {
      $0.uri == "/q" ? .status(307, [("Location", "/moved")]) : .ok("{}")
    }
    try await server.start()
    var fields = CTIFields.relay(
      url: server.url("/q").replacing("http://", with: "http://jo:secret@"))
    fields[.url] = server.url("/q").replacing("http://", with: "http://jo:secret@")
    fields[.method] = "POST"
    fields[.data] = "{\"station\":\"$telorg$\"}"
    fields[.contentType] = "application/json"
    fields[.headers] = "X-Key: 7; Accept: text/plain"
    let poll = try RunningPoll(fields, station: "10\"24")
    try await poll.rounds(1)
    await poll.stop()
    let question = try #require(server.questions.last)
    try await server.stop()
    #expect(poll.health == .up)
    #expect(question.uri == "/moved")
    #expect(question.method == "POST")
    #expect(question.body == "{\"station\":\"10\\\"24\"}")
    #expect(question.headers["x-key"] == "7")
    #expect(question.headers["accept"] == "text/plain")
    #expect(question.headers["content-type"] == "application/json")
    #expect(question.headers["authorization"] == "Basic am86c2VjcmV0")
  }

  @Test("Without a station, or switched off, nothing is asked and the reason is said")
  func off() async throws {
    let server = AnsweringServer { _ in .ok("{}") }
    try await server.start()
    let withoutStation = try RunningPoll(.relay(url: server.url("/q")), station: "")
    var fields = CTIFields.relay(url: server.url("/q"))
    fields[.withEvent] = "0"
    let switchedOff = try RunningPoll(fields)
    let badProxy = try RunningPoll(
      .relay(url: "http://cti.example/q"), environment: ["http_proxy": "ftp://proxy"])
    for (poll, words) in [
      (withoutStation, "no station"), (switchedOff, "with_event"), (badProxy, "http_proxy"),
    ] {
      try await waitUntil("a reason") { poll.reason != nil }
      #expect(poll.reason?.contains(words) == true)
      await poll.stop()
    }
    #expect(server.asked == 0)
    try await server.stop()
  }

  @Test("A proxy of the environment is asked for a way to the server")
  func proxy() async throws {
    let proxy = AnsweringServer { _ in .status(403) }
    try await proxy.start()
    let poll = try RunningPoll(
      .relay(url: "http://cti.example/q"), environment: ["HTTP_PROXY": proxy.url("")])
    try await poll.rounds(1)
    await poll.stop()
    #expect(poll.health != .up)
    #expect(proxy.questions.first?.method == "CONNECT")
    #expect(proxy.questions.first?.uri == "cti.example:80")
    try await proxy.stop()
  }

  @Test("A simulated working day costs no memory")
  func day() async throws {
    let server = AnsweringServer { question in
      .ok(question.number % 100 < 3 ? Self.value("0388202122") : Self.value("", ""))
    }
    try await server.start()
    let questions = 8 * 3600 / 5
    let poll = try RunningPoll(
      .relay(url: server.url("/q")), clock: TestClock(pauses: questions / 10))
    try await poll.rounds(questions / 10)
    let early = residentMemory()
    poll.clock.allow(questions - questions / 10 - 1)
    try await waitUntil("a day", deadline: .seconds(300)) {
      poll.source.counts.answers >= questions
    }
    let late = residentMemory()
    await poll.stop()
    try await server.stop()
    #expect(poll.health == .up)
    #expect(poll.source.counts.failures == 0)
    #expect(poll.story.count == 2 * questions / 100 + 1)
    #expect(late - early < 12_000, "from \(early) kB to \(late) kB")
  }
}

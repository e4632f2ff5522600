import CTIBlock
import CTIPoll
import RESTSupport
import Telephony
import Testing

@Suite("Dialling by REST")
struct DiallerTests {
  /// An existing installation's text, in which the server's address is put.
  private static let block = """
    <cliktocall> <url>URL?ident=$ident$&from=$telorg$&to=$teldest$ <methode>POST
      <data>{"to":"$teldest$","from":"$telorg$"} <dataencode> <headers>X-Key: 7
      <contenttype>application/json
    """

  private func dialler(
    _ url: String, station: String = "1024", seconds: Int = 60
  ) throws -> RESTDialler {
    let text = try CTIBlockText(Self.block.replacing("URL", with: url))
    return RESTDialler(
      exchange: try CTIExchange(text.blocks[0]), ident: "A&B", station: station,
      limits: PollLimits(request: .seconds(seconds)))
  }

  private func number(_ text: String) throws -> DialledNumber {
    try #require(DialledNumber(text))
  }

  @Test("The server gets the number where the block says so, percent-encoded and once")
  func request() async throws {
    let server = AnsweringServer { _ in .ok("queued\nas\u{1B}[2J 17", type: "text/plain") }
    try await server.start()
    let answer = try await dialler(server.url("/call")).dial(number("+33*12#"))
    let question = try #require(server.questions.first)
    #expect(server.asked == 1)
    try await server.stop()
    #expect(question.method == "POST")
    #expect(question.uri == "/call?ident=A%26B&from=1024&to=%2B33%2A12%23")
    #expect(question.body == #"{"to":"+33*12#","from":"1024"}"#)
    #expect(question.headers["x-key"] == "7")
    #expect(answer?.hasPrefix("queued as") == true)
    #expect(answer?.unicodeScalars.contains { $0.value < 0x20 } == false)
  }

  @Test(
    "What the server answers in words is handed on, in one short line",
    arguments: [
      (AnsweringServer.Answer.ok(#"{"status":"ok"}"#), #"{"status":"ok"}"#),
      (.ok("<html>fine</html>", type: "text/html"), nil), (.status(204), nil),
      (.whole(202, [("Content-Type", "text/plain")], "  "), nil),
      (
        .ok(String(repeating: "x", count: 100_000), type: "text/plain"),
        String(repeating: "x", count: 120)
      ),
    ] as [(AnsweringServer.Answer, String?)])
  func answers(answer: AnsweringServer.Answer, words: String?) async throws {
    let server = AnsweringServer { _ in answer }
    try await server.start()
    let said = try await dialler(server.url("/call")).dial(number("0388202122"))
    try await server.stop()
    #expect(said == words)
  }

  @Test(
    "A failure is a sentence, and nothing is asked twice",
    arguments: [
      (AnsweringServer.Answer.status(500), "answered 500: look at its log"),
      (
        .whole(409, [("Content-Type", "text/plain")], "extension 1024 is busy"),
        "answered 409: check the URL (extension 1024 is busy)"
      ),
      (.status(401), "check the token"), (.hangUp, "could not be reached"),
      (.never, "did not answer within 1 s"),
      (.status(302, [("Location", "/call")]), "answered 302"),
    ])
  func failures(answer: AnsweringServer.Answer, words: String) async throws {
    let server = AnsweringServer { _ in answer }
    try await server.start()
    let isEndless = if case .never = answer { true } else { false }
    let error = await #expect(throws: DialError.self) {
      try await dialler(server.url("/call"), seconds: isEndless ? 1 : 60)
        .dial(number("0388202122"))
    }
    #expect(error?.sentence.contains(words) == true, "\(error?.sentence ?? "")")
    #expect(error?.sentence.hasPrefix("127.0.0.1:") == true)
    #expect(error?.sentence.contains("0388202122") == false)
    #expect(server.asked == 1)
    try await server.stop()
  }

  @Test("A body that never ends does not hold up a call that was made")
  func endlessBody() async throws {
    let server = AnsweringServer { _ in .headOnly }
    try await server.start()
    let said = try await dialler(server.url("/call"), seconds: 1).dial(number("0388202122"))
    try await server.stop()
    #expect(said == nil)
  }

  @Test("Without a station a server that wants one is not asked")
  func noStation() async throws {
    let server = AnsweringServer { _ in .ok("") }
    try await server.start()
    let error = await #expect(throws: DialError.self) {
      try await dialler(server.url("/call"), station: "").dial(number("0388202122"))
    }
    #expect(error?.sentence.contains("no station") == true)
    #expect(server.asked == 0)
    try await server.stop()
  }
}

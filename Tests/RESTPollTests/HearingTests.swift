import CTIBlock
import CTIPoll
import LauncherSupport
import RESTSupport
import Telephony
import TestSupport
import Testing

/// A server that answers may have no such station, or mean something else.
struct HearingTests {
  private static let link = "<events?ident=&telorg=1024>; rel=\"events\""

  /// What a source noticed after so many rounds of this answer, and nothing else.
  private func symptoms(
    _ rounds: Int, of answer: AnsweringServer.Answer, stream: AnsweringServer.Answer = .status(404)
  ) async throws -> [Symptom] {
    let server = AnsweringServer { $0.uri.hasPrefix("/cti/events") ? stream : answer }
    try await server.start()
    let poll = try RunningPoll(
      .relay(url: server.url("/cti/getevent")), clock: TestClock(pauses: rounds))
    try await poll.rounds(rounds)
    let symptoms = poll.source.symptoms
    await poll.stop()
    try await server.stop()
    return symptoms
  }

  @Test(arguments: [
    #"{"tel":"","event":""}"#, "{}", "[]", "", " ", #"{"tel":null}"#, #"{"tel":"0388202122"}"#,
  ])
  func anAnswerThatTellsWhetherThereIsACallIsWell(answer: String) async throws {
    #expect(try await symptoms(2, of: .ok(answer)).isEmpty)
  }

  @Test(arguments: [
    #"{"error":"unknown station"}"#, #"{"number":"0388202122"}"#, #"{"Tel":"0388202122"}"#,
    #"[{"tel":"0388202122"}]"#, #"{"status":"ok","calls":[]}"#,
  ])
  func anAnswerWithoutANumberIsDoubted(answer: String) async throws {
    let noticed = try await symptoms(2, of: .ok(answer))
    #expect(noticed.map(\.weight) == [.note])
    #expect(noticed.first?.sentence.hasSuffix("the latest says: \(answer)") == true)
    #expect(noticed.first?.advice?.contains("check the station") == true)
  }

  @Test func oneCallIsEnoughToTrustTheRest() async throws {
    let server = AnsweringServer {
      .ok($0.number == 1 ? #"{"tel":"0388202122"}"# : #"{"error":"none"}"#)
    }
    try await server.start()
    let poll = try RunningPoll(.relay(url: server.url("/q")), clock: TestClock(pauses: 4))
    try await poll.rounds(4)
    #expect(poll.source.symptoms.isEmpty)
    await poll.stop()
    try await server.stop()
  }

  @Test func aStreamThatIsRefusedCostsTime() async throws {
    let idle = AnsweringServer.Answer.ok(#"{"tel":""}"#, link: Self.link)
    let server = AnsweringServer { $0.uri.hasPrefix("/cti/events") ? .status(403) : idle }
    try await server.start()
    let poll = try RunningPoll(
      .relay(url: server.url("/cti/getevent")), clock: TestClock(pauses: 1_000))
    try await waitUntil("a symptom", instead: "\(poll.source.counts)") {
      !poll.source.symptoms.isEmpty
    }
    #expect(poll.source.symptoms.first?.weight == .note)
    #expect(poll.source.symptoms.first?.sentence.contains("up to 5 s late") == true)
    await poll.stop()
    try await server.stop()
  }

  @Test func wordsThatNobodyKnowsAreNamed() async throws {
    let noticed = try await symptoms(1, of: .ok(#"{"tel":"0388202122","event":"blub"}"#))
    #expect(noticed.map(\.sentence) == ["The event “blub” is known to nobody; it came 1 time."])
  }
}

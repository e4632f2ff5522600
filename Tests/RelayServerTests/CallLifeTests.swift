import RelayServer
import Testing

/// How long a value stays, and what replaces or clears it (R27).
struct CallLifeTests {
  /// What happens: a report, or seconds that pass.
  enum Step: Sendable {
    case set(String)
    case wait(Int64)
  }

  /// What happens one after the other, and what is told then.
  struct Story: Sendable, CustomTestStringConvertible {
    var name: String
    var steps: [Step]
    var told: String

    var testDescription: String { name }
  }

  static let ring = "tel=0388202122&event=ring"
  static let none = #"{"tel":"","event":""}"#

  static let stories = [
    Story(
      name: "a ring stays for 59 s", steps: [.set(ring), .wait(59)],
      told: #"{"tel":"0388202122","event":"ring","id":"N","age":59}"#),
    Story(name: "a ring is gone after 60 s", steps: [.set(ring), .wait(60)], told: none),
    Story(
      name: "an answer stays for almost 4 h",
      steps: [.set(ring), .set("tel=0388202122&event=answer"), .wait(4 * 3600 - 1)],
      told: #"{"tel":"0388202122","event":"answer","id":"N","age":14399}"#),
    Story(
      name: "an answer is gone after 4 h",
      steps: [.set("tel=0388202122&event=answer"), .wait(4 * 3600)], told: none),
    Story(
      name: "the last call wins",
      steps: [.set(ring), .set("tel=0199004567&event=ring&id=7")],
      told: #"{"tel":"0199004567","event":"ring","id":"7","age":0}"#),
    Story(
      name: "an end without a number clears", steps: [.set(ring), .set("event=end")], told: none),
    Story(
      name: "an end with a placeholder for a number clears",
      steps: [.set(ring), .set("event=disconnected&tel=$remote")], told: none),
    Story(
      name: "an end with the same number in another spelling clears",
      steps: [.set(ring), .set("event=hangup&tel=sip:03.88.20.21.22@pbx")], told: none),
    Story(
      name: "an end with the same id clears",
      steps: [.set(ring + "&id=7"), .set("event=end&tel=0199004567&id=7")], told: none),
    Story(
      name: "the end of another call does nothing",
      steps: [.set(ring + "&id=7"), .set("event=end&tel=0199004567&id=8")],
      told: #"{"tel":"0388202122","event":"ring","id":"7","age":0}"#),
    Story(
      name: "a withheld end of a known caller does nothing",
      steps: [.set(ring), .set("event=end&tel=anonymous")],
      told: #"{"tel":"0388202122","event":"ring","id":"N","age":0}"#),
    Story(
      name: "a withheld end of a withheld caller clears",
      steps: [.set("event=ring"), .set("event=missed&tel=anonymous")], told: none),
    Story(
      name: "an answer that says no number is the answer of what rings",
      steps: [
        .set(ring + "&id=7&name=Marie&direction=incoming"), .wait(5), .set("event=established"),
        .wait(2),
      ],
      told:
        #"{"tel":"0388202122","event":"answer","id":"7","age":2,"name":"Marie","direction":"in"}"#),
    Story(
      name: "an answer that says nothing of a call that has gone is withheld",
      steps: [.set(ring), .wait(61), .set("event=answer")],
      told: #"{"tel":"anonymous","event":"answer","id":"N","age":0}"#),
    Story(
      name: "an outgoing call says so",
      steps: [.set("tel=0388202122&event=answer&direction=out&id=9")],
      told: #"{"tel":"0388202122","event":"answer","id":"9","age":0,"direction":"out"}"#),
  ]

  @Test(arguments: stories, Place.allCases)
  func aStoryEndsAsItShould(story: Story, place: Place) async throws {
    try await withRelay(in: place) { relay async throws in
      let told = try await Self.tell(story.steps, to: relay)
      #expect(told == story.told)
    }
  }

  /// What the relay tells after these steps.
  private static func tell(_ steps: [Step], to relay: RelayClient) async throws -> String {
    for step in steps {
      switch step {
      case .set(let query): try await relay.set("telorg=1024&\(query)")
      case .wait(let seconds): try await relay.wait(seconds: seconds)
      }
    }
    return try await relay.get()
  }

  /// Whether two reports one after the other are of one call, by the id that the relay gives it.
  @Test(
    arguments: [
      (ring, 0, ring, true),
      (ring, 9, ring, true),
      (ring, 11, ring, false),
      (ring, 30, "tel=0388202122&event=answer", true),
      (ring, 30, "event=answer", true),
      ("tel=0388202122&event=answer", 5, ring, false),
      (ring, 0, "tel=0199004567&event=ring", false),
      (ring, 0, "event=ring", false),
      ("event=ring", 5, "event=ring", true),
      (ring + "&id=7", 0, ring + "&id=8", false),
      (ring, 3, "tel=0388202122&event=answer&id=7", true),
    ] as [(String, Int64, String, Bool)], Place.allCases)
  func aCallKeepsItsId(_ reports: (String, Int64, String, Bool), place: Place) async throws {
    let (first, seconds, second, same) = reports
    try await withRelay(in: place) { relay async throws in
      try await relay.set("telorg=1024&\(first)")
      let before = try #require(try await Self.id(relay))
      try await relay.wait(seconds: seconds)
      try await relay.set("telorg=1024&\(second)")
      let after = try #require(try await Self.id(relay))
      #expect((before == after) == same)
    }
  }

  /// To the millisecond, which Redis's own clock does not let a test choose.
  @Test func ringsTenSecondsApartAreOneCall() async throws {
    try await withRelay { relay async throws in
      var ids: Set<Substring?> = []
      for _ in 1...4 {
        try await relay.set("telorg=1024&\(Self.ring)")
        try await relay.wait(seconds: 10)
        ids.insert(try await Self.id(relay))
      }
      #expect(ids.count == 1)
    }
  }

  /// The id of the station's call.
  private static func id(_ relay: RelayClient) async throws -> Substring? {
    let answer = try await relay.ask("\(RelayClient.prefix)getevent?telorg=1024")
    return answer.body.firstMatch(of: /"id":"([^"]+)"/)?.1
  }

  @Test(arguments: Place.allCases)
  func eachValueIsHandedOutOnceWhereThatIsAsked(place: Place) async throws {
    try await withRelay(options { $0.deliversOnce = true }, in: place) {
      relay async throws in
      try await relay.set("telorg=1024&tel=0388202122")
      let head = try await relay.ask("\(RelayClient.prefix)getevent?telorg=1024", "HEAD")
      #expect(head.status == 200)
      #expect(try await relay.get().hasPrefix(#"{"tel":"0388202122","event":"ring""#))
      #expect(try await relay.get() == Self.none)
      try await relay.set("telorg=1024&event=answer")
      #expect(try await relay.get().hasPrefix(#"{"tel":"0388202122","event":"answer""#))
      #expect(try await relay.get() == Self.none)
    }
  }
}

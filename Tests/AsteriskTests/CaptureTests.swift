import Asterisk
import Foundation
import Telephony
import TestSupport
import Testing

/// What a real Asterisk said of one call each, and what is made of it: 22.10.1 with PJSIP, 20.20.1 with SIP.
struct CaptureTests {
  /// A call, the station that is followed, and its story.
  struct Story: Sendable, CustomTestStringConvertible {
    var capture: String
    var station = "1024"
    var names: [String] = []
    var technology = "PJSIP"
    var events: [String]

    var testDescription: String { "\(capture) at \(station)" }
  }

  static let stories = recorded + pjsip

  private static let recorded = [
    Story(
      capture: "answered",
      events: [
        "ring in 03 88 20 21 22 Dupont SA", "answer in 03 88 20 21 22 Dupont SA",
        "end normal in 03 88 20 21 22 Dupont SA",
      ]),
    Story(
      capture: "cancelled",
      events: [
        "ring in 03 88 20 21 22 Dupont SA", "end missed in 03 88 20 21 22 Dupont SA",
      ]),
    Story(
      capture: "group-answered-elsewhere",
      events: [
        "ring in 03 88 20 21 22 Dupont SA", "end elsewhere in 03 88 20 21 22 Dupont SA",
      ]),
    Story(
      capture: "group-answered-elsewhere", station: "1025",
      events: [
        "ring in 03 88 20 21 22 Dupont SA", "answer in 03 88 20 21 22 Dupont SA",
        "end normal in 03 88 20 21 22 Dupont SA",
      ]),
    // Two telephones of one operator: one call.
    Story(
      capture: "group-answered-elsewhere", names: ["1024", "1025"],
      events: [
        "ring in 03 88 20 21 22 Dupont SA", "answer in 03 88 20 21 22 Dupont SA",
        "end normal in 03 88 20 21 22 Dupont SA",
      ]),
    Story(
      capture: "outgoing",
      events: [
        "ring out 03 88 20 21 22", "answer out 03 88 20 21 22", "end normal out 03 88 20 21 22",
      ]),
    Story(capture: "outgoing", station: "1025", events: []),
    // The station did not pick up: no call of anybody.
    // Not taken: nothing but the end of a ring that other sources may have told of.
    Story(capture: "originate", events: ["end normal out withheld"]),
    Story(capture: "blind", events: whole(trunk)),
    Story(capture: "blind", station: "1025", events: whole(trunk)),
    // A colleague whose number is everybody's, then the caller whom he puts through.
    Story(
      capture: "attended-shared",
      events: [
        "ring in withheld", "answer in withheld", "answer in \(trunk)", "end normal in \(trunk)",
      ]),
    Story(
      capture: "attended-shared", station: "1025",
      events: [
        "ring in \(trunk)", "answer in \(trunk)", "ring out 1024", "answer out 1024",
        "end normal in \(trunk)", "end normal out 1024",
      ]),
    Story(capture: "pickup-group", events: ["answer in \(trunk)", "end normal in \(trunk)"]),
    Story(
      capture: "pickup-group", station: "1025",
      events: ["ring in \(trunk)", "end elsewhere in \(trunk)"]),
    Story(capture: "pickup-ours", events: ["ring in \(trunk)", "end elsewhere in \(trunk)"]),
    Story(
      capture: "pickup-ours", station: "1025",
      events: ["answer in \(trunk)", "end normal in \(trunk)"]),
    // One's own second telephone fetched it.
    Story(capture: "pickup-ours", names: ["1024", "1025"], events: whole(trunk)),
    // The parking place is dialled, and turns out to be who was parked there.
    Story(
      capture: "park",
      events: whole(trunk) + [
        "ring out 71", "answer out 71", "answer in \(trunk)", "end normal in \(trunk)",
      ]),
    Story(capture: "park", station: "1025", events: []),
    Story(capture: "followme-local", events: ["ring in \(trunk)", "end missed in \(trunk)"]),
    Story(capture: "followme-local", station: "1025", events: []),
    Story(
      capture: "station-to-station-shared",
      events: ["ring in withheld", "answer in withheld", "end normal in withheld"]),
    Story(
      capture: "station-to-station-shared", station: "1025",
      events: ["ring out 1024", "answer out 1024", "end normal out 1024"]),
    Story(
      capture: "names",
      events: ["ring in \(quoted)", "end missed in \(quoted)"]),
    Story(capture: "names", station: "1025", events: []),
    // The caller's own telephone puts the station through to 1026.
    Story(
      capture: "put-through-by-caller", technology: "SIP",
      events: whole(dupont) + ["ring out 1026", "answer out 1026", "end normal out 1026"]),
    // Who was called does.
    Story(
      capture: "put-through-outgoing", technology: "SIP",
      events: calling("1025") + calling("1026")),
    // Who was called asks a third one, and joins both.
    Story(
      capture: "joined-by-called", technology: "SIP",
      events: calling("1025") + ["answer out 1026 Chef", "end normal out 1026 Chef"]),
    // A program calls by way of a `Local` channel, which Asterisk takes out of the way.
    Story(
      capture: "program-local", technology: "SIP",
      events: calling("03 88 20 21 22")),
    // An agent of a call centre, who stays on one call all day, and is given callers.
    Story(
      capture: "agent", technology: "SIP",
      events: [
        "answer out *77", "end normal out *77", "answer in \(dupont)", "end normal in \(dupont)",
        "answer in 01 99 00 22 22 Muller", "end normal in 01 99 00 22 22 Muller",
      ]),
  ]

  static let trunk = "01 99 00 11 11 Dupont trunk"
  static let dupont = "01 99 00 11 11 Dupont"
  private static let quoted = "01 99 00 44 44 Société \"Élan, L'Été\": Müller & fils"

  /// A call that rings, is answered, and ends.
  static func whole(_ caller: String) -> [String] {
    ["ring in \(caller)", "answer in \(caller)", "end normal in \(caller)"]
  }

  /// A call that the station makes, which is answered, and ends.
  static func calling(_ number: String) -> [String] {
    ["ring out \(number)", "answer out \(number)", "end normal out \(number)"]
  }

  /// The bytes of a capture, without what answers actions.
  static func bytes(_ name: String) throws -> [UInt8] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    if name == "originate" {
      let text = try String(
        contentsOf: folder.appending(path: "Captures/login-ping-originate.ami"), encoding: .utf8)
      let start = try #require(text.firstRange(of: "Event: Newchannel"))
      let end = try #require(text.firstRange(of: "Response: Goodbye"))
      return Array(text[start.lowerBound..<end.lowerBound].utf8)
    }
    return Array(try Data(contentsOf: folder.appending(path: "Captures/\(name).ami")))
  }

  @Test(arguments: stories)
  func isUnderstood(story: Story) async throws {
    let followed = try await FollowedStation.connected(
      station: story.station, names: story.names, technology: story.technology)
    try await followed.manager.play(try Self.bytes(story.capture))
    try await followed.arrived()
    #expect(followed.story == story.events)
    let events = followed.events
    #expect(events.allSatisfy { $0.station == story.station && $0.source.name == "asterisk" })
    try await followed.stop()
  }

  /// Whatever the dialplan does before it rings the station, and by way of `Local` channels.
  @Test(arguments: [
    ("voicemail-behind-local", "101", "632"),
    ("queue-rounds", "102", "600"),
  ])
  func theNumberThatWasCalledIsTold(capture: String, station: String, called: String) async throws {
    let followed = try await FollowedStation.connected(station: station)
    try await followed.manager.play(try Self.bytes(capture))
    try await followed.arrived()
    #expect(followed.events.last?.called == called)
    try await followed.stop()
  }

  @Test(arguments: stories.filter { ["cancelled", "outgoing"].contains($0.capture) })
  func isUnderstoodByteByByte(story: Story) throws {
    var played = PlayedSession(station: story.station, names: story.names)
    for byte in try Self.bytes(story.capture) { played.hear([byte]) }
    #expect(played.story() == story.events)
  }

  @Test func isUnderstoodInTwoPiecesOfAnySizes() throws {
    let bytes = try Self.bytes("outgoing")
    let expected = try #require(Self.stories.first { $0.capture == "outgoing" }?.events)
    // At each place within a line.
    for cut in stride(from: 1, to: bytes.count, by: 11) {
      var played = PlayedSession()
      played.hear(bytes[..<cut])
      played.hear(bytes[cut...])
      let story = played.story()
      guard story == expected else {
        Issue.record("cut at \(cut): \(story)")
        break
      }
    }
  }

  /// The server's half of a whole session: greeting, login, ping, list, a call that was asked for.
  @Test func aRecordedSessionIsFollowed() async throws {
    let text = String(
      decoding: try Data(contentsOf: Self.file("login-ping-originate")), as: UTF8.self)
    let messages = text.replacing("11.0.0\r\n", with: "11.0.0\r\n\r\n").split(separator: "\r\n\r\n")
      .map { $0 + "\r\n\r\n" }
    let manager = StandInManager { action in
      let recorded =
        switch action["Action"] {
        case "Login": messages[1...1]
        case "Ping": messages[2...2]
        case "CoreShowChannels": messages[3...4]
        default: messages[5..<messages.count - 1]
        }
      return recorded.joined().replacing(/ActionID: \d/) { _ in
        "ActionID: \(action["ActionID"] ?? "")"
      }
    }
    let followed = try await FollowedStation.connected(manager)
    #expect(followed.health == [.up])
    await #expect(throws: DialError("PJSIP/1024 did not pick up: call again")) {
      try await followed.source.dial(try #require(DialledNumber("0388202122")))
    }
    try await followed.arrived()
    #expect(followed.story == ["end normal out withheld"])
    try await followed.stop()
  }

  private static func file(_ name: String) -> URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(
      path: "Captures/\(name).ami")
  }
}

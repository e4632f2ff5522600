import LauncherSupport
import PhoneNumbers
import Telephony
import TestSupport
import Testing
import TrafficTrace

@testable import FritzBox

/// What the lines of a call monitor say, one day after the other.
struct StoryTests {
  struct Story: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var numbers: [String] = []
    var extensions: [String] = []
    let lines: [String]
    let told: [String]
  }

  private static let anna = "+496990009123"
  private static let bert = "+496990009124"
  /// Anna calls the box.
  private static let ring = "RING;0;06990009123;493023125012;SIP0;"

  /// A window that follows another one within the second counts from one again.
  @Test func callsOfTwoWindowsHaveDifferentNames() {
    var (first, second) = (PlayedMonitor(), PlayedMonitor())
    second.now = second.now + 300
    first.hear([Self.ring])
    second.hear(["RING;0;06990009124;493023125012;SIP0;"])
    #expect(first.events.first?.callID != nil)
    #expect(first.events.first?.callID != second.events.first?.callID)
  }

  static let stories = [
    Story(
      testDescription: "a call is answered and ended",
      lines: [ring, "+8", "CONNECT;0;10;06990009123;", "+71", "DISCONNECT;0;71;"],
      told: ["ring in \(anna)", "answer in \(anna)", "end normal in \(anna)"]),
    Story(
      testDescription: "nobody answers", lines: [ring, "+20", "DISCONNECT;0;0;"],
      told: ["ring in \(anna)", "end missed in \(anna)"]),
    Story(
      testDescription: "withheld",
      lines: ["RING;0;;493023125012;SIP1;", "CONNECT;0;10;;", "DISCONNECT;0;1;"],
      told: ["ring in withheld", "answer in withheld", "end normal in withheld"]),
    Story(
      testDescription: "outgoing, and busy there",
      lines: [
        "CALL;1;10;23125012;06990009123;SIP0;", "CONNECT;1;10;06990009123;", "DISCONNECT;1;3;",
        "CALL;1;10;23125012;06990009124#;SIP0;", "DISCONNECT;1;0;",
      ],
      told: [
        "ring out \(anna)", "answer out \(anna)", "end normal out \(anna)", "ring out \(bert)",
        "end normal out \(bert)",
      ]),
    Story(
      testDescription: "the answering machine takes it, and the operator from the machine",
      lines: [ring, "CONNECT;0;40;06990009123;", "CONNECT;0;10;06990009123;", "DISCONNECT;0;9;"],
      told: [
        "ring in \(anna)", "end missed in \(anna)", "answer in \(anna)", "end normal in \(anna)",
      ]),
    Story(
      testDescription: "the machine takes it, and a colleague from the machine",
      extensions: ["10"],
      lines: [
        ring, "CONNECT;0;40;06990009123;", "CONNECT;0;41;06990009123;", "CONNECT;0;11;06990009123;",
        "DISCONNECT;0;9;",
      ],
      told: ["ring in \(anna)", "end missed in \(anna)", "end elsewhere in \(anna)"]),
    Story(
      testDescription: "a colleague takes it", extensions: ["10"],
      lines: [ring, "CONNECT;0;11;06990009123;", "DISCONNECT;0;9;"],
      told: ["ring in \(anna)", "end elsewhere in \(anna)"]),
    Story(
      testDescription: "a colleague takes it and gives it on, and gets it back",
      extensions: ["610"],
      lines: [
        ring, "CONNECT;0;11;06990009123;", "CONNECT;0;10;06990009123;", "CONNECT;0;11;06990009123;",
        "DISCONNECT;0;9;",
      ],
      told: [
        "ring in \(anna)", "end elsewhere in \(anna)", "answer in \(anna)", "end normal in \(anna)",
      ]),
    Story(
      testDescription: "the operator calls by a colleague's number, in vain",
      numbers: ["030 23125013"], extensions: ["10"],
      lines: ["CALL;1;10;23125012;06990009123;SIP0;", "DISCONNECT;1;0;"],
      told: ["ring out \(anna)", "end normal out \(anna)"]),
    Story(
      testDescription: "a colleague calls somebody", extensions: ["10"],
      lines: [
        "CALL;1;11;23125012;06990009123;SIP0;", "CONNECT;1;11;06990009123;", "DISCONNECT;1;3;",
      ],
      told: []),
    Story(
      testDescription: "another number of the box", numbers: ["030 23125012"],
      lines: [
        "RING;0;06990009123;493023125013;SIP1;", "CONNECT;0;10;06990009123;", "DISCONNECT;0;7;",
        "RING;0;06990009124;23125012;SIP0;", "DISCONNECT;0;0;",
      ],
      told: ["ring in \(bert)", "end missed in \(bert)"]),
    Story(
      testDescription: "a call of another number is picked up", numbers: ["sip0"],
      extensions: ["10"],
      lines: [
        "RING;0;06990009123;493023125013;SIP1;", "CONNECT;0;10;06990009123;", "DISCONNECT;0;7;",
        "RING;0;06990009124;493023125012;SIP0;",
      ],
      told: ["answer in \(anna)", "end normal in \(anna)", "ring in \(bert)"]),
    Story(
      testDescription: "two at once, and the number of the first is used again",
      lines: [
        ring, "CONNECT;0;10;06990009123;", "RING;1;06990009124;493023125012;SIP0;",
        "DISCONNECT;0;4;", "RING;0;06990009123;493023125012;SIP0;", "DISCONNECT;1;0;",
        "CONNECT;0;10;06990009123;", "DISCONNECT;0;2;",
      ],
      told: [
        "ring in \(anna)", "answer in \(anna)", "ring in \(bert)", "end normal in \(anna)",
        "ring in \(anna)", "end missed in \(bert)", "answer in \(anna)", "end normal in \(anna)",
      ]),
    Story(
      testDescription: "the same line twice",
      lines: [ring, ring, "DISCONNECT;0;0;", "DISCONNECT;0;0;"],
      told: ["ring in \(anna)", "end missed in \(anna)"]),
    Story(
      testDescription: "a call that began before the connection",
      lines: ["CONNECT;3;10;06990009123;", "DISCONNECT;3;5;", "DISCONNECT;2;5;"],
      told: ["answer ? \(anna)", "end normal ? \(anna)"]),
    Story(
      testDescription: "one that rang before the connection, and of which nobody knows",
      lines: ["DISCONNECT;3;0;", "DISCONNECT;3;0;", ring, "DISCONNECT;1;0;", "DISCONNECT;0;0;"],
      told: ["end missed ? withheld", "ring in \(anna)", "end missed in \(anna)"]),
    Story(
      testDescription: "one that began before, which the machine or a colleague takes",
      extensions: ["10"],
      lines: ["CONNECT;3;40;06990009123;", "CONNECT;2;11;06990009124;", "DISCONNECT;2;5;"],
      told: ["end missed in \(anna)"]),
    Story(
      testDescription: "a ring goes on",
      lines: [ring, "+60", "+30", "+30", "DISCONNECT;0;0;", "+90"],
      told: ["ring in \(anna)", "ring in \(anna)", "ring in \(anna)", "end missed in \(anna)"]),
    Story(
      testDescription: "a connection is lost in the middle of a call",
      lines: [ring, "CONNECT;0;10;06990009123;", "+10", "x5", "+10", "DISCONNECT;0;25;"],
      told: ["ring in \(anna)", "answer in \(anna)", "end normal in \(anna)"]),
    Story(
      testDescription: "one call ends and another begins while there is no connection",
      lines: [
        ring, "CONNECT;0;10;06990009123;", "+10", "x30", "+1", "DISCONNECT;0;6;", "+5",
        "RING;0;06990009124;493023125012;SIP0;",
      ],
      told: ["ring in \(anna)", "answer in \(anna)", "end lost in \(anna)", "ring in \(bert)"]),
    Story(
      testDescription: "another call is answered after a break",
      lines: [ring, "x20", "CONNECT;0;10;06990009124;", "DISCONNECT;0;6;"],
      told: ["ring in \(anna)", "vanish in \(anna)", "answer ? \(bert)", "end normal ? \(bert)"]),
    Story(
      testDescription: "the next call has the number of one whose end was lost",
      lines: [
        ring, "CONNECT;0;10;06990009123;", "+60", "RING;0;06990009124;493023125012;SIP0;",
        "DISCONNECT;0;0;",
      ],
      told: [
        "ring in \(anna)", "answer in \(anna)", "end lost in \(anna)", "ring in \(bert)",
        "end missed in \(bert)",
      ]),
    Story(
      testDescription: "an answer is lost", lines: [ring, "+30", "DISCONNECT;0;20;"],
      told: ["ring in \(anna)", "answer in \(anna)", "end normal in \(anna)"]),
    Story(
      testDescription: "an answer is lost where there are colleagues", extensions: ["10"],
      lines: [ring, "+30", "DISCONNECT;0;20;"],
      told: ["ring in \(anna)", "end elsewhere in \(anna)"]),
    Story(
      testDescription: "the connection is gone for long",
      lines: [ring, "CONNECT;0;10;06990009123;", "RING;1;06990009124;493023125012;SIP0;", "x90"],
      told: [
        "ring in \(anna)", "answer in \(anna)", "ring in \(bert)", "end lost in \(anna)",
        "vanish in \(bert)",
      ]),
    Story(
      testDescription: "the box passes a call on, to a mobile for one", extensions: ["10"],
      lines: [
        ring, "CALL;1;;23125012;06990009124;SIP0;", "CONNECT;1;;06990009124;",
        "CONNECT;0;;06990009123;", "DISCONNECT;1;5;", "DISCONNECT;0;5;",
      ],
      told: ["ring in \(anna)", "end elsewhere in \(anna)"]),
    Story(
      testDescription: "codes before what is dialled",
      lines: [
        "CALL;0;10;23125012;*121#06990009123;SIP0;", "CALL;1;10;23125012;*31#06990009124;SIP0;",
      ],
      told: ["ring out \(anna)", "ring out \(bert)"]),
  ]

  @Test(arguments: stories)
  func theLinesTell(story: Story) {
    var played = PlayedMonitor(numbers: story.numbers, extensions: story.extensions)
    played.hear(story.lines)
    #expect(played.story == story.told)
    #expect(played.isUp && played.outages.isEmpty)
    #expect(Set(played.events.map(\.station)).isSubset(of: ["24"]))
  }

  /// A trace is played to the same session.
  @Test func aTraceTellsTheSame() {
    let monitor = FritzBoxMonitor(address: "fritz.box")
    let driver = FritzBoxDriver(
      monitor, station: "24", plan: NumberPlan(region: "DE"), now: { Moment(milliseconds: 0) })
    var player = driver.player(of: [])
    let start = Moment(milliseconds: 0)
    let pieces: [(Trace.Mark, String)] = [
      (.event, "start"), (.event, "linked 192.0.2.10:40112"),
      (.piece, PlayedMonitor.dated(Self.ring, start) + "\r\n"), (.event, "wake"),
      (.event, "unlinked it closed the connection"), (.event, "unlinked Connection refused"),
      (.event, "unlinked Connection refused"),
    ]
    let events = pieces.enumerated().flatMap { place, piece in
      let time = Int64(place) * 60_000
      return player.play(
        TraceLine(time: time, source: driver.id, mark: piece.0, bytes: Array(piece.1.utf8)),
        at: start + time)
    }
    #expect(events.map(\.what) == ["ring", "ring", "vanish"])
  }

  /// What a machine took and the operator fetched was not missed: one call, answered.
  @Test func whatIsFetchedFromAMachineIsOneCall() {
    var played = PlayedMonitor()
    played.hear([
      Self.ring, "CONNECT;0;40;06990009123;", "+5", "CONNECT;0;10;06990009123;", "+5",
      "DISCONNECT;0;10;",
    ])
    var calls = CallList()
    for event in played.events { _ = calls.apply(event) }
    #expect(calls[Call.ID(serial: 1)].map { [$0.outcome] } == [.answered])
    #expect(calls[Call.ID(serial: 1)]?.duration == 5 && calls[Call.ID(serial: 2)] == nil)
  }

  @Test func timesAreTheWindows() throws {
    var played = PlayedMonitor()
    let start = played.now
    played.hear(Array("01.01.70 01:00:09;RING;0;06990009123;493023125012;SIP0;\n".utf8))
    played.hear(["+30", "DISCONNECT;0;20;"])
    #expect(played.events.map { $0.at - start } == [0, 10_000, 30_000])
    let event = try #require(played.events.first)
    #expect(event.called == "493023125012")
    #expect(event.line == "SIP0")
  }

  /// Wherever a connection breaks, whole lines tell what they tell, and the rest tells nothing wrong.
  @Test(arguments: [[], ["10"]])
  func aBreakAtEveryByte(extensions: [String]) {
    let lines = [
      Self.ring, "RING;1;06990009124;493023125012;SIP0;", "CONNECT;0;10;06990009123;",
      "CONNECT;1;11;06990009124;", "DISCONNECT;0;0;", "DISCONNECT;1;0;",
    ]
    let start = PlayedMonitor().now
    let bytes = Array(lines.map { PlayedMonitor.dated($0, start) + "\r\n" }.joined().utf8)
    for place in 0...bytes.count {
      var played = PlayedMonitor(extensions: extensions)
      played.hear(bytes[..<place])
      played.reconnect(after: 1)
      played.hear(bytes[place...])
      for id in Set(played.events.map(\.callID)) {
        let own = played.events.filter { $0.callID == id }
        #expect(Set(own.map(\.caller.identity)).count == 1)
        let ends = own.indices.filter { if case .end = own[$0].kind { true } else { false } }
        #expect(ends.isEmpty || ends == [own.count - 1], "\(place): \(played.story)")
      }
      #expect(played.outages.isEmpty || place > 0)
    }
  }
}

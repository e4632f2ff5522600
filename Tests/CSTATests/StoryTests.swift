import LauncherSupport
import PhoneNumbers
import Telephony
import TestSupport
import Testing
import TrafficTrace

@testable import CSTA

/// What a switch's events say, one call after the other.
struct StoryTests {
  struct Story: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let lines: [String]
    let told: [String]
  }

  private static let anna = "01 99 00 11 11"
  private static let bert = "02 61 91 22 22"
  /// Anna calls the operator.
  private static let ring =
    "delivered 901 at=1024 from=0199001111 to=1024 local=alerting cause=newCall"
  private static let answer = "established 901 at=1024 from=0199001111 to=1024 local=connected"
  private static let end = "cleared 901 at=1024 local=null cause=normalClearing"
  /// The operator calls Bert.
  private static let call = [
    "service 902 at=1024 local=initiated",
    "originated 902 at=1024 from=1024 to=0261912222 local=connected",
    "delivered 902 at=0261912222 from=1024 to=0261912222 local=connected",
  ]

  static let incoming = [
    Story(
      testDescription: "a call is answered and ended", lines: [ring, answer, end],
      told: ["ring in \(anna)", "answer in \(anna)", "end normal in \(anna)"]),
    Story(
      testDescription: "the caller gives up",
      lines: [ring, "cleared 901 at=0199001111 local=alerting", end],
      told: ["ring in \(anna)", "end missed in \(anna)"]),
    Story(
      testDescription: "the whole call is cleared", lines: [ring, "over 901 cause=callCancelled"],
      told: ["ring in \(anna)", "end missed in \(anna)"]),
    Story(
      testDescription: "a colleague of the group takes it",
      lines: [ring, "established 901 at=1025 from=0199001111 local=alerting", end],
      told: ["ring in \(anna)", "end elsewhere in \(anna)"]),
    Story(
      testDescription: "a colleague picks it up",
      lines: [ring, "diverted 901 at=1024 new=1025 local=null cause=callPickup"],
      told: ["ring in \(anna)", "end elsewhere in \(anna)"]),
    Story(
      testDescription: "nobody answers, and it goes to the voice mail",
      lines: [ring, "diverted 901 at=1024 new=1900 local=null cause=callForwardNoAnswer"],
      told: ["ring in \(anna)", "end missed in \(anna)"]),
    Story(
      testDescription: "several of a group ring",
      lines: [
        ring, "delivered 901 at=1025 from=0199001111 local=alerting", answer,
        "cleared 901 at=1025 local=connected cause=multipleAlerting", end,
      ],
      told: ["ring in \(anna)", "answer in \(anna)", "end normal in \(anna)"]),
    Story(
      testDescription: "withheld, by three words",
      lines: [
        "delivered 1 at=1024 from=restricted to=1024 local=alerting",
        "cleared 1 at=1024 local=null",
        "delivered 2 at=1024 from=notKnown to=1024 local=alerting", "cleared 2 at=1024 local=null",
        "delivered 3 at=1024 to=1024 local=alerting", "cleared 3 at=1024 local=null",
      ],
      told: Array(repeating: ["ring in withheld", "end missed in withheld"], count: 3).flatMap {
        $0
      }),
    Story(
      testDescription: "who calls is told later, or by the network",
      lines: [
        "delivered 901 at=1024 from=notKnown to=1024 local=alerting", ring,
        "delivered 3 at=1024 from=notRequired net=0261912222 to=1024 local=alerting",
      ],
      told: ["ring in withheld", "ring in \(anna)", "ring in \(bert)"]),
    Story(
      testDescription: "a switch that tells no state of the device",
      lines: [
        "delivered 901 at=1024 from=0199001111 to=1024",
        "established 901 at=1024 from=0199001111 to=1024", "cleared 901 at=0199001111",
        "cleared 901 at=1024",
      ],
      told: ["ring in \(anna)", "answer in \(anna)", "end normal in \(anna)"]),
    Story(
      testDescription: "the telephone is busy",
      lines: [
        "failed 901 at=1024 from=0199001111 to=1024 local=fail cause=busy"
      ], told: ["end missed in \(anna)"]),
    Story(
      testDescription: "the caller hangs up, and the telephone hears a tone",
      lines: [ring, answer, "failed 901 at=1024 local=fail cause=normalClearing", end],
      told: ["ring in \(anna)", "answer in \(anna)", "end normal in \(anna)"]),
    Story(
      testDescription: "a second call while the first goes on",
      lines: [
        ring, answer, "delivered 903 at=1024 from=0261912222 to=1024 local=alerting",
        "held 901 at=1024 local=hold", "established 903 at=1024 from=0261912222 local=connected",
        "cleared 903 at=1024 local=null", "retrieved 901 at=1024 local=connected", end,
      ],
      told: [
        "ring in \(anna)", "answer in \(anna)", "ring in \(bert)", "answer in \(bert)",
        "end normal in \(bert)", "end normal in \(anna)",
      ]),
    Story(
      testDescription: "the operator picks up a colleague's call",
      lines: [
        "established 901 at=1024 from=0199001111 to=1025 local=connected cause=callPickup", end,
      ],
      told: ["answer in \(anna)", "end normal in \(anna)"]),
    Story(
      testDescription: "the operator picks up by a code",
      lines: [
        "originated 901 at=1024 from=1024 to=*8 local=connected",
        "established 901 at=1024 from=0199001111 to=1025 local=connected cause=callPickup", end,
      ],
      told: ["answer in \(anna)", "end normal in \(anna)"]),
    Story(
      testDescription: "the same call rings again, as after a hold of the switch",
      lines: [ring, "diverted 901 at=1024 local=null cause=redirected", ring, end],
      told: [
        "ring in \(anna)", "end missed in \(anna)", "ring in \(anna)", "end missed in \(anna)",
      ]),
    Story(
      testDescription: "events of another monitor, of no call, and unknown ones",
      lines: [
        "delivered 7 monitor=6 at=1024 from=0199001111 local=alerting", "strange 8 at=1024", end,
        "established 9 at=1025 from=0199001111 local=null", "held 9 at=1025 local=null",
      ], told: []),
  ]

  static let outgoing = [
    Story(
      testDescription: "Bert answers",
      lines: call + [
        "established 902 at=0261912222 from=1024 to=0261912222 local=connected",
        "cleared 902 at=0261912222 local=connected", "cleared 902 at=1024 local=null",
      ],
      told: ["ring out \(bert)", "answer out \(bert)", "end normal out \(bert)"]),
    Story(
      testDescription: "Bert is busy",
      lines: call.dropLast() + [
        "failed 902 at=0261912222 from=1024 to=0261912222 local=connected cause=busy",
        "cleared 902 at=1024 local=null",
      ],
      told: ["ring out \(bert)", "end failed out \(bert)"]),
    Story(
      testDescription: "the operator gives up", lines: call + ["cleared 902 at=1024 local=null"],
      told: ["ring out \(bert)", "end normal out \(bert)"]),
    Story(
      testDescription: "the number is only known when it rings",
      lines: [
        "service 902 at=1024 local=initiated",
        "originated 902 at=1024 from=1024 to=notKnown local=connected",
        "reached 902 at=T1 from=1024 to=0261912222 local=connected",
        "established 902 at=T1 from=1024 to=0261912222 local=connected", "over 902",
      ],
      told: ["ring out \(bert)", "answer out \(bert)", "end normal out \(bert)"]),
    Story(
      testDescription: "a service is called by a code",
      lines: [
        "originated 902 at=1024 from=1024 to=*97 local=connected",
        "established 902 at=1900 from=1024 to=*97 local=connected",
        "cleared 902 at=1024 local=null",
      ],
      told: ["answer out *97", "end normal out *97"]),
    Story(
      testDescription: "the handset is lifted, and put down",
      lines: ["service 902 at=1024 local=initiated", "cleared 902 at=1024 local=null"], told: []),
    Story(
      testDescription: "the switch rings the telephone for a call that a program wants",
      lines: [
        "delivered 902 at=1024 from=1024 to=0261912222 local=alerting cause=makeCall",
        "established 902 at=1024 from=1024 to=0261912222 local=connected",
      ] + call.dropFirst() + ["cleared 902 at=1024 local=null"],
      told: ["other dialled out \(bert)", "ring out \(bert)", "end normal out \(bert)"]),
    Story(
      testDescription: "the telephone is not picked up for it",
      lines: [
        "delivered 902 at=1024 from=1024 to=0261912222 local=alerting cause=makeCall",
        "cleared 902 at=1024 local=null cause=callNotAnswered",
      ],
      told: ["other dialled out \(bert)", "end normal out \(bert)"]),
  ]

  static let several = [
    Story(
      testDescription: "a colleague puts Anna through, after asking",
      lines: [
        "delivered 5 at=1024 from=1025 to=1024 local=alerting",
        "established 5 at=1024 from=1025 to=1024 local=connected",
        "transfer 4 second=5 at=1025 new=1024 local=connected parties=4>5:0199001111,5>5:1024",
        "cleared 5 at=1024 local=null",
      ],
      told: [
        "ring in 1025", "answer in 1025", "end normal in 1025", "answer in \(anna)",
        "end normal in \(anna)",
      ]),
    Story(
      testDescription: "a colleague puts Anna through while it rings",
      lines: [
        "delivered 5 at=1024 from=1025 to=1024 local=alerting",
        "transfer 4 second=5 at=1025 new=1024 local=alerting parties=4>6:0199001111,5>6:1024",
        "established 6 at=1024 from=0199001111 local=connected", "cleared 6 at=1024 local=null",
      ],
      told: ["ring in 1025", "ring in \(anna)", "answer in \(anna)", "end normal in \(anna)"]),
    Story(
      testDescription: "the operator asks a colleague and puts Anna through",
      lines: [
        ring, answer, "held 901 at=1024 local=hold",
        "originated 6 at=1024 from=1024 to=1025 local=connected",
        "delivered 6 at=1025 from=1024 to=1025 local=connected",
        "established 6 at=1025 from=1024 to=1025 local=connected",
        "transfer 901 second=6 at=1024 new=1025 local=null parties=901>7:0199001111,6>7:1025",
      ],
      told: [
        "ring in \(anna)", "answer in \(anna)", "ring out 1025", "answer out 1025",
        "end normal in \(anna)", "end normal out 1025",
      ]),
    Story(
      testDescription: "the operator puts Anna through without asking",
      lines: [ring, answer, "transfer 901 at=1024 new=1025 local=null"],
      told: ["ring in \(anna)", "answer in \(anna)", "end normal in \(anna)"]),
    Story(
      testDescription: "the switchboard puts the operator through to Bert",
      lines: [
        "originated 1 at=1024 from=1024 to=1000 local=connected",
        "established 1 at=1000 from=1024 to=1000 local=connected",
        "transfer 1 second=2 at=1000 new=0261912222 local=connected parties=1>2:1024,2>2:0261912222",
        "cleared 2 at=1024 local=null",
      ],
      told: [
        "ring out 1000", "answer out 1000", "end normal out 1000", "answer out \(bert)",
        "end normal out \(bert)",
      ]),
    Story(
      testDescription: "the operator takes a colleague into the call",
      lines: [
        ring, answer, "held 901 at=1024 local=hold",
        "originated 6 at=1024 from=1024 to=1025 local=connected",
        "established 6 at=1025 from=1024 to=1025 local=connected",
        "conference 901 second=6 at=1024 local=connected parties=901>6:0199001111,6>6:1025",
        "cleared 6 at=1025 local=connected", "cleared 6 at=1024 local=null",
      ],
      told: [
        "ring in \(anna)", "answer in \(anna)", "ring out 1025", "answer out 1025",
        "end normal out 1025", "end normal in \(anna)",
      ]),
    Story(
      testDescription: "one of a conference who is called does not answer",
      lines: [
        ring, answer, "delivered 901 at=1025 from=1024 to=1025 local=connected",
        "failed 901 at=1025 local=connected cause=callNotAnswered", end,
      ],
      told: ["ring in \(anna)", "answer in \(anna)", "end normal in \(anna)"]),
  ]

  @Test(arguments: incoming + outgoing + several)
  func theEventsTell(story: Story) {
    var played = PlayedSwitch.up()
    played.hear(story.lines)
    #expect(played.story == story.told)
    #expect(played.outages.isEmpty)
    #expect(Set(played.events.map(\.station)).isSubset(of: ["1024"]))
    // What ended is not heard of again, and nothing is followed for ever.
    for id in Set(played.events.map(\.callID)) {
      let kinds = played.events.filter { $0.callID == id }.map(\.kind)
      #expect(kinds.dropLast().allSatisfy { if case .end = $0 { false } else { true } })
    }
  }

  /// Who was told as the one who calls, and is not, is replaced.
  @Test func whoIsPutThroughWhileItRingsReplacesTheColleague() {
    var played = PlayedSwitch.up()
    played.hear([
      "delivered 5 at=1024 from=1025 to=1024 local=alerting",
      "transfer 4 second=5 at=1025 new=1024 local=alerting parties=4>6:0199001111,5>6:1024",
    ])
    #expect(played.events.map(\.corrects) == [false, true])
    #expect(Set(played.events.map(\.callID)).count == 1)
  }

  @Test func theNumberOfTheHouseIsTold() {
    var played = PlayedSwitch.up()
    played.hear(["delivered 5 at=1024 from=0199001111 to=0353010011 local=alerting"])
    #expect(played.events.map(\.called) == ["0353010011"])
  }

  /// A trace is played to the same session.
  @Test func aTraceTellsTheSame() {
    let driver = CSTADriver(
      CSTAServer(address: "pbx.example"), station: "1024", plan: NumberPlan(),
      now: { Moment(milliseconds: 0) })
    var player = driver.player(of: [])
    let frame = { (xml: String, number: Int) in
      CSTAFrame(number: number, body: Array(xml.utf8)).encoded ?? []
    }
    let pieces: [(Trace.Mark, [UInt8])] = [
      (.event, Array("start".utf8)), (.event, Array("linked 192.0.2.10:40112".utf8)),
      (
        .piece,
        frame(
          "<MonitorStartResponse><monitorCrossRefID>5</monitorCrossRefID></MonitorStartResponse>", 1
        )
      ),
      (.piece, frame(PlayedSwitch.list(), 2)), (.piece, frame(PlayedSwitch.xml(Self.ring), 9999)),
      (.event, Array("unlinked it closed the connection".utf8)),
      (.event, Array("unlinked Connection refused".utf8)),
    ]
    let events = pieces.enumerated().flatMap { place, piece in
      let time = Int64(place) * 100_000
      return player.play(
        TraceLine(time: time, source: driver.id, mark: piece.0, bytes: piece.1),
        at: Moment(milliseconds: time))
    }
    #expect(events.map(\.what) == ["ring", "vanish"])
  }
}

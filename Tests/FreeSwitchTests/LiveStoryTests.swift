import LauncherSupport
import Telephony
import Testing

@testable import FreeSwitch

/// Stories that a FreeSWITCH 1.10 told, in the lines that count.
struct LiveStoryTests {
  /// An event of a channel; `more` are its further lines.
  struct Event: Sendable {
    let name: String
    let id: String
    let more: [String: String]
  }

  /// An event of a telephone that is called for 01 99 00 11 11.
  private static func called(
    _ name: String, _ id: String = "a", user: String = "1024", state: String,
    _ more: [String: String] = [:]
  ) -> Event {
    let lines = [
      "Channel-Call-UUID": "caller", "Other-Leg-Unique-ID": "caller",
      "Call-Direction": "outbound", "Channel-Presence-ID": "\(user)%40pbx.example",
      "Channel-Call-State": state, "Caller-Caller-ID-Number": "0199001111",
      "Caller-Destination-Number": user,
    ]
    return Event(name: "CHANNEL_" + name, id: id, more: lines.merging(more) { $1 })
  }

  /// The call of 01 99 00 11 11 is connected to the channel.
  private static func bridge(_ id: String = "a") -> Event {
    Event(
      name: "CHANNEL_BRIDGE", id: "caller",
      more: [
        "Bridge-A-Unique-ID": "caller", "Bridge-B-Unique-ID": id, "Call-Direction": "inbound",
        "Caller-Caller-ID-Number": "0199001111", "Other-Leg-Unique-ID": id,
      ])
  }

  private static func story(_ events: [Event]) -> [String] {
    var played = PlayedSession()
    played.logIn()
    for event in events {
      played.event(event.name, event.more.merging(["Unique-ID": event.id]) { first, _ in first })
    }
    return played.story
  }

  private static let sideBySide = [
    "Channel-Call-UUID": "a", "Other-Leg-Unique-ID": "", "variable_originating_leg_uuid": "caller",
  ]
  private static let box = [
    "Channel-Presence-ID": "", "Channel-Name": "loopback/app=voicemail:default pbx.example 1024-a",
  ]
  private static let alone = ["Channel-Call-UUID": "a", "Other-Leg-Unique-ID": ""]
  private static let queue = alone.merging(["variable_fifo_outbound_uuid": "b5f5"]) { $1 }
  private static let waiting = [
    "Channel-Call-UUID": "", "Other-Leg-Unique-ID": "", "variable_fifo_outbound_uuid": "b5f5",
    "variable_fifo_bridge_uuid": "caller",
  ]
  private static let agent = [
    "Channel-Call-UUID": "", "Other-Leg-Unique-ID": "", "variable_cc_side": "agent",
    "variable_cc_member_session_uuid": "caller",
  ]
  private static let key = ["variable_group_confirm_key": "5"]

  @Test(arguments: [
    // A voice mail box takes what nobody took, and is nobody.
    (
      [
        called("CALLSTATE", state: "RINGING"),
        called("HANGUP", state: "RINGING", ["Hangup-Cause": "NO_ANSWER"]),
        called("ANSWER", "b", user: "", state: "EARLY", box),
        Event(
          name: "CHANNEL_BRIDGE", id: "caller",
          more: [
            "Bridge-A-Unique-ID": "caller", "Bridge-B-Unique-ID": "b",
            "Other-Leg-Channel-Name": "loopback/app=voicemail:default pbx.example 1024-a",
          ]),
      ], ["ring", "end missed"]
    ),
    // A queue calls a telephone in nobody's name, and shows who waits.
    (
      [
        called("CREATE", state: "DOWN", queue), called("CALLSTATE", state: "RINGING", alone),
        called("HANGUP", state: "RINGING", ["Hangup-Cause": "NO_ANSWER"]),
      ], ["ring", "end missed"]
    ),
    // Telephones that are called side by side (`:_:`) have calls of their own.
    (
      [
        called("CREATE", state: "DOWN", sideBySide), called("CALLSTATE", state: "RINGING"),
        called("HANGUP", state: "RINGING", ["Hangup-Cause": "LOSE_RACE"]),
      ], ["ring", "end elsewhere"]
    ),
    // Who picks up is asked for a key, and a colleague presses his first.
    (
      [
        called("CREATE", state: "DOWN", key), called("CALLSTATE", state: "RINGING"),
        called("ANSWER", state: "RINGING", key), called("CALLSTATE", state: "ACTIVE"),
        called("HANGUP", state: "ACTIVE", ["Hangup-Cause": "LOSE_RACE"]),
      ], ["ring", "end elsewhere"]
    ),
    (
      [
        called("CREATE", state: "DOWN", key), called("CALLSTATE", state: "RINGING"),
        called("ANSWER", state: "RINGING", key), called("CALLSTATE", state: "ACTIVE"), bridge(),
        called("HANGUP", state: "ACTIVE", ["Hangup-Cause": "NORMAL_CLEARING"]),
      ], ["ring", "answer", "end normal"]
    ),
    // Of two telephones one refuses at once: the other may ring yet.
    (
      [
        called("CREATE", state: "DOWN"), called("CREATE", "b", state: "DOWN"),
        called("HANGUP", state: "HANGUP", ["Hangup-Cause": "USER_BUSY"]),
        called("CALLSTATE", "b", state: "RINGING"), called("ANSWER", "b", state: "ACTIVE"),
        called("HANGUP", "b", state: "ACTIVE", ["Hangup-Cause": "NORMAL_CLEARING"]),
      ], ["ring", "answer", "end normal"]
    ),
    // A queue calls the two telephones of an agent, each in a call of its own.
    (
      [
        called("CREATE", state: "DOWN", agent), called("CREATE", "b", state: "DOWN", agent),
        called("CALLSTATE", state: "RINGING", agent), called("ANSWER", state: "ACTIVE", agent),
        called("HANGUP", "b", state: "DOWN", agent.merging(["Hangup-Cause": "LOSE_RACE"]) { $1 }),
        called("CALLSTATE", state: "ACTIVE"),
        called("HANGUP", state: "ACTIVE", ["Hangup-Cause": "NORMAL_CLEARING"]),
      ], ["ring", "answer", "end normal"]
    ),
    (
      [
        called("CREATE", state: "DOWN", waiting), called("CREATE", "b", state: "DOWN", waiting),
        called("CALLSTATE", state: "RINGING", waiting),
        called("CALLSTATE", "b", state: "RINGING", waiting),
        called("ANSWER", state: "ACTIVE", waiting),
        called(
          "HANGUP", "b", state: "RINGING", waiting.merging(["Hangup-Cause": "LOSE_RACE"]) { $1 }),
        called("HANGUP", state: "ACTIVE", ["Hangup-Cause": "NORMAL_CLEARING"]),
      ], ["ring", "answer", "end normal"]
    ),
    // A colleague picks up what rings at two telephones: one of them is told so, the other that the call is over.
    (
      [
        called("CALLSTATE", state: "RINGING"), called("CALLSTATE", "b", state: "RINGING"),
        called("HANGUP", "b", state: "RINGING", ["Hangup-Cause": "PICKED_OFF"]),
        called("HANGUP", state: "RINGING", ["Hangup-Cause": "ORIGINATOR_CANCEL"]),
      ], ["ring", "end elsewhere"]
    ),
    // A ring that is put through shows what the telephone is registered as.
    (
      [
        called("CREATE", state: "DOWN", ["Caller-Destination-Number": "line-5a91"]),
        called("CALLSTATE", state: "RINGING", ["Caller-Destination-Number": "line-5a91"]),
        called("CALLSTATE", state: "RINGING", ["Caller-Caller-ID-Number": "line-5a91"]),
        called("HANGUP", state: "RINGING", ["Hangup-Cause": "ORIGINATOR_CANCEL"]),
      ], ["ring", "end missed"]
    ),
    // Of two that are called together one is picked up before the other says that it rings.
    (
      [
        called("CREATE", state: "DOWN"), called("CREATE", "b", state: "DOWN"),
        called("CALLSTATE", state: "RINGING"), called("ANSWER", state: "ACTIVE"),
        called("CALLSTATE", "b", state: "RINGING"),
        called("HANGUP", "b", state: "RINGING", ["Hangup-Cause": "LOSE_RACE"]),
        called("HANGUP", state: "ACTIVE", ["Hangup-Cause": "NORMAL_CLEARING"]),
      ], ["ring", "answer", "end normal"]
    ),
  ])
  func isUnderstood(events: [Event], what: [String]) {
    #expect(Self.story(events) == what.map { $0 + " in 01 99 00 11 11" })
  }

  /// Whom the program calls is busy: nothing but the telephone itself says who it was.
  @Test func aProgramsCallToABusyNumberIsOne() {
    let alone = ["Channel-Call-UUID": "a", "Other-Leg-Unique-ID": ""]
    let number = alone.merging(["Caller-Destination-Number": "0639981234"]) { $1 }
    let story = Self.story([
      Self.called("CREATE", state: "DOWN", alone), Self.called("ANSWER", state: "ACTIVE", alone),
      Self.called("CALLSTATE", state: "RING_WAIT", number),
      Self.called("HANGUP", state: "ACTIVE", number.merging(["Hangup-Cause": "USER_BUSY"]) { $1 }),
    ])
    #expect(story == ["ring out 06 39 98 12 34", "end failed out 06 39 98 12 34"])
  }

  /// Each telephone of the station is rung for it, and one is picked up.
  @Test func aProgramsCallRingsAllTelephonesForOne() {
    let alone = ["Channel-Call-UUID": "", "Other-Leg-Unique-ID": ""]
    let number = alone.merging(["Caller-Destination-Number": "0639981234"]) { $1 }
    var played = PlayedSession()
    played.logIn()
    for event in [
      Self.called("CALLSTATE", state: "RINGING", alone),
      Self.called("CALLSTATE", "b", state: "RINGING", alone),
      Self.called("ANSWER", "b", state: "ACTIVE", alone),
      Self.called("HANGUP", state: "RINGING", alone.merging(["Hangup-Cause": "LOSE_RACE"]) { $1 }),
      Self.called("CALLSTATE", "b", state: "RING_WAIT", number),
      Self.called("HANGUP", "b", state: "ACTIVE", number),
    ] {
      played.event(event.name, event.more.merging(["Unique-ID": event.id]) { first, _ in first })
    }
    #expect(played.events.map(\.callID) == ["a", "a", "a"])
    #expect(played.story == ["ring out 06 39 98 12 34", "end normal out 06 39 98 12 34"])
  }

  /// A consultation is put through while it rings: whoever it was that called, nobody else was ever on the line.
  @Test func whoIsPutThroughToARingIsTheOnlyCaller() {
    let colleague = [
      "Channel-Call-UUID": "colleague", "Other-Leg-Unique-ID": "colleague",
      "Caller-Caller-ID-Number": "1025",
    ]
    let events = [
      Self.called("CALLSTATE", state: "RINGING", colleague),
      Self.called("ANSWER", state: "RINGING", colleague), Self.bridge(),
      Self.called("HANGUP", state: "ACTIVE", ["Hangup-Cause": "NORMAL_CLEARING"]),
    ]
    #expect(
      Self.story(events) == [
        "ring in 1025", "answer in 1025", "answer in 01 99 00 11 11",
        "end normal in 01 99 00 11 11",
      ])
  }

  /// Nothing is heard of the connection at all: the list is looked at once.
  @Test func aConnectionThatIsNotToldIsAskedFor() {
    var played = PlayedSession()
    played.logIn()
    let code = [
      "Unique-ID": "a", "Channel-Call-UUID": "a", "Other-Leg-Unique-ID": "",
      "Call-Direction": "inbound", "Caller-Destination-Number": "6001",
    ]
    let events = [
      Self.called("CREATE", state: "DOWN", code), Self.called("CALLSTATE", state: "RINGING", code),
      Self.called("ANSWER", state: "EARLY", code),
    ]
    for event in events { played.event(event.name, event.more) }
    played.wait(1)
    played.answer(
      """
      {"row_count":2,"rows":[{"uuid":"a","direction":"inbound","callstate":"ACTIVE",\
      "presence_id":"1024@pbx.example","call_uuid":"caller"},{"uuid":"caller","direction":"inbound",\
      "callstate":"ACTIVE","call_uuid":"caller","initial_cid_num":"0199001111"}]}
      """)
    #expect(
      played.story == ["ring out 6001", "answer out 6001", "answer in 01 99 00 11 11"])
    let asked = played.sent.count
    played.wait(5)
    #expect(played.sent.count == asked)
  }

  /// By a code, the station calls a colleague while its caller waits, and goes back to him.
  @Test func aConsultationIsOutgoing() {
    let colleague = [
      "Call-Direction": "outbound", "Other-Leg-Unique-ID": "a",
      "Caller-Destination-Number": "1025", "Caller-Caller-ID-Number": "1024",
    ]
    var events = [
      Self.called("CALLSTATE", state: "RINGING"), Self.called("ANSWER", state: "RINGING"),
      Self.bridge(), Event(name: "CHANNEL_CREATE", id: "colleague", more: colleague),
      Event(
        name: "CHANNEL_BRIDGE", id: "colleague",
        more: colleague.merging([
          "Bridge-A-Unique-ID": "a", "Bridge-B-Unique-ID": "colleague",
        ]) { $1 }),
    ]
    let consultation = [
      "ring in 01 99 00 11 11", "answer in 01 99 00 11 11", "end normal in 01 99 00 11 11",
      "answer out 1025",
    ]
    #expect(Self.story(events) == consultation)
    events.append(Self.bridge())
    #expect(
      Self.story(events) == consultation + ["end normal out 1025", "answer in 01 99 00 11 11"])
  }

  /// The station calls a group that it is in: whoever sees only its telephone is told that nobody calls.
  @Test func theStationRingsForItsOwnCall() {
    var played = PlayedSession()
    played.logIn()
    let calling = [
      "Call-Direction": "inbound", "Other-Leg-Unique-ID": "", "Caller-Destination-Number": "2000",
      "Caller-Caller-ID-Number": "1024",
    ]
    for event in [
      Self.called("CALLSTATE", "caller", state: "RINGING", calling),
      Self.called("CREATE", state: "DOWN", ["Caller-Caller-ID-Number": "1024"]),
      Self.called("CALLSTATE", state: "RINGING", ["Caller-Caller-ID-Number": "1024"]),
    ] {
      played.event(event.name, event.more.merging(["Unique-ID": event.id]) { $1 })
    }
    #expect(played.story == ["ring out 2000"])
    let echoes = played.events.filter { $0.kind == .dialled }
    #expect(echoes.map(\.callID) == ["caller"] && echoes.map(\.systemIDs) == [["a"]])
  }

  /// Dialog state tells of the telephones in an order of its own, and may show who is withheld.
  @Test func allTelephonesThatRingNameTheCall() {
    var played = PlayedSession()
    played.logIn()
    for event in [
      Self.called("CREATE", state: "DOWN"), Self.called("CREATE", "b", state: "DOWN"),
      Self.called("CALLSTATE", state: "RINGING"), Self.called("CALLSTATE", "b", state: "RINGING"),
    ] {
      played.event(event.name, event.more.merging(["Unique-ID": event.id]) { first, _ in first })
    }
    #expect(played.events.map(\.systemIDs) == [["a", "b"]])
  }

  /// A program calls the customer first, and then the station: no number of the house was dialled.
  @Test func whoWasCalledFirstDialledNothing() {
    var played = PlayedSession()
    played.logIn()
    let ring = Self.called("CALLSTATE", state: "RINGING", ["Caller-RDNIS": "0199001111"])
    played.event(ring.name, ring.more.merging(["Unique-ID": "a"]) { $1 })
    #expect(played.events.map(\.called) == [nil])
  }

  /// A code connects within milliseconds, before it can be heard that the two are.
  @Test func aConnectionThatWasNotHeardOfIsSeenLater() {
    let code = [
      "Channel-Call-UUID": "a", "Other-Leg-Unique-ID": "", "Call-Direction": "inbound",
      "Caller-Destination-Number": "*811025", "Caller-Caller-ID-Number": "1024",
    ]
    let caller = Event(
      name: "CALL_UPDATE", id: "caller",
      more: [
        "Call-Direction": "inbound", "Channel-Call-State": "ACTIVE", "Other-Leg-Unique-ID": "a",
        "Caller-Orig-Caller-ID-Number": "0199001111",
      ])
    let events = [
      Self.called("CREATE", state: "DOWN", code), Self.called("ANSWER", state: "EARLY", code),
      caller,
      caller, Self.called("HANGUP", state: "ACTIVE", ["Hangup-Cause": "NORMAL_CLEARING"]),
    ]
    #expect(
      Self.story(events) == ["answer in 01 99 00 11 11", "end normal in 01 99 00 11 11"])
    // Another door tells of the code, and not whom it fetches.
    var played = PlayedSession()
    played.logIn()
    for event in events {
      played.event(event.name, event.more.merging(["Unique-ID": event.id]) { first, _ in first })
    }
    #expect(played.events.map(\.corrects) == [true, false])
  }
}

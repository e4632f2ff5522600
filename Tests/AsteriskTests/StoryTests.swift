import LauncherSupport
import Telephony
import Testing

/// Calls that were not recorded, in the messages that Asterisk's documentation gives for them.
struct StoryTests {
  private let caller = "03 88 20 21 22 Dupont SA"

  @Test func aQueueRingsTheStationAgain() async throws {
    let followed = try await FollowedStation.connected()
    let first = Leg.station("1", in: "c")
    var news = try await followed.hear(
      Leg.trunk("c").goesUp + first.rings + first.dialEnds("NOANSWER") + first.hangsUp())
    #expect(news == ["ring in \(caller)", "end missed in \(caller)"])
    let second = Leg.station("2", in: "c")
    news = try await followed.hear(second.rings + second.goesUp + second.hangsUp())
    #expect(news == ["ring in \(caller)", "answer in \(caller)", "end normal in \(caller)"])
    try await followed.stop()
  }

  @Test func aQueueFindsSomebodyElseAfterwards() async throws {
    let followed = try await FollowedStation.connected()
    let mine = Leg.station("1", in: "c")
    let other = Leg.station("2", in: "c", at: "1025")
    _ = try await followed.hear(mine.rings + mine.hangsUp())
    #expect(try await followed.hear(other.rings + other.goesUp) == ["end elsewhere in \(caller)"])
    #expect(try await followed.hear(other.hangsUp() + Leg.trunk("c").hangsUp()) == [])
    try await followed.stop()
  }

  /// A queue, an announcement or a menu takes the caller before anybody is rung.
  @Test func theCallersOwnChannelIsNobodyElse() async throws {
    let followed = try await FollowedStation.connected()
    let mine = Leg.station("1", in: "c")
    let news = try await followed.hear(
      mine.rings + Leg.trunk("c").goesUp + mine.dialEnds("CANCEL") + mine.hangsUp(cause: 26))
    #expect(news == ["ring in \(caller)", "end missed in \(caller)"])
    try await followed.stop()
  }

  @Test func localChannelsArePlumbing() async throws {
    let followed = try await FollowedStation.connected()
    var local = Leg.station("5", in: "c")
    local.channel = "Local/1024@from-queue-00000001;1"
    let mine = Leg.station("1", in: "c")
    let news = try await followed.hear(
      local.rings + mine.rings + local.goesUp + local.dialEnds("ANSWER") + mine.dialEnds("CANCEL")
        + mine.hangsUp() + local.hangsUp())
    #expect(news == ["ring in \(caller)", "end missed in \(caller)"])
    try await followed.stop()
  }

  @Test(arguments: [(17, "rejected"), (21, "rejected"), (26, "elsewhere"), (19, "missed")])
  func theCauseTellsHowARingEnded(cause: Int, reason: String) async throws {
    let followed = try await FollowedStation.connected()
    let mine = Leg.station("1", in: "c")
    let news = try await followed.hear(mine.rings + mine.hangsUp(cause: cause))
    #expect(news == ["ring in \(caller)", "end \(reason) in \(caller)"])
    try await followed.stop()
  }

  @Test func aSecondCallRingsWhileTheFirstGoesOn() async throws {
    let followed = try await FollowedStation.connected()
    let first = Leg.station("1", in: "c")
    let second = Leg.station("2", in: "d", from: "0199004567", name: "Garage Muller")
    let news = try await followed.hear(
      first.rings + first.goesUp + second.rings + second.dialEnds("CANCEL") + second.hangsUp()
        + first.hangsUp())
    #expect(
      news == [
        "ring in \(caller)", "answer in \(caller)", "ring in 01 99 00 45 67 Garage Muller",
        "end missed in 01 99 00 45 67 Garage Muller", "end normal in \(caller)",
      ])
    try await followed.stop()
  }

  /// A colleague calls, and puts the customer through.
  @Test func whoIsPutThroughIsANewCall() async throws {
    let followed = try await FollowedStation.connected()
    var mine = Leg.station("1", in: "c", from: "1025", name: "Compta")
    _ = try await followed.hear(mine.rings + mine.goesUp)
    mine.connected = "0388202122"
    mine.name = "Dupont SA"
    let news = try await followed.hear(
      mine.event("NewConnectedLine", state: 6) + mine.event("NewConnectedLine", state: 6))
    #expect(news == ["end normal in 1025 Compta", "answer in \(caller)"])
    #expect(try await followed.hear(mine.hangsUp()) == ["end normal in \(caller)"])
    try await followed.stop()
  }

  @Test(arguments: [
    ("<unknown>", "<unknown>", "withheld"), ("", "", "withheld"),
    ("anonymous", "Anonymous", "withheld"),
    ("0388202122", #"Chez \"Léa\" \\ Cie"#, #"03 88 20 21 22 Chez "Léa" \ Cie"#),
    ("0388202122", #"Deux\r\nlignes\n\a"#, "03 88 20 21 22 Deux lignes"),
    ("0388202122", "\u{1B}[2J\u{202E}Mord", "03 88 20 21 22 [2JMord"),
  ])
  func namesAndNumbersAreWhatStrangersWrote(
    number: String, name: String, shown: String
  ) async throws {
    let followed = try await FollowedStation.connected()
    let mine = Leg.station("1", in: "c", from: number, name: name)
    #expect(try await followed.hear(mine.rings) == ["ring in \(shown)"])
    try await followed.stop()
  }

  @Test func aNameInLatin1IsRead() async throws {
    let followed = try await FollowedStation.connected()
    let ring = Leg.station("1", in: "c", name: "Boulangerie L%on").rings
    let bytes = Array(ring.utf8).map { $0 == UInt8(ascii: "%") ? 0xE9 : $0 }
    try await followed.manager.play(bytes)
    try await followed.arrived()
    #expect(followed.story == ["ring in 03 88 20 21 22 Boulangerie Léon"])
    try await followed.stop()
  }

  @Test func anotherTechnologyAndOnlyThisStation() async throws {
    let followed = try await FollowedStation.connected(technology: "SIP")
    var mine = Leg.station("1", in: "c")
    for channel in ["PJSIP/1024-00000001", "SIP/1024-home-00000001", "SIP/10245-00000001"] {
      mine.channel = channel
      #expect(try await followed.hear(mine.rings) == [])
    }
    mine.channel = "SIP/1024-0000000f"
    #expect(try await followed.hear(mine.rings) == ["ring in \(caller)"])
    try await followed.stop()
  }

  @Test func withoutAStationEachIsReportedUnderItsOwnName() async throws {
    let followed = try await FollowedStation.connected(station: nil, names: ["1024", "1025"])
    try await followed.manager.play(
      Leg.station("1", in: "c", at: "1024").rings + Leg.station("2", in: "d", at: "1025").rings)
    try await followed.arrived()
    #expect(followed.events.map(\.station) == ["1024", "1025"])
    try await followed.stop()
  }

  /// The new telephone takes over the place of the one that rang.
  @Test func aCallThatIsPickedUpAtAnotherTelephoneIsAnsweredElsewhere() async throws {
    let followed = try await FollowedStation.connected()
    var mine = Leg.station("1", in: "c")
    _ = try await followed.hear(mine.rings)
    mine.channel = "PJSIP/1025-000000b7"
    #expect(try await followed.hear(mine.goesUp) == ["end elsewhere in \(caller)"])
    try await followed.stop()
  }

  /// Somebody else's program makes a call for the station, which picks up.
  @Test func aCallThatIsMadeForTheStationIsOutgoing() async throws {
    let followed = try await FollowedStation.connected()
    var mine = Leg.station("1", in: "1", from: "1024", name: "Accueil")
    mine.exten = "s"
    #expect(try await followed.hear(mine.rings) == [])
    #expect(try await followed.hear(mine.goesUp) == [], "whom it calls has not answered yet")
    let made =
      "Event: OriginateResponse\r\nResponse: Success\r\nExten: 0388202122\r\nUniqueid: 1\r\n\r\n"
    #expect(try await followed.hear(made) == ["ring out 03 88 20 21 22"])
    #expect(try await followed.hear(mine.hangsUp()) == ["end normal out 03 88 20 21 22"])
    try await followed.stop()
  }

  /// The telephones of one station are called together, and one takes the call before the other says that it rings.
  @Test func aTelephoneThatWasFasterIsTheSameCall() async throws {
    let followed = try await FollowedStation.connected()
    let (fast, slow) = (Leg.station("1", in: "c"), Leg.station("2", in: "c"))
    let news = try await followed.hear(
      fast.event("Newchannel", state: 0) + slow.event("Newchannel", state: 0) + fast.rings
        + fast.goesUp + slow.rings + slow.dialEnds("CANCEL") + slow.hangsUp(cause: 26)
        + fast.hangsUp())
    #expect(news == ["ring in \(caller)", "answer in \(caller)", "end normal in \(caller)"])
    try await followed.stop()
  }

  @Test func aCallThatIsAnsweredWithoutRinging() async throws {
    let followed = try await FollowedStation.connected()
    #expect(try await followed.hear(Leg.station("1", in: "c").goesUp) == ["answer in \(caller)"])
    try await followed.stop()
  }

  /// A window gives up a ring of which nothing more is heard.
  @Test func aLongRingIsToldAgain() async throws {
    let followed = try await FollowedStation.connected()
    let mine = Leg.station("1", in: "c")
    _ = try await followed.hear(mine.rings + Leg.station("2", in: "d").goesUp)
    try await soon("the next look") { followed.time.nextWake != nil }
    followed.time.advance(by: .seconds(30))
    try await soon("the ring again", instead: "\(followed.story)") {
      followed.story == ["ring in \(caller)"]
    }
    try await followed.stop()
  }

  /// A program has all telephones of the station called, and one of them takes the call without a ring: who was slower
  /// says nothing of it.
  @Test func aProgramsCallIsTakenAtOnce() async throws {
    let followed = try await FollowedStation.connected()
    var (first, second) = (Leg.trunk("l1"), Leg.trunk("l1"))
    (first.channel, first.number) = ("Local/1124@internal-00000001;1", "<unknown>")
    (second.channel, second.number, second.id) = (
      "Local/1124@internal-00000001;2", "<unknown>", "l2"
    )
    let mine = (1...2).map { Leg.station("\($0)", in: "l1", from: "<unknown>", name: "<unknown>") }
    let dials = mine.map { leg in
      second.event(
        "DialBegin", state: 4, "DestChannel: \(leg.channel)", "DestUniqueid: \(leg.id)",
        "DestLinkedid: l1")
    }
    let rings = try await followed.hear(
      first.event("Newchannel", state: 0) + second.begins
        + mine.map { $0.event("Newchannel", state: 0) }.joined() + dials.joined() + mine[0].rings
        + mine[1].goesUp + mine[0].hangsUp(cause: 26) + first.goesUp)
    first.exten = "0199003333"
    let news = try await followed.hear(
      first.event("DialBegin", state: 6, "DestChannel: PJSIP/out-1", "DestUniqueid: o")
        + first.event(
          "DialEnd", state: 6, "DestChannel: PJSIP/out-1", "DestUniqueid: o", "DialStatus: ANSWER")
        + mine[1].hangsUp())
    #expect(
      rings + news == [
        "ring out 01 99 00 33 33", "answer out 01 99 00 33 33", "end normal out 01 99 00 33 33",
      ])
    try await followed.stop()
  }

  /// A program calls the station through two pairs of `Local` channels, of which one is taken out of the way, and shows it
  /// a number of the house. What is called then is who is called.
  @Test(arguments: ["ANSWER", "BUSY"])
  func aProgramsCallGoesThroughLocals(status: String) {
    let pair = { (name: String, number: Int) in
      (1...2).map { half in
        Leg(
          channel: "Local/\(name)-0000000\(number);\(half)", id: "l\(number)\(half)", call: "l11",
          number: "<unknown>", exten: "ID7")
      }
    }
    let (program, way, out) = (pair("ID7@ctd", 1), pair("1024@in", 2), pair("0199003333@out", 3))
    let mine = Leg.station("a1", in: "l11", from: "0536491200", name: "<unknown>")
    let dials = { (event: String, caller: Leg, called: Leg, more: String) in
      caller.event(
        event, state: 4, "DestChannel: \(called.channel)", "DestUniqueid: \(called.id)",
        "DestLinkedid: l11", more)
    }
    let joins = { (leg: Leg) in
      leg.event("BridgeEnter", state: 6, "BridgeUniqueid: b", "BridgeType: basic")
    }
    var played = PlayedSession()
    for text in [
      program[0].event("Newchannel", state: 0), program[1].begins,
      way[0].event("Newchannel", state: 0), way[1].begins,
      dials("DialBegin", program[1], way[0], "DialString: 1024@in"),
      mine.event("Newchannel", state: 0), dials("DialBegin", way[1], mine, "DialString: 1024"),
      mine.rings, mine.goesUp, dials("DialEnd", way[1], mine, "DialStatus: ANSWER"),
      joins(mine), joins(program[1]), way[0].hangsUp(), way[1].hangsUp(), program[0].goesUp,
      out[0].event("Newchannel", state: 0),
      dials("DialBegin", program[0], out[0], "DialString: 0199003333@out"),
      dials("DialEnd", program[0], out[0], "DialStatus: \(status)"), mine.hangsUp(),
    ] {
      played.hear(Array(text.utf8))
    }
    let words = ["ring", status == "ANSWER" ? "answer" : nil, "end normal"].compactMap { $0 }
    #expect(played.story() == words.map { $0 + " out 01 99 00 33 33" })
  }

  /// A colleague puts the station through to another one, who rings: nobody says which extension is called. That of the
  /// station, at which it was called itself, is not.
  @Test func whoRingsWhenTheStationIsPutThrough() {
    let colleague = Leg(channel: "PJSIP/1025-000000c1", id: "c1", call: "c1", number: "1025")
    let target = Leg(
      channel: "PJSIP/1026-000000c2", id: "c2", call: "c1", number: "1026", connected: "1024",
      exten: "")
    let mine = Leg.station("a1", in: "c1", from: "1025", name: "<unknown>")
    var sent = mine
    (sent.exten, sent.connected) = ("", "<unknown>")
    let bridge = { (event: String, leg: Leg) in
      leg.event(event, state: 6, "BridgeUniqueid: b", "BridgeType: basic")
    }
    let dials = { (event: String, caller: Leg, called: Leg, more: String) in
      caller.event(
        event, state: 6, "DestChannel: \(called.channel)", "DestUniqueid: \(called.id)",
        "DestLinkedid: c1", more)
    }
    var played = PlayedSession()
    for text in [
      colleague.begins, mine.event("Newchannel", state: 0),
      dials("DialBegin", colleague, mine, ""), mine.rings, mine.goesUp,
      bridge("BridgeEnter", colleague), bridge("BridgeEnter", mine),
      target.event("Newchannel", state: 0), target.rings, bridge("BridgeLeave", colleague),
      bridge("BridgeLeave", sent), dials("DialBegin", sent, target, ""), target.goesUp,
      dials("DialEnd", sent, target, "DialStatus: ANSWER"), bridge("BridgeEnter", target),
      bridge("BridgeEnter", sent), sent.hangsUp(),
    ] {
      played.hear(Array(text.utf8))
    }
    let story = played.story()
    #expect(story.prefix(3) == ["ring in 1025", "answer in 1025", "end normal in 1025"])
    #expect(story.last == "end normal out 1026 Accueil")
    #expect(!story.contains { $0.hasSuffix("out 1024") })
    #expect(story.count { $0.hasPrefix("end") } == 2)
  }

  /// Whoever waits in a parking place is fetched, were he called by a colleague.
  @Test(arguments: ["p", "x"])
  func whoIsFetchedIsAtTheOtherEnd(call: String) async throws {
    let followed = try await FollowedStation.connected()
    var (mine, parked) = (Leg.station("1", in: "1", from: "<unknown>"), Leg.trunk(call))
    (mine.name, mine.exten, parked.id) = ("<unknown>", "801", "p")
    let bridge = ["BridgeUniqueid: b", "BridgeType: basic"].joined(separator: "\r\n")
    let news = try await followed.hear(
      parked.event("Newchannel", state: call == "p" ? 4 : 0) + parked.goesUp + mine.begins
        + mine.goesUp + parked.event("BridgeEnter", state: 6, bridge)
        + mine.event("BridgeEnter", state: 6, bridge) + mine.hangsUp())
    #expect(
      news.suffix(2) == [
        "answer in 03 88 20 21 22 Accueil", "end normal in 03 88 20 21 22 Accueil",
      ])
    try await followed.stop()
  }

  @Test func repetitionIsHarmless() async throws {
    let followed = try await FollowedStation.connected()
    let mine = Leg.station("1", in: "c")
    let news = try await followed.hear(
      mine.rings + mine.rings + mine.goesUp + mine.goesUp + mine.dialEnds("ANSWER") + mine.rings
        + mine.hangsUp() + mine.hangsUp())
    #expect(news == ["ring in \(caller)", "answer in \(caller)", "end normal in \(caller)"])
    try await followed.stop()
  }
}

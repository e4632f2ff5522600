import Telephony
import Testing

/// What the list of channels tells, which does not say who calls whom, nor what a bridge is.
struct ListTests {
  /// What is told at a station whose manager lists these channels, and of what follows.
  private func story(_ channels: String, then text: String = "") async throws -> [String] {
    let followed = try await FollowedStation.connected(
      StandInManager { StandInManager.accept($0, channels: channels) })
    try await followed.manager.play(text)
    try await followed.arrived()
    try await followed.stop()
    return followed.story
  }

  private static func local(_ half: Int, up: Bool, in call: String) -> String {
    var leg = Leg(
      channel: "Local/1024@internal-00000007;\(half)", id: "\(call)\(half)", call: "\(call)1")
    leg.number = "0388202122"
    return leg.event("CoreShowChannel", state: up ? 6 : half == 1 ? 5 : 4)
  }

  /// Who takes part in a conference, talks to nobody in particular: a list tells no more of it than that.
  @Test func theListOfAConferenceConnectsNobody() async throws {
    var own = Leg(channel: "PJSIP/1024-00000007", id: "o", call: "o", exten: "800")
    own.connected = "<unknown>"
    let other = Leg(
      channel: "PJSIP/1025-00000008", id: "p", call: "p", number: "1025", exten: "800")
    func listed(_ leg: Leg) -> String {
      leg.event("CoreShowChannel", state: 6, "Application: ConfBridge", "BridgeId: room")
    }
    #expect(try await story(listed(own) + listed(other)) == ["answer out 800"])
    // One that was known to be one, is listed again.
    func enters(_ leg: Leg) -> String {
      leg.event("BridgeEnter", state: 6, "BridgeUniqueid: room", "BridgeType: base")
    }
    func seen(_ leg: Leg) -> String {
      leg.event("CoreShowChannel", state: 6, "Application: AppDial", "BridgeId: room")
    }
    let talk = own.begins + own.goesUp + enters(own) + other.begins + other.goesUp + enters(other)
    #expect(
      try await story("", then: talk + seen(own) + seen(other)) == [
        "ring out 800", "answer out 800",
      ])
  }

  /// In whatever order they are listed: no caller rings, a program rings the station.
  @Test(arguments: [true, false])
  func aProgramsCallIsNoCallersInAList(isFirst: Bool) async throws {
    let rings = Leg.station("3", in: "a1").event("CoreShowChannel", state: 5)
    let halves = Self.local(1, up: false, in: "a") + Self.local(2, up: false, in: "a")
    let mine = Leg.station("3", in: "a1")
    #expect(
      try await story(isFirst ? rings + halves : halves + rings, then: mine.goesUp + mine.hangsUp())
        == ["answer out 03 88 20 21 22 Dupont SA", "end normal out 03 88 20 21 22 Dupont SA"])
  }

  /// Where the first half is up, the program has called somebody else before, who now rings here.
  @Test func whoWasCalledFirstByAProgramRings() async throws {
    let rings = Leg.station("3", in: "a1").event("CoreShowChannel", state: 5)
    let halves = Self.local(1, up: true, in: "a") + Self.local(2, up: true, in: "a")
    #expect(try await story(rings + halves) == ["ring in 03 88 20 21 22 Dupont SA"])
  }

  /// The station calls itself, or a group of which it is one.
  @Test(arguments: [5, 6], [true, false])
  func theStationItselfIsNoCallerInAList(state: Int, isFirst: Bool) async throws {
    var own = Leg(channel: "PJSIP/1024-00000007", id: "o", call: "o", exten: "601")
    own.connected = "601"
    let calls = own.event("CoreShowChannel", state: state == 5 ? 4 : 6)
    let rings = Leg.station("3", in: "o", from: "1024").event("CoreShowChannel", state: state)
    #expect(
      try await story(isFirst ? rings + calls : calls + rings)
        == [state == 5 ? "ring out 601" : "answer out 601"])
  }

  /// The same while it is heard: other sources take the ring for a call.
  @Test func theStationRingsForItsOwnCall() throws {
    var own = Leg(channel: "PJSIP/1024-00000007", id: "o", call: "o", exten: "601")
    own.connected = "601"
    var played = PlayedSession()
    played.hear(own.begins.utf8)
    played.hear(Leg.station("3", in: "o", from: "1024").rings.utf8)
    let call = try #require(played.ownRings.first)
    #expect(played.ownRings.count == 1 && call.direction == .outgoing)
    #expect(played.story() == ["ring out 601"])
    var list = CallList()
    for (source, kind) in [
      ("asterisk", CallEvent.Kind.ring), ("asterisk", .dialled), ("sip", .ring),
    ] {
      let isLamp = source == "sip"
      _ = list.apply(
        CallEvent(
          source: SourceID(source), kind: kind, at: Moment(milliseconds: 0),
          callID: isLamp ? "1" : call.callID, station: "1024",
          direction: isLamp ? .incoming : .outgoing,
          caller: isLamp ? Caller(identity: .withheld) : call.caller))
    }
    #expect(list.live.map(\.isOutgoing) == [true])
  }

  /// What a colleague took while the connection was away, or takes after it came back: whether it was heard who called the
  /// station, or only that it rang.
  @Test(arguments: [true, false], [true, false])
  func aColleagueTakesItInABreak(isDialled: Bool, isLate: Bool) {
    let (trunk, own) = (Leg.trunk("a"), Leg.station("3", in: "a"))
    let other = Leg.station("4", in: "a", at: "1025")
    func dials(_ leg: Leg) -> String {
      [
        "Event: DialBegin", "Channel: \(trunk.channel)", "ChannelState: 4",
        "CallerIDNum: 0388202122", "Exten: 600", "Uniqueid: a", "Linkedid: a",
        "DestChannel: \(leg.channel)", "DestUniqueid: \(leg.id)", "DestLinkedid: a",
      ].joined(separator: "\r\n") + "\r\n\r\n"
    }
    let dialled = isDialled ? dials(own) + dials(other) : ""
    var played = PlayedSession()
    played.hear((trunk.begins + dialled + other.rings + own.rings).utf8)
    func listed(_ leg: Leg, _ state: Int) -> String {
      leg.event("CoreShowChannel", state: state, state == 6 ? "BridgeId: b" : "BridgeId: ")
    }
    if isLate {
      played.reconnect(channels: listed(trunk, 4) + listed(other, 5) + listed(own, 5))
      let end = own.dialEnds("CANCEL") + own.hangsUp()
      played.hear((other.goesUp + other.dialEnds("ANSWER") + end).utf8)
    } else {
      played.reconnect(channels: listed(trunk, 6) + listed(other, 6))
    }
    #expect(
      played.story() == [
        "ring in 03 88 20 21 22 Dupont SA", "end elsewhere in 03 88 20 21 22 Dupont SA",
      ])
  }

  /// A list that tells of a `Local` channel does not say that nobody called it: no consultation.
  @Test func aListedLocalChannelIsNoConsultation() async throws {
    var own = Leg(channel: "PJSIP/1024-00000007", id: "o", call: "o", exten: "1025")
    own.connected = "1025"
    var way = Leg(channel: "Local/0388202122@internal-00000001;1", id: "w", call: "o")
    way.number = "0388202122"
    var far = Leg(channel: "Local/0388202122@internal-00000001;2", id: "v", call: "o")
    far.number = "1024"
    let trunk = Leg(channel: "PJSIP/trunk-00000009", id: "t", call: "o", number: "0388202122")
    func listed(_ leg: Leg, _ bridge: String) -> String {
      leg.event("CoreShowChannel", state: 6, "BridgeId: \(bridge)")
    }
    let list = listed(own, "one") + listed(way, "one") + listed(far, "two") + listed(trunk, "two")
    #expect(
      try await story(list, then: own.event("Newstate", state: 6) + own.hangsUp()) == [
        "answer out 1025", "end normal out 1025",
      ])
  }

  /// Who is put through while nobody listens is shown once, whichever way the call is said to go later.
  @Test func theSameOtherEndIsTheSameCall() async throws {
    var own = Leg.station("1", in: "a", from: "1026", name: "Chef")
    own.exten = "1026"
    let chief = Leg(channel: "PJSIP/1026-00000004", id: "c", call: "a", number: "1026")
    let dialled = [
      "Event: DialBegin", "Channel: \(own.channel)", "ChannelState: 6", "CallerIDNum: 1024",
      "ConnectedLineNum: 1026", "Exten: 1026", "Uniqueid: 1", "Linkedid: a",
      "DestChannel: \(chief.channel)", "DestUniqueid: c", "DestLinkedid: a",
    ].joined(separator: "\r\n")
    func enters(_ leg: Leg) -> String {
      leg.event("BridgeEnter", state: 6, "BridgeUniqueid: b", "BridgeType: basic")
    }
    let told = try await story(
      own.event("CoreShowChannel", state: 6) + chief.event("CoreShowChannel", state: 5),
      then: dialled + "\r\n\r\n" + enters(chief) + enters(own) + own.hangsUp())
    #expect(told.first == "answer in 1026 Chef")
    #expect(told.filter { $0.hasPrefix("end") }.count == 1)
  }
}

import Connector
import LauncherSupport
import Telephony
import Testing

@testable import FreeSwitch

/// Login, questions, orders, and what is no event socket.
struct SessionTests {
  @Test func theSocketsPasswordOpens() {
    var played = PlayedSession()
    played.logIn()
    #expect(
      played.sent == [
        "auth geheim\n\n",
        "event plain CHANNEL_CREATE CHANNEL_CALLSTATE CHANNEL_ANSWER CHANNEL_BRIDGE CHANNEL_HANGUP "
          + "CALL_UPDATE BACKGROUND_JOB\n\n",
        "api show channels as json\n\n",
      ])
    #expect(played.isUp)
  }

  @Test func aUserLogsInByName() {
    var played = PlayedSession(user: "1024@pbx.example")
    played.hear("Content-Type: auth/request\n\n")
    #expect(played.sent == ["userauth 1024@pbx.example:geheim\n\n"])
  }

  @Test func aWrongPasswordIsRefused() throws {
    var played = PlayedSession()
    played.hear(try CaptureTests.bytes("login-refused"))
    #expect(played.outages == [.refused(message: "-ERR invalid")])
    #expect(played.outages.first?.retry == .after(.seconds(900)))
    #expect(
      played.session.sentence(.refused(message: "-ERR invalid"))
        == "192.0.2.1:8021 refused the password (-ERR invalid): check password_file")
  }

  @Test(arguments: [
    ("SSH-2.0-OpenSSH_9.2\r\n", FreeSwitchOutage.stranger(greeting: "SSH-2.0-OpenSSH_9.2")),
    (
      "Asterisk Call Manager/11.0.0\r\n",
      .stranger(greeting: "Asterisk Call Manager/11.0.0")
    ),
    ("Server: x\n\n", .stranger(greeting: "")),
    ("Content-Type: text/html\nContent-Length: 2\n\nhi", .stranger(greeting: "text/html")),
    ("Content-Length: -1\n\n", .framing),
    ("Content-Length: 99999999999999999999\n\n", .framing),
    (
      "Content-Type: text/rude-rejection\nContent-Length: 24\n\nAccess Denied, go away.\n",
      .shutOut
    ),
  ])
  func whatIsNoEventSocketIsLeft(greeting: String, outage: FreeSwitchOutage) {
    var played = PlayedSession()
    played.hear(greeting)
    #expect(played.outages == [outage])
    #expect(played.sent.isEmpty)
  }

  @Test func aSilentPeerIsLeft() {
    var played = PlayedSession()
    played.wait(10)
    #expect(played.outages == [.mute(seconds: 10)])
    played = PlayedSession()
    played.logIn()
    for round in 1...3 {
      played.wait(60)
      #expect(played.sent.count == 3 + round)
      played.answer("{\"row_count\":0}")
    }
    #expect(played.outages.isEmpty)
    played.wait(60)
    played.wait(10)
    #expect(played.outages == [.silent(seconds: 70)])
  }

  /// The moment that is asked for is always one to come: else the loop would spin.
  @Test func theNextLookIsToCome() {
    var played = PlayedSession()
    played.logIn()
    for _ in 1...40 {
      played.event("CHANNEL_CREATE", Self.leg("9", presence: "1030@pbx.example", state: "DOWN"))
      played.wait(30)
      let next = played.session.nextWake
      #expect(next.map { $0 > played.now } == true)
      if played.sent.count > 4 { break }
    }
    #expect(played.sent.last == "api show channels as json\n\n")
  }

  @Test func whatAUserMayNotHearIsSaid() {
    var played = PlayedSession(user: "1024")
    played.logIn(
      "Allowed-Events: CHANNEL_CREATE CHANNEL_CALLSTATE\nAllowed-API: show\n",
      list: "-ERR permission denied")
    #expect(
      played.session.counts.symptoms("1024").map(\.weight) == [.mend, .note, .note])
    // It would refuse all for one.
    #expect(played.sent.contains("event plain CHANNEL_CREATE CHANNEL_CALLSTATE\n\n"))
    // Who is told of nothing hears so from FreeSWITCH.
    played = PlayedSession(user: "1024@pbx.example")
    played.logIn("Allowed-Events: HEARTBEAT\n")
    #expect(played.sent.contains { $0.hasPrefix("event plain CHANNEL_CREATE CHANNEL_CALLSTATE ") })
  }

  // MARK: - Breaks

  static func leg(
    _ id: String, presence: String = "1024%40pbx.example", state: String = "RINGING",
    more: [String: String] = [:]
  ) -> [String: String] {
    [
      "Unique-ID": id, "Channel-Call-UUID": "c" + id, "Other-Leg-Unique-ID": "c" + id,
      "Call-Direction": "outbound", "Channel-Presence-ID": presence, "Channel-Call-State": state,
      "Caller-Caller-ID-Number": "0199001111", "Caller-Destination-Number": "1024-0x55",
    ].merging(more) { $1 }
  }

  @Test func afterABreakTheListSaysWhatBecameOfCalls() {
    var played = PlayedSession()
    played.logIn()
    played.event("CHANNEL_CALLSTATE", Self.leg("a"))
    played.event(
      "CHANNEL_ANSWER", Self.leg("b", more: ["Caller-Caller-ID-Number": "0261910001"]))
    played.event(
      "CHANNEL_CALLSTATE", Self.leg("d", more: ["Caller-Caller-ID-Number": "0353010001"]))
    played.reconnect()
    played.logIn(
      list: """
        {"row_count":1,"rows":[{"uuid":"d","direction":"outbound","callstate":"ACTIVE",\
        "presence_id":"1024@pbx.example","cid_num":"0353010001","call_uuid":"cd"}]}
        """)
    #expect(
      played.story.suffix(3) == [
        "answer in 03 53 01 00 01", "vanish in 01 99 00 11 11", "end lost in 02 61 91 00 01",
      ])
  }

  @Test func afterABreakTheListSaysWhoHasACall() {
    var played = PlayedSession()
    played.logIn()
    played.event("CHANNEL_CALLSTATE", Self.leg("a"))
    played.reconnect()
    let call = Self.leg("a")["Channel-Call-UUID"] ?? ""
    played.logIn(
      list: """
        {"row_count":1,"rows":[{"uuid":"e","direction":"outbound","callstate":"ACTIVE",\
        "presence_id":"1025@pbx.example","cid_num":"0199001111","call_uuid":"\(call)"}]}
        """)
    #expect(played.story.last == "end elsewhere in 01 99 00 11 11")
  }

  @Test func anEndThatALateListDoesNotKnowStays() {
    var played = PlayedSession()
    played.hear("Content-Type: auth/request\n\n")
    played.hear("Content-Type: command/reply\nReply-Text: +OK accepted\n\n")
    played.hear("Content-Type: command/reply\nReply-Text: +OK event listener enabled plain\n\n")
    played.event("CHANNEL_CALLSTATE", Self.leg("a"))
    played.event("CHANNEL_HANGUP", Self.leg("a", more: ["Hangup-Cause": "NO_ANSWER"]))
    played.answer(
      """
      {"row_count":1,"rows":[{"uuid":"a","direction":"outbound","callstate":"RINGING",\
      "presence_id":"1024@pbx.example","cid_num":"0199001111","call_uuid":"ca"}]}
      """)
    #expect(played.story == ["ring in 01 99 00 11 11", "end missed in 01 99 00 11 11"])
  }

  @Test func aRingThatAColleagueTakesLaterWasNotMissed() {
    var played = PlayedSession()
    played.logIn()
    played.event("CHANNEL_CALLSTATE", Self.leg("a"))
    played.event("CHANNEL_HANGUP", Self.leg("a", more: ["Hangup-Cause": "NO_ANSWER"]))
    played.event(
      "CHANNEL_ANSWER",
      Self.leg("b", presence: "1025@pbx.example", more: ["Channel-Call-UUID": "ca"]))
    #expect(played.story.last == "end elsewhere in 01 99 00 11 11")
  }

  // MARK: - Telephones that never say that they ring

  @Test(arguments: [
    ("ORIGINATOR_CANCEL", ["end missed in 01 99 00 11 11"]),
    ("NO_ANSWER", ["end missed in 01 99 00 11 11"]),
    ("LOSE_RACE", ["end elsewhere in 01 99 00 11 11"]),
    // Nobody refused by hand what never rang.
    ("USER_BUSY", ["end missed in 01 99 00 11 11"]),
    ("CALL_REJECTED", ["end missed in 01 99 00 11 11"]),
    ("UNALLOCATED_NUMBER", ["end missed in 01 99 00 11 11"]),
    ("RECOVERY_ON_TIMER_EXPIRE", ["end missed in 01 99 00 11 11"]),
    ("REDIRECTION_TO_NEW_DESTINATION", []),
  ])
  func aTelephoneThatNeverRangMissesItsCall(cause: String, story: [String]) {
    var played = PlayedSession()
    played.logIn()
    played.event("CHANNEL_CREATE", Self.leg("a", state: "DOWN"))
    played.event(
      "CHANNEL_HANGUP", Self.leg("a", state: "HANGUP", more: ["Hangup-Cause": cause]))
    #expect(played.story == story)
  }

  /// The other telephone of the station has rung for the same call.
  @Test func aDeadTelephoneBesideAnotherIsNoCallOfItsOwn() {
    var played = PlayedSession()
    played.logIn()
    let dead = ["Channel-Call-UUID": "ca"]
    played.event("CHANNEL_CREATE", Self.leg("b", state: "DOWN", more: dead))
    played.event("CHANNEL_CALLSTATE", Self.leg("a"))
    for id in ["a", "b"] {
      played.event(
        "CHANNEL_HANGUP",
        Self.leg(
          id, state: "HANGUP",
          more: ["Hangup-Cause": "ORIGINATOR_CANCEL", "Channel-Call-UUID": "ca"]))
    }
    #expect(played.story == ["ring in 01 99 00 11 11", "end missed in 01 99 00 11 11"])
  }

  @Test func aTelephoneWithAToneOfItsOwnRings() {
    var played = PlayedSession()
    played.logIn()
    played.event("CHANNEL_CALLSTATE", Self.leg("a", state: "EARLY"))
    #expect(played.story == ["ring in 01 99 00 11 11"])
  }

  /// A colleague rings, and gives the caller on: the caller is another call.
  @Test func whoIsPutThroughComesUp() {
    var played = PlayedSession()
    played.logIn()
    let own = Self.leg("a", more: ["Caller-Caller-ID-Number": "1025"])
    played.event("CHANNEL_CALLSTATE", own)
    played.event("CHANNEL_ANSWER", own)
    played.event(
      "CHANNEL_BRIDGE",
      ["Unique-ID": "ca", "Bridge-A-Unique-ID": "ca", "Bridge-B-Unique-ID": "a"])
    played.event(
      "CHANNEL_BRIDGE",
      [
        "Unique-ID": "x", "Call-Direction": "inbound", "Bridge-A-Unique-ID": "x",
        "Bridge-B-Unique-ID": "a", "Caller-Orig-Caller-ID-Number": "0199001111",
        "Caller-Orig-Caller-ID-Name": "Dupont",
      ])
    #expect(
      played.story == [
        "ring in 1025", "answer in 1025", "end normal in 1025", "answer in 01 99 00 11 11 Dupont",
      ])
    #expect(played.events.last?.callID == "a/2")
  }

  /// Anybody can call himself 1024 on a trunk.
  @Test func aStrangersCallIsNotTheStations() {
    var played = PlayedSession()
    played.logIn()
    played.event(
      "CHANNEL_CALLSTATE",
      [
        "Unique-ID": "x", "Call-Direction": "inbound", "Channel-Call-State": "RINGING",
        "Channel-Name": "sofia/external/1024@192.0.2.66", "Caller-Username": "1024",
        "Caller-Context": "public", "Caller-Destination-Number": "0536491201",
      ])
    #expect(played.events.isEmpty)
  }

  // MARK: - Orders

  @Test func aNumberIsDialledByRingingTheStation() {
    var played = PlayedSession(station: "1024@pbx.example")
    played.logIn()
    played.order(.dial("0388202122", ringing: 30))
    let id = "00000000-0000-4000-8000-000000000001"
    #expect(
      played.sent.last
        == "bgapi originate {origination_uuid=\(id),originate_timeout=30,ignore_early_media=true,"
        + "origination_caller_id_number=0388202122,origination_caller_id_name=0388202122}"
        + "user/1024@pbx.example 0388202122 XML default\nJob-UUID: \(id)\n\n")
    played.hear("Content-Type: command/reply\nReply-Text: +OK Job-UUID: \(id)\n\n")
    let own: [String: String] = [
      "Unique-ID": id, "Channel-Call-UUID": id, "Call-Direction": "outbound",
      "Caller-Destination-Number": "1024-0x55",
    ]
    played.event("CHANNEL_CALLSTATE", own.merging(["Channel-Call-State": "RINGING"]) { $1 })
    #expect(played.story.isEmpty)
    played.event("CHANNEL_ANSWER", own)
    guard case .dialled(.made)?? = played.answers.first else {
      Issue.record("not made: \(played.answers)")
      return
    }
    #expect(played.story == ["ring out 03 88 20 21 22"])
    played.event(
      "CHANNEL_BRIDGE",
      own.merging(["Other-Leg-Unique-ID": "t", "Other-Leg-Direction": "outbound"]) { $1 })
    played.event("CHANNEL_HANGUP", own.merging(["Hangup-Cause": "NORMAL_CLEARING"]) { $1 })
    #expect(
      played.story.suffix(2) == ["answer out 03 88 20 21 22", "end normal out 03 88 20 21 22"])
  }

  @Test func aJobThatFailsSaysWhy() {
    var played = PlayedSession()
    played.logIn()
    played.order(.dial("0388202122", ringing: 30))
    let id = "00000000-0000-4000-8000-000000000001"
    played.hear("Content-Type: command/reply\nReply-Text: +OK Job-UUID: \(id)\n\n")
    let text =
      "Event-Name: BACKGROUND_JOB\nJob-UUID: \(id)\nContent-Length: 25\n\n-ERR USER_NOT_REGISTERED\n"
    played.hear("Content-Length: \(text.utf8.count)\nContent-Type: text/event-plain\n\n\(text)")
    guard case .dialled(.failed(cause: "USER_NOT_REGISTERED"))?? = played.answers.first else {
      Issue.record("\(played.answers)")
      return
    }
  }

  @Test func aCallIsEndedAtAllItsTelephones() {
    var played = PlayedSession()
    played.logIn()
    let call = ["Channel-Call-UUID": "c", "Other-Leg-Unique-ID": "c"]
    played.event("CHANNEL_CALLSTATE", Self.leg("a", more: call))
    played.event("CHANNEL_CALLSTATE", Self.leg("b", more: call))
    #expect(played.story == ["ring in 01 99 00 11 11"])
    played.order(.hangUp("a"))
    #expect(
      played.sent.suffix(2) == [
        "api uuid_kill a CALL_REJECTED\n\n", "api uuid_kill b CALL_REJECTED\n\n",
      ])
  }

  /// The name of a channel can come from a stranger's dial string.
  @Test(arguments: ["a\nexit", "a b", "a;b", "a|b", "{a}", "${a}", "a&b", "-x", ""])
  func noNameReachesARequest(name: String) {
    #expect(!FreeSwitchCommand.isName(name))
    var played = PlayedSession()
    played.logIn()
    let encoded = name.replacing("\n", with: "%0A")
    played.event("CHANNEL_CALLSTATE", Self.leg(encoded))
    let before = played.sent
    played.order(.hangUp(name))
    #expect(played.sent == before)
    let server = FreeSwitchServer(address: "192.0.2.1", password: "x", station: name)
    #expect(server.problem != nil)
  }

  @Test func aLineEndInASecretIsNotSent() {
    let server = FreeSwitchServer(
      address: "192.0.2.1", password: "x\n\napi shutdown", station: "1024")
    #expect(
      server.problem == "password_file in [freeswitch] holds a line end or a control character")
  }
}

import LauncherSupport
import Telephony
import Testing

@testable import FreeSwitch

/// Who has taken a call that rang at the station, and who wishes not to be named.
struct TakenStoryTests {
  private static let missed = ["ring in 01 99 00 11 11", "end missed in 01 99 00 11 11"]
  private static let taken = "end elsewhere in 01 99 00 11 11"

  /// A colleague has picked up, and is asked for a key.
  private static let colleague = [
    "Unique-ID": "b", "Channel-Call-UUID": "ca", "Other-Leg-Unique-ID": "ca",
    "Call-Direction": "outbound", "Channel-Presence-ID": "1025%40pbx.example",
    "Channel-Call-State": "ACTIVE", "variable_group_confirm_key": "1",
  ]

  private static let bridge = [
    "Unique-ID": "ca", "Call-Direction": "inbound", "Bridge-A-Unique-ID": "ca",
    "Bridge-B-Unique-ID": "b", "Other-Leg-Unique-ID": "b",
  ]

  private static func end(_ cause: String) -> [String: String] {
    SessionTests.leg("a", state: "RINGING", more: ["Hangup-Cause": cause])
  }

  private static func ringing() -> PlayedSession {
    var played = PlayedSession()
    played.logIn()
    played.event("CHANNEL_CALLSTATE", SessionTests.leg("a"))
    return played
  }

  /// Whichever is told first: that a colleague talks to the caller, or that the telephone is not rung any more.
  @Test(arguments: [true, false])
  func whatAColleagueTakesIsNotMissed(isBridgeFirst: Bool) {
    var played = Self.ringing()
    if isBridgeFirst { played.event("CHANNEL_BRIDGE", Self.bridge) }
    played.event("CHANNEL_HANGUP", Self.end("ORIGINATOR_CANCEL"))
    if !isBridgeFirst { played.event("CHANNEL_BRIDGE", Self.bridge) }
    #expect(played.story.last == Self.taken)
  }

  /// A colleague's mobile has a voice mail box, which presses no key.
  @Test func whoIsAskedForAKeyHasNotTakenTheCall() {
    var played = Self.ringing()
    played.event("CHANNEL_HANGUP", Self.end("NO_ANSWER"))
    played.event("CHANNEL_ANSWER", Self.colleague)
    #expect(played.story == Self.missed)
    // Now he has pressed it.
    played.event("CHANNEL_BRIDGE", Self.bridge)
    #expect(played.story == Self.missed + [Self.taken])
  }

  /// The way to FreeSWITCH was cut when a colleague took the call that had rung here.
  @Test(arguments: [(caller: "ACTIVE", after: [taken]), (caller: "RINGING", after: [])])
  func whatAColleagueTookMeanwhileIsNotMissed(caller: String, after: [String]) {
    var played = Self.ringing()
    played.event("CHANNEL_HANGUP", Self.end("NO_ANSWER"))
    #expect(played.story == Self.missed)
    played.reconnect()
    played.logIn(
      list: """
        {"row_count":2,"rows":[{"uuid":"ca","direction":"inbound","callstate":"\(caller)",\
        "call_uuid":"ca","cid_num":"0199001111"},{"uuid":"b","direction":"outbound",\
        "callstate":"ACTIVE","presence_id":"1025@pbx.example","call_uuid":"ca"}]}
        """)
    // Where the caller still waits, the colleague is asked for a key.
    #expect(played.story == Self.missed + after)
  }

  /// A window that starts while it rings has the number from the list, which does not say that it is withheld.
  @Test func whoIsWithheldIsSoOnceFreeSwitchSaysIt() {
    var played = PlayedSession()
    played.logIn(
      list: """
        {"row_count":2,"rows":[{"uuid":"ca","direction":"inbound","callstate":"RINGING",\
        "call_uuid":"ca","cid_num":"0199001111"},{"uuid":"a","direction":"outbound",\
        "callstate":"RINGING","presence_id":"1024@pbx.example","call_uuid":"ca",\
        "cid_num":"0199001111"}]}
        """)
    let hidden = ["Caller-Privacy-Hide-Number": "true", "Caller-Caller-ID-Number": "0199001111"]
    played.event(
      "CHANNEL_ANSWER", SessionTests.leg("a", state: "RINGING", more: hidden))
    played.event("CHANNEL_HANGUP", SessionTests.leg("a", state: "ACTIVE", more: hidden))
    #expect(played.story.last == "end normal in withheld")
    #expect(Set(played.events.map(\.callID)) == ["a"])
  }
}

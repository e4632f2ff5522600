import Baresip
import Telephony
import Testing

/// What baresip's events and lists say of calls.
struct CallStoryTests {
  /// An event with the keys of version 1.0.0; `more` begins with a comma.
  private func event(
    _ type: String, id: String = "a", peer: String = "sip:0388202122@pbx",
    direction: String = "incoming", detail: String = "", more: String = ""
  ) -> String {
    """
    {"event":true,"type":"\(type)","class":"call","accountaor":"sip:1024@pbx","direction":"\(direction)",
     "peeruri":"\(peer)","id":"\(id)","param":"\(detail)"\(more)}
    """
  }

  private func story(_ messages: String...) -> [String] {
    var story = StoryOfCalls()
    for message in messages { story.take(message) }
    return story.lines
  }

  @Test(arguments: [
    (
      Capture.answered,
      ["ring 03 88 20 21 22", "answer 03 88 20 21 22", "end normal 03 88 20 21 22"]
    ),
    (Capture.cancelled, ["ring 03 88 20 21 22", "end missed 03 88 20 21 22"]),
  ])
  func aCaptureTellsItsCall(capture: Capture, told: [String]) throws {
    var reader = NetstringReader()
    var story = StoryOfCalls()
    for text in try reader.feed(try capture.bytes()) { story.take(text) }
    #expect(story.lines == told)
    #expect(Set(story.events.map(\.callID)).count == 1)
    #expect(story.events.allSatisfy { $0.caller.name == "Dupont SA" })
    #expect(story.events.allSatisfy { $0.line == "sip:1024@127.0.0.1:15060" })
  }

  @Test func otherNamesOfKeysAndEventsAreRead() {
    let told = story(
      #"{"event":"true","class":"call","type":"CALL_INCOMING","account":"sip:1024@pbx","direction":"incoming","peer":"sip:0388202122@pbx","displayname":"Dupont SA","id":"73a1"}"#,
      #"{"event":"true","class":"call","type":"CALL_ANSWERED","account":"sip:1024@pbx","direction":"incoming","peer":"sip:0388202122@pbx","id":"73a1"}"#,
      #"{"event":"true","class":"call","type":"CALL_ESTABLISHED","account":"sip:1024@pbx","direction":"incoming","peer":"sip:0388202122@pbx","id":"73a1"}"#,
      #"{"event":"true","class":"call","type":"CALL_CLOSED","account":"sip:1024@pbx","direction":"incoming","peer":"sip:0388202122@pbx","id":"73a1"}"#
    )
    #expect(
      told == [
        "ring 03 88 20 21 22", "answer 03 88 20 21 22", "answer 03 88 20 21 22",
        "end normal 03 88 20 21 22",
      ])
  }

  @Test(arguments: [
    ("Connection reset by peer", "missed"), ("Connection reset by user", "rejected"),
    ("Rejected by user", "rejected"), ("", "missed"), ("Connection timed out", "missed"),
  ])
  func aCallThatNobodyTookEndsSo(detail: String, reason: String) {
    let told = story(event("CALL_INCOMING"), event("CALL_CLOSED", detail: detail))
    #expect(told.last == "end \(reason) 03 88 20 21 22")
  }

  @Test(arguments: [
    ("486 Busy Here", "failed"), ("404 Not Found", "failed"), ("487 Request Terminated", "normal"),
    ("Connection reset by user", "normal"), ("", "normal"),
  ])
  func aCallThatTheStationMadeEndsSo(detail: String, reason: String) {
    let told = story(
      event("CALL_RINGING", direction: "outgoing"),
      event("CALL_CLOSED", direction: "outgoing", detail: detail))
    #expect(told == ["out ring 03 88 20 21 22", "out end \(reason) 03 88 20 21 22"])
  }

  @Test func twoCallsOfOneCallerAreTwo() {
    let told = story(
      event("CALL_INCOMING", id: "a"), event("CALL_INCOMING", id: "b"),
      event("CALL_ESTABLISHED", id: "b"), event("CALL_CLOSED", id: "a"),
      event("CALL_CLOSED", id: "b"))
    #expect(told.suffix(2) == ["end missed 03 88 20 21 22", "end normal 03 88 20 21 22"])
  }

  @Test func whatIsAboutNoCallTellsNothing() {
    let told = story(
      #"{"event":true,"type":"REGISTER_OK","class":"register","accountaor":"sip:1024@pbx","param":"200 OK"}"#,
      #"{"event":true,"type":"CALL_LOCAL_SDP","class":"other","direction":"outgoing","peeruri":"sip:1@pbx"}"#,
      #"{"event":true,"type":"CALL_INCOMING"}"#, #"{"event":true}"#, "[]", "17", "",
      #"{"response":true,"ok":true,"data":"CALL_INCOMING","token":"1"}"#,
      event("CALL_DTMF_START"), event("VU_TX_REPORT"))
    #expect(told.isEmpty)
  }

  @Test func hostileTextsAreHarmless() throws {
    var story = StoryOfCalls()
    story.take(
      event(
        "CALL_INCOMING", peer: #"sip:0388202122%0a@pbx"#,
        more: #","peerdisplayname":"\u001b[31mA\u202Eb\n\u0007""#))
    let caller = try #require(story.events.first).caller
    #expect(caller.name?.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{202E}" } == true)
    story.take(
      Array(
        #"{"event":true,"type":"CALL_INCOMING","id":"l","peeruri":"sip:0388202122@pbx","peerdisplayname":"Andr"#
          .utf8) + [0xE9] + Array(#""}"#.utf8))
    #expect(story.events.count == 2)
    let bomb = String(repeating: "[", count: 60_000)
    story.take(#"{"event":true,"x":\#(bomb)"#)
    story.take(event("CALL_INCOMING", id: "c", peer: "sip:anonymous@anonymous.invalid"))
    #expect(story.lines.last == "ring withheld")
  }

  /// A softphone that only begins calls makes the driver remember a hundred, not all.
  @Test func callsWithoutEndAreForgotten() {
    var story = StoryOfCalls()
    for id in 0..<1_000 { story.take(event("CALL_INCOMING", id: "\(id)")) }
    story.take(event("CALL_CLOSED", id: "0"))
    story.take(event("CALL_CLOSED", id: "999"))
    #expect(story.lines.suffix(2) == ["end normal 03 88 20 21 22", "end missed 03 88 20 21 22"])
  }

  // MARK: - After a time without a connection

  private let heading = "\n--- Active calls (1) ---\n"

  @Test func callsThatAreThereAreLearned() {
    var story = StoryOfCalls()
    story.adopt(
      heading + "  [line 1]  0:02:03  ESTABLISHED  (on hold)  sip:0388202122@pbx\n"
        + "> [line 2, id b7]  0:00:00   INCOMING             sip:0199001111@pbx\n"
        + "  [line 3]  0:00:00   RINGING             sip:0199002222@pbx\n  garbage\n\n")
    #expect(
      story.lines == ["answer 03 88 20 21 22", "ring 01 99 00 11 11", "out ring 01 99 00 22 22"])
    #expect(story.events[0].direction == nil)
    #expect(story.now - story.events[0].at == 123_000)
    story.take(event("CALL_CLOSED", id: "x"))
    #expect(story.lines.last == "end normal 03 88 20 21 22")
    #expect(story.events.last?.callID == "x")
  }

  @Test func callsThatAreGoneAreOver() {
    var story = StoryOfCalls()
    story.take(event("CALL_INCOMING", id: "a"))
    story.take(event("CALL_ESTABLISHED", id: "a"))
    story.take(event("CALL_INCOMING", id: "b", peer: "sip:0199001111@pbx"))
    story.take(event("CALL_INCOMING", id: "c", peer: "sip:0199002222@pbx"))
    story.adopt(heading + "> [line 3]  0:00:00   INCOMING             sip:0199002222@pbx\n")
    #expect(story.lines.dropFirst(4) == ["vanish 01 99 00 11 11", "end lost 03 88 20 21 22"])
  }

  /// Version 4 names a call only once it rings, and says more of each.
  @Test(arguments: [
    (
      "answered-4",
      ["ring 01 99 00 11 11", "answer 01 99 00 11 11", "end normal 01 99 00 11 11"]
    ),
    ("cancelled-4", ["ring 01 99 00 11 11", "end missed 01 99 00 11 11"]),
  ])
  func aCaptureOfVersion4TellsItsCall(name: String, told: [String]) throws {
    let capture = try #require(Capture(rawValue: name))
    var reader = NetstringReader()
    var story = StoryOfCalls()
    for text in try reader.feed(try capture.bytes()) { story.take(text) }
    #expect(story.lines == told)
    #expect(Set(story.events.map(\.callID)).count == 1)
    #expect(
      story.events.allSatisfy { $0.direction == .incoming && $0.caller.name == "Dupont trunk" })
  }

  @Test(arguments: ["SHUTDOWN", "EXIT"])
  func aSoftphoneThatEndsLosesItsCalls(type: String) {
    let end = #"{"event":true,"type":"\#(type)","class":"application","param":""}"#
    let told = story(
      event("CALL_INCOMING", id: "a"), event("CALL_ESTABLISHED", id: "a"),
      event("CALL_INCOMING", id: "b", peer: "sip:0199001111@pbx"), end, end)
    #expect(told.suffix(2) == ["end lost 03 88 20 21 22", "end lost 01 99 00 11 11"])
    #expect(told.count == 5)
  }

  /// A call that never got a name, because the media or the network failed.
  @Test(arguments: ["sip:0388202122@pbx", "sip:0388202122@pbx:5060;transport=udp"])
  func aCallWithoutIdEnds(peer: String) {
    let told = story(
      event("CALL_OUTGOING", id: "", direction: "outgoing"),
      event("CALL_CLOSED", id: "", peer: peer, direction: "outgoing", detail: "Media error [5]"))
    #expect(told == ["out ring 03 88 20 21 22", "out end normal 03 88 20 21 22"])
  }

  @Test func theEndOfNothingTellsNothing() {
    #expect(story(event("CALL_CLOSED", id: "")).isEmpty)
    let told = story(
      event("CALL_OUTGOING", id: "", direction: "outgoing"),
      event("CALL_INCOMING", id: "b", peer: "sip:0199001111@pbx"),
      event(
        "CALL_CLOSED", id: "b", peer: "sip:0199001111@pbx", detail: "Connection reset by peer [104]"
      ),
      event("CALL_CLOSED", id: "", direction: "outgoing"))
    #expect(told.suffix(2) == ["end missed 01 99 00 11 11", "out end normal 03 88 20 21 22"])
  }

  @Test(arguments: ["INCOMING_CALL_FAILED", "CALL_FAILED"])
  func aCallThatFailedIsOver(type: String) {
    #expect(story(event("CALL_INCOMING"), event(type)).last == "end failed 03 88 20 21 22")
  }

  @Test func aListOfBlocksSaysWhoCalledWhom() {
    let block = { (state: String, peer: String, id: String, direction: String) in
      "===== Call debug (\(state)) =====\n local_uri:  <sip:1024@pbx>\n peer_uri:  \(peer)\n af=AF_INET id=\(id)\n"
        + " autoanswer delay: -1\n direction: \(direction)\nSDP session\n  remote direction: sendrecv\n"
    }
    var story = StoryOfCalls()
    story.adopt(
      "\nUser-Agent: 1024@pbx\n--- Active calls (3) ---\n"
        + block("ESTABLISHED", "Roy < Fils <sip:0388202122@pbx>", "a", "Outgoing")
        + block("INCOMING", " <sip:0199001111@pbx>", "b", "Incoming")
        + block("ESTABLISHED", "<sip:0199002222@pbx>", "c", "Incoming"))
    #expect(
      story.lines == ["out answer 03 88 20 21 22", "ring 01 99 00 11 11", "answer 01 99 00 22 22"])
    #expect(story.events.map(\.callID) == ["a", "b", "c"])
    #expect(story.events.map(\.direction) == [.outgoing, .incoming, .incoming])
    #expect(story.events[0].caller.name == "Roy < Fils")
  }
}

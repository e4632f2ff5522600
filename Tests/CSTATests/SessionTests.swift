import Connector
import LauncherSupport
import PhoneNumbers
import Telephony
import Testing

@testable import CSTA

/// Sessions, monitors, questions and orders, and what is no CSTA in XML.
struct SessionTests {
  private static let monitor =
    "<MonitorStartResponse><monitorCrossRefID>5</monitorCrossRefID></MonitorStartResponse>"
  private static let ring = "delivered 901 at=1024 from=0199001111 to=1024 local=alerting"

  /// A refusal of the standard's.
  private static func error(_ word: String) -> String {
    "<CSTAErrorCode><operation>\(word)</operation></CSTAErrorCode>"
  }

  private static func begun(duration: Int = 100) -> String {
    "<StartApplicationSessionPosResponse><sessionID>77</sessionID>"
      + "<actualProtocolVersion>http://www.ecma.ch/standards/ecma-323/csta/ed2</actualProtocolVersion>"
      + "<actualSessionDuration>\(duration)</actualSessionDuration></StartApplicationSessionPosResponse>"
  }

  // MARK: - Beginnings

  @Test func withoutASessionTheMonitorIsTheBeginning() {
    var played = PlayedSwitch(edition: 3)
    #expect(played.sent == ["MonitorStart 1024"])
    #expect(
      played.bodies[0].contains(
        "xmlns=\"http://www.ecma-international.org/standards/ecma-323/csta/ed3\""))
    #expect(!played.isUp)
    played.answer(Self.monitor)
    #expect(played.isUp && played.sent.last == "SnapshotDevice 1024")
  }

  @Test func aSessionHasAUserAndAnEdition() {
    var played = PlayedSwitch(hasSession: true, user: "operator")
    let version = "http://www.ecma-international.org/standards/ecma-323/csta/ed4"
    #expect(played.sent == ["StartApplicationSession ScreenPop operator ge&heim 60 \(version) 120"])
    #expect(played.bodies[0].contains("ge&amp;heim"))
    played.answer(Self.begun())
    #expect(played.sent.last == "MonitorStart 1024")
    #expect(played.bodies[1].contains("xmlns=\"http://www.ecma.ch/standards/ecma-323/csta/ed2\""))
    played.answer(Self.monitor)
    played.answer(PlayedSwitch.list())
    // It is kept in time, as often as need be.
    for round in 1...3 {
      played.wait(50)
      #expect(played.sent.filter { $0 == "ResetApplicationSessionTimer 77 100" }.count == round)
      played.answer("<ResetApplicationSessionTimerPosResponse/>")
    }
    #expect(played.outages.isEmpty)
    played.wait(50)
    played.wait(10)
    #expect(played.outages == [.silent(seconds: 70)])
  }

  @Test(arguments: [-5, 0, 1, 99_999_999_999_999])
  func aSenselessDurationIsNone(duration: Int) {
    var played = PlayedSwitch(hasSession: true)
    played.answer(Self.begun(duration: duration))
    played.answer(Self.monitor)
    #expect(played.session.nextWake.map { $0 - played.now >= 5_000 } == true)
  }

  @Test(arguments: [
    (
      "<StartApplicationSessionNegResponse><errorCode><applError>bad password</applError></errorCode>"
        + "</StartApplicationSessionNegResponse>",
      CSTAOutage.refused(error: "bad password"),
      "192.0.2.1:8800 refused the user \"operator\" (bad password): check user and password_file"
    ),
    (
      "<StartApplicationSessionNegResponse><errorCode><definedError>requestedProtocolVersionNotSupported"
        + "</definedError></errorCode></StartApplicationSessionNegResponse>",
      .unsupported(error: "requestedProtocolVersionNotSupported"),
      "192.0.2.1:8800 does not speak this edition (requestedProtocolVersionNotSupported): check edition in [csta]"
    ),
  ])
  func aRefusedSessionIsNotTriedAgainSoon(answer: String, outage: CSTAOutage, sentence: String) {
    var played = PlayedSwitch(hasSession: true, user: "operator")
    played.answer(answer)
    #expect(played.outages == [outage])
    #expect(outage.retry == .after(.seconds(900)))
    #expect(played.session.sentence(outage) == sentence)
  }

  @Test func aDeviceThatMayNotBeFollowedIsSaid() {
    var played = PlayedSwitch()
    played.answer(Self.error("invalidDeviceID"))
    #expect(played.outages == [.unmonitored(error: "invalidDeviceID")])
    #expect(
      played.session.sentence(.unmonitored(error: "invalidDeviceID"))
        == "192.0.2.1:8800 does not let the device 1024 be followed (invalidDeviceID): check device in "
        + "[csta], and the rights there")
  }

  @Test func aMuteServerIsLeft() {
    var played = PlayedSwitch()
    played.wait(10)
    #expect(played.outages == [.mute(seconds: 10)])
    #expect(played.session.nextWake == nil)
  }

  // MARK: - Silence

  /// What was answered once, is answered again by a server that is there; what never was, says nothing.
  @Test func theSilenceOfAServerIsNoticed() {
    var played = PlayedSwitch.up()
    let asked = played.sent.count
    for round in 1...3 {
      played.wait(60)
      #expect(played.sent.count == asked + round && played.sent.last == "SnapshotDevice 1024")
      played.answer(PlayedSwitch.list())
    }
    played.wait(60)
    played.wait(10)
    #expect(played.outages == [.silent(seconds: 70)])
    // One that lists nothing is asked how it is, and one that answers nothing is left to the system.
    played = PlayedSwitch()
    played.answer(Self.monitor)
    played.wait(10)
    #expect(played.session.counts.mayList == false && played.session.counts.symptoms.count == 1)
    played.wait(60)
    #expect(played.sent.last == "RequestSystemStatus")
    played.wait(10)
    played.wait(600)
    #expect(played.outages.isEmpty && played.session.nextWake == nil)
  }

  @Test func aListThatIsRefusedIsNotAskedForAgain() {
    var played = PlayedSwitch()
    played.answer(Self.monitor)
    played.answer(Self.error("notSupported"))
    for _ in 1...3 {
      played.wait(60)
      #expect(played.sent.last == "RequestSystemStatus")
      played.answer(Self.error("notSupported"))
    }
    #expect(played.outages.isEmpty)
    #expect(
      played.session.counts.symptoms.first?.sentence.contains(
        "does not list the calls of the device (notSupported)")
        == true)
  }

  /// The moment that is asked for is always one to come: else the loop would spin.
  @Test func theNextLookIsToCome() {
    var played = PlayedSwitch(hasSession: true)
    played.answer(Self.begun(duration: 40))
    played.answer(Self.monitor)
    for turn in 1...200 {
      played.wait(7)
      if turn % 3 == 0 { played.hear(["delivered \(turn) at=1024 from=0199001111 local=alerting"]) }
      if turn % 20 == 0 { played.order(.list) }
      for before in 0..<min(3, played.numbers.count) {
        played.answer("<ResetApplicationSessionTimerPosResponse/>", before: before)
      }
      #expect(played.session.nextWake.map { $0 > played.now } ?? true, "\(turn)")
    }
  }

  @Test func theServersOwnQuestionsAreAnswered() {
    var played = PlayedSwitch.up()
    played.hear("<SystemStatus><systemStatus>normal</systemStatus></SystemStatus>", number: 412)
    #expect(played.sent.last == "SystemStatusResponse" && played.numbers.last == 412)
    played.hear(
      "<SystemStatus><systemStatus>messagesLost</systemStatus></SystemStatus>", number: 413)
    #expect(played.sent.suffix(2) == ["SystemStatusResponse", "SnapshotDevice 1024"])
    played.hear("<SystemStatus><systemStatus>enabled</systemStatus></SystemStatus>", number: 414)
    #expect(played.sent.suffix(2) == ["SystemStatusResponse", "MonitorStart 1024"])
    played.answer(Self.monitor.replacing("5", with: "6"))
    played.hear([Self.ring.replacing("901", with: "901 monitor=6")])
    #expect(played.story == ["ring in 01 99 00 11 11"] && played.outages.isEmpty)
  }

  @Test(arguments: [
    ("<MonitorStop><monitorCrossRefID>5</monitorCrossRefID></MonitorStop>", "it ended the monitor"),
    (
      "<ApplicationSessionTerminated><sessionTermReason><definedTermReason>sessionTimerExpired</definedTermReason>"
        + "</sessionTermReason></ApplicationSessionTerminated>",
      "it ended the session: sessionTimerExpired"
    ),
    (
      "<SystemStatus><systemStatus>disabled</systemStatus></SystemStatus>",
      "it is being started or stopped"
    ),
  ])
  func whatEndsTheMonitorIsAState(message: String, reason: String) {
    var played = PlayedSwitch.up()
    played.hear(message, number: 9)
    #expect(played.outages == [.dismissed(reason: reason)])
    played = PlayedSwitch.up()
    played.hear("<MonitorStop><monitorCrossRefID>4</monitorCrossRefID></MonitorStop>", number: 9)
    #expect(played.outages.isEmpty)
  }

  // MARK: - Lists

  @Test func callsThatGoOnAreKnownAfterConnecting() {
    var played = PlayedSwitch()
    played.answer(Self.monitor)
    played.answer(
      PlayedSwitch.list(
        "901 alerting connected", "902 connected connected", "903 connected alerting"))
    #expect(
      played.sent.suffix(3) == [
        "SnapshotCall 901 1024", "SnapshotCall 902 1024", "SnapshotCall 903 1024",
      ])
    let party = { (number: String, state: String) in
      "<snapshotCallResponseInfo><deviceOnCall><deviceIdentifier>\(number)</deviceIdentifier></deviceOnCall>"
        + "<callIdentifier><callID>9</callID><deviceID>\(number)</deviceID></callIdentifier>"
        + "<localConnectionInfo>\(state)</localConnectionInfo></snapshotCallResponseInfo>"
    }
    let response = { (content: String) in
      "<SnapshotCallResponse><crossRefIDorSnapshotData><snapshotData>\(content)</snapshotData>"
        + "</crossRefIDorSnapshotData></SnapshotCallResponse>"
    }
    played.answer(response(party("0199001111", "connected") + party("1024", "alerting")), before: 2)
    played.answer(Self.error("invalidCallID"), before: 1)
    played.answer(response(party("1024", "connected") + party("0261912222", "alerting")))
    #expect(
      played.story == ["ring in 01 99 00 11 11", "answer ? untold", "ring out 02 61 91 22 22"])
  }

  /// In a talk the connection breaks: the list says whether it goes on.
  @Test(arguments: [
    ([Self.ring], ["901 alerting connected"], [String]()),
    ([Self.ring], ["901 connected connected"], ["answer in 01 99 00 11 11"]),
    ([Self.ring], [], ["vanish in 01 99 00 11 11"]),
    ([Self.ring, "established 901 at=1024 local=connected"], ["901 hold connected"], []),
    ([Self.ring, "established 901 at=1024 local=connected"], [], ["end lost in 01 99 00 11 11"]),
  ])
  func afterABreakTheListSaysWhatBecameOfCalls(
    before: [String], list: [String], told: [String]
  ) {
    var played = PlayedSwitch.up()
    played.hear(before + ["x5"])
    let known = played.events.count
    played.answer(Self.monitor)
    var xml = PlayedSwitch.list()
    if let call = list.first { xml = PlayedSwitch.list(call) }
    played.answer(xml)
    #expect(Array(played.story.dropFirst(known)) == told)
  }

  @Test func afterALongBreakCallsAreGivenUp() {
    var played = PlayedSwitch.up()
    played.hear([Self.ring, "x95"])
    #expect(played.story.last == "vanish in 01 99 00 11 11")
  }

  @Test func aRingIsToldAgain() {
    var played = PlayedSwitch.up()
    played.hear([Self.ring])
    for _ in 1...20 {
      played.wait(30)
      played.answer(PlayedSwitch.list("901 alerting connected"))
    }
    #expect(played.story.count == 11)
    #expect(Set(played.story) == ["ring in 01 99 00 11 11"])
  }

  // MARK: - Orders

  @Test func aNumberIsCalled() {
    var played = PlayedSwitch.up()
    played.order(.dial("0261912222"))
    #expect(played.sent.last == "MakeCall 1024 0261912222")
    played.answer(
      "<MakeCallResponse><callingDevice><callID>25</callID><deviceID>1024</deviceID></callingDevice></MakeCallResponse>"
    )
    #expect(played.answers == [.done])
    // The switch does not say to whom, and need not.
    played.hear([
      "delivered 25 at=1024 from=notKnown to=notKnown local=alerting",
      "originated 25 at=1024 from=1024 to=notKnown local=connected",
    ])
    #expect(played.story == ["other dialled out 02 61 91 22 22", "ring out 02 61 91 22 22"])
    played.order(.dial("0261912222"))
    played.answer(Self.error("invalidCalledDeviceID"))
    #expect(played.answers.last == .refused(error: "invalidCalledDeviceID"))
    #expect(
      played.answers.last??.dialSentence(device: "1024", server: "pbx:8800")
        == "pbx:8800 did not make the call from 1024 (invalidCalledDeviceID): is the telephone free, and may it "
        + "call that number?")
  }

  @Test func aCallIsTakenAndEnded() throws {
    var played = PlayedSwitch.up(device: "N<1024>")
    played.hear([Self.ring.replacing("at=1024", with: "dev=N&lt;1024&gt; at=1024")])
    let name = try #require(played.events.first?.callID)
    played.order(.answer(name))
    #expect(played.sent.last == "AnswerCall 901 N<1024>")
    played.answer("<AnswerCallResponse/>")
    played.order(.hangUp(name))
    #expect(played.sent.last == "ClearConnection 901 N<1024>")
    played.answer("<ClearConnectionResponse/>")
    played.hear(["cleared 901 at=1024 local=null"])
    #expect(played.story.last == "end rejected in 01 99 00 11 11")
    played.order(.hangUp(name))
    #expect(played.answers == [.done, .done, .gone])
  }

  @Test func whatIsNotAnsweredIsSaid() {
    var played = PlayedSwitch.up()
    played.order(.dial("0261912222"))
    played.wait(10)
    #expect(played.answers == [.unknown] && played.session.counts.unanswered == 1)
    // A late answer is none to something else.
    played.answer("<MakeCallResponse/>")
    played.order(.dial("0261912222"), ticket: 2)
    played.reconnect(after: 1)
    #expect(played.answers == [.unknown, .unknown])
  }
}

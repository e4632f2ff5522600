import Telephony
import Testing

/// Several callers under one name of a dialog, and states that tell no caller (RFC 4235, section 4.1).
struct DialogTurnTests {
  private static let other = "sip:0199004567@pbx.example"
  private let a = "03 88 20 21 22"
  private let b = "01 99 00 45 67"

  private func story(_ documents: [String]) throws -> [String] {
    var subscriber = try Subscriber(password: nil)
    subscriber.accept(Document.full(0))
    for document in documents { subscriber.notify(document) }
    return subscriber.story
  }

  private func dialog(
    _ state: String, _ remote: String? = "sip:0388202122@pbx.example", callID: String? = nil,
    direction: String? = "recipient", event: String? = nil
  ) -> String {
    Document.dialog(
      "1024", state, direction: direction, callID: callID, remote: remote, event: event)
  }

  @Test(arguments: [nil, "c"])
  func anotherCallerUnderAKnownNameIsAnotherCall(callID: String?) throws {
    let documents = [
      dialog("early", callID: callID), dialog("confirmed", callID: callID),
      dialog("early", Self.other, callID: callID), dialog("confirmed", callID: callID),
      dialog("terminated", nil, callID: callID),
    ]
    let story = try story(zip(1..., documents).map { Document.full($0, $1) })
    #expect(
      story == [
        "ring in \(a)", "answer in \(a)", "ring in \(b)", "vanish in \(b)", "end normal in \(a)",
      ])
  }

  private static let own = "sip:1024@pbx.example"

  /// Asterisk 20 (chan_sip, notifycid = yes) names the station itself until it knows who calls.
  @Test func whoIsNamedBehindTheStationItselfIsNoOtherCall() throws {
    let documents = [
      dialog("early", Self.own, callID: "pickup-1"), dialog("early", callID: "pickup-1"),
      dialog("confirmed", nil, direction: nil), dialog("terminated", nil, direction: nil),
    ]
    #expect(
      try story(zip(1..., documents).map { Document.full($0, $1) }) == [
        "ring in withheld", "ring in \(a)", "answer in \(a)", "end normal in \(a)",
      ])
  }

  /// The same while the station talks: no dialog goes back from confirmed to early.
  @Test func whoRingsBesideACallIsNamedLater() throws {
    let callID = "pickup-1"
    let documents = [
      dialog("early", callID: callID), dialog("confirmed", nil, callID: callID, direction: nil),
      dialog("early", Self.own, callID: callID), dialog("early", Self.other, callID: callID),
      dialog("terminated", nil, callID: callID, direction: nil),
    ]
    let story = try story(zip(1..., documents).map { Document.full($0, $1) })
    #expect(
      story.prefix(4) == [
        "ring in \(a)", "answer in \(a)", "ring in withheld", "ring in \(b)",
      ])
    #expect(Set(story.dropFirst(4)) == ["end normal in \(a)", "end untold in \(b)"])
  }

  /// Asterisk 22 (chan_pjsip): the station calls a group that it is in, also beside a talk, and in front of one.
  ///
  /// That it does not write so for everybody is known once it has named somebody.
  @Test func whoCallsHimselfIsNoCaller() throws {
    let (rings, over) = (dialog("early", Self.own), dialog("terminated", nil))
    let taken = dialog("confirmed", nil, direction: nil)
    let first = [dialog("early", Self.other), over]
    for documents in [[rings], [rings, taken], [dialog("early"), taken, rings, taken]] {
      let story = try story(
        zip(1..., first + documents + [over]).map { Document.full($0, $1) })
      #expect(!story.contains { $0.contains("withheld") }, "\(story)")
    }
    let before = try story(
      zip(1..., first + [rings, taken, dialog("early"), taken, over]).map { Document.full($0, $1) })
    #expect(before.contains("ring in \(a)") && !before.contains("ring in withheld"), "\(before)")
  }

  /// It names those who wish not to be known, and those of whom it knows no number, otherwise.
  @Test(arguments: ["sip:anonymous@anonymous.invalid", "sip:invalid@pbx.example"])
  func whoIsWithheldIsNotTheStation(other: String) throws {
    let documents = [dialog("early", other), dialog("terminated", nil)]
    #expect(
      try story(zip(1..., documents).map { Document.full($0, $1) }) == [
        "ring in withheld", "end untold in withheld",
      ])
  }

  /// The same by a server that says how it ended.
  @Test func whoCallsHimselfDoesNotMissHisCall() throws {
    let documents = [
      dialog("early", callID: "a"), dialog("terminated", callID: "a"),
      dialog("early", Self.own, callID: "b"),
      dialog("terminated", Self.own, callID: "b", event: "cancelled"),
    ]
    let story = try story(zip(1..., documents).map { Document.partial($0, $1) })
    #expect(story == ["ring in \(a)", "end normal in \(a)"])
  }

  /// Asterisk 22 (chan_pjsip, notify_early_inuse_ringing = yes): that the first was answered has no name.
  @Test func whoRingsBesideAnAnswerWithoutANameIsTold() throws {
    let documents = [
      dialog("early"), dialog("confirmed", nil, direction: nil), dialog("early", Self.other),
      dialog("confirmed", nil, direction: nil), dialog("terminated", nil, direction: nil),
    ]
    #expect(
      try story(zip(1..., documents).map { Document.full($0, $1) }) == [
        "ring in \(a)", "answer in \(a)", "ring in \(b)", "vanish in \(b)", "end normal in \(a)",
      ])
  }

  /// The station called somebody, or is busy in a way that nobody told.
  @Test(arguments: [nil, "initiator"])
  func whoRingsBesideACallOfTheStationIsTold(direction: String?) throws {
    let called = direction == nil ? nil : "sip:0199003333@pbx.example"
    let documents = [
      dialog("confirmed", called, direction: direction), dialog("early", Self.other),
      dialog("confirmed", nil, direction: nil), dialog("terminated", nil, direction: nil),
    ]
    let story = try story(zip(1..., documents).map { Document.full($0, $1) })
    #expect(story.contains("ring in \(b)"))
    #expect(!story.contains("answer in \(b)"))
  }

  /// Neither of two that ring is who talks already.
  @Test(arguments: [nil, "initiator"])
  func whoRingBesideACallOfTheStationDoNotTalk(direction: String?) throws {
    let called = direction == nil ? nil : "sip:0199003333@pbx.example"
    let documents = [
      dialog("confirmed", called, direction: direction), dialog("early"),
      dialog("early", Self.other), dialog("terminated", nil, direction: nil),
    ]
    let story = try story(zip(1..., documents).map { Document.full($0, $1) })
    #expect(story.contains("ring in \(a)") && story.contains("ring in \(b)"))
    #expect(!story.contains("answer in \(b)") && !story.contains("answer \(b)"), "\(story)")
  }

  @Test func theSecondCallIsAnsweredBesideTheFirst() throws {
    let documents = [
      dialog("confirmed"), dialog("early", Self.other), dialog("confirmed", Self.other),
      dialog("terminated", nil),
    ]
    let story = try story(zip(1..., documents).map { Document.partial($0, $1) })
    #expect(
      story == [
        "answer in \(a)", "ring in \(b)", "answer in \(b)", "end normal in \(a)",
        "end normal in \(b)",
      ]
        || story == [
          "answer in \(a)", "ring in \(b)", "answer in \(b)", "end normal in \(b)",
          "end normal in \(a)",
        ], "\(story)")
  }

  /// Two ring, and only the state is sent: it is not known which was answered.
  @Test func whichOfTwoWasAnsweredIsNotKnown() throws {
    let documents = [
      dialog("early"), dialog("early", Self.other), dialog("confirmed", nil, direction: nil),
      dialog("terminated", nil, direction: nil),
    ]
    var subscriber = try Subscriber(password: nil)
    subscriber.accept(Document.full(0))
    for (version, document) in zip(1..., documents) {
      subscriber.notify(Document.full(version, document))
    }
    #expect(subscriber.story.prefix(2) == ["ring in \(a)", "ring in \(b)"])
    #expect(Set(subscriber.story[2..<4]) == ["vanish in \(a)", "vanish in \(b)"])
    #expect(subscriber.story.suffix(2) == ["answer in untold", "end normal in untold"])
  }

  /// One state for all calls of a station: another may have rung beside the one that it named.
  @Test(arguments: [
    ("1024", nil, true), ("1024", "pickup-1", true), ("1024", "c", false), ("a", "pickup-1", true),
    ("a", nil, false), ("a", "c", false),
  ])
  func whoWasAnsweredIsInDoubt(id: String, callID: String?, isDoubtful: Bool) throws {
    let states = ["early", "confirmed"].map {
      Document.dialog(id, $0, callID: callID, remote: $0 == "early" ? "sip:0388202122@x" : nil)
    }
    var subscriber = try Subscriber(password: nil)
    subscriber.accept(Document.full(0))
    for (version, state) in zip(1..., states) { subscriber.notify(Document.full(version, state)) }
    #expect(subscriber.story == ["ring in \(a)", "answer in \(a)"])
    #expect(subscriber.events.map(\.doubt) == [nil, isDoubtful ? .caller : nil])
  }

  /// Nobody doubts whom the station called.
  @Test func whomTheStationCalledIsNotInDoubt() throws {
    var subscriber = try Subscriber(password: nil)
    subscriber.accept(Document.full(0))
    for (version, state) in zip(1..., ["early", "confirmed"]) {
      subscriber.notify(Document.full(version, dialog(state, direction: "initiator")))
    }
    #expect(subscriber.events.last?.kind == .answer)
    #expect(subscriber.events.allSatisfy { $0.doubt == nil })
  }

  @Test func whoIsAnsweredInsteadOfWhoRangIsAnotherCall() throws {
    let documents = [dialog("early"), dialog("confirmed", Self.other)]
    let story = try story(zip(1..., documents).map { Document.partial($0, $1) })
    #expect(story == ["ring in \(a)", "vanish in \(a)", "answer in \(b)"])
  }

  /// A withheld caller was answered, as the state says, and somebody else rings.
  @Test func whoRingsAfterAWithheldCallerIsAnother() throws {
    let hidden = "sip:anonymous@anonymous.invalid"
    let documents = [
      dialog("early", hidden), dialog("confirmed", nil, direction: nil),
      dialog("early", Self.other), dialog("confirmed", nil, direction: nil),
      dialog("terminated", nil, direction: nil),
    ]
    #expect(
      try story(zip(1..., documents).map { Document.full($0, $1) }) == [
        "ring in withheld", "answer in withheld", "ring in \(b)", "vanish in \(b)",
        "end normal in withheld",
      ])
    #expect(
      try story(zip(1..., [documents[0], documents[2]]).map { Document.full($0, $1) }) == [
        "ring in withheld", "ring in \(b)",
      ])
  }

  /// One number written in two ways is one caller.
  @Test func oneCallerInTwoSpellingsIsOneCall() throws {
    let documents = [
      dialog("early"), dialog("confirmed", "sip:+33388202122@10.0.0.1;user=phone"),
    ]
    let story = try story(zip(1..., documents).map { Document.partial($0, $1) })
    #expect(story == ["ring in \(a)", "answer in \(a)"])
  }

  @Test func whoIsDialledMayHaveAnotherNameWhenHeAnswers() throws {
    let documents = [
      dialog("early", "sip:600@pbx.example", direction: "initiator"),
      dialog("confirmed", "sip:1025@pbx.example", direction: "initiator"),
    ]
    let story = try story(zip(1..., documents).map { Document.partial($0, $1) })
    #expect(story == ["ring out 600", "answer out 600"])
  }

  /// A station that is on the line, as far as anybody says: busy, and nobody's call.
  @Test func aStateAloneIsBusyness() throws {
    let documents = [dialog("confirmed", nil, direction: nil), dialog("terminated", nil)]
    var subscriber = try Subscriber(password: nil)
    subscriber.accept(Document.full(0))
    for (version, document) in zip(1..., documents) {
      subscriber.notify(Document.full(version, document))
    }
    #expect(subscriber.story == ["answer untold", "end normal untold"])
    var calls = CallList()
    for event in subscriber.events.prefix(1) { _ = calls.apply(event) }
    #expect(calls.live.map(\.isMereBusyness) == [true])
    #expect(calls.isBusy(station: "1024", except: Call.ID(serial: 0)))
  }

  @Test(arguments: ["sip:1024@pbx.example", "sip:1024@192.0.2.7:5060", "sip:1024@x;user=phone"])
  func theStationItselfIsNobodysCaller(remote: String) throws {
    #expect(
      try story([Document.full(1, dialog("early", remote))]) == ["ring in withheld"])
  }

  /// Servers that mix up the two ends, or name a station by its user name.
  @Test(arguments: [
    ("sip:1024@x", "sip:0388202122@x", "03 88 20 21 22"), ("sip:1024@x", "sip:1024@x", "withheld"),
    ("sip:anna@x", "sip:0388202122@x", "03 88 20 21 22"), ("sip:anna@x", "sip:anna@x", "withheld"),
    ("sip:0199004567@x", "sip:anna@x", "01 99 00 45 67"),
  ])
  func theOtherEndIsWhoIsNotTheStation(remote: String, local: String, who: String) throws {
    let body = """
      <dialog id="a" direction="recipient"><state>early</state><remote>\
      <identity>\(remote)</identity></remote><local><identity>\(local)</identity></local></dialog>
      """
    let document = Document.full(1, body).replacing("sip:1024@pbx.example", with: "sip:anna@x")
    #expect(try story([document]) == ["ring in \(who)"])
  }

  /// BroadWorks names the other end by its user and its number, and says `proceeding` of what rings.
  @Test(arguments: [
    ("<identity display='Dupont SA'>sip:dupont@x</identity><identity display='Dupont SA'>tel:+33388202122</identity>"),
    ("<identity display='Dupont SA'>tel:+33388202122</identity><identity>sip:dupont@x</identity>"),
    ("<identity display='Dupont SA'>sip:0388202122@x;user=phone</identity>"),
  ])
  func anEndMayHaveSeveralIdentities(remote: String) throws {
    let documents = ["proceeding", "confirmed", "terminated"].map {
      "<dialog id='bG9jYWxIb3N0NDow' direction='recipient'><state>\($0)</state><remote>\(remote)</remote></dialog>"
    }
    var subscriber = try Subscriber(password: nil)
    subscriber.accept(Document.full(0))
    for (version, document) in zip(1..., documents) {
      subscriber.notify(Document.full(version, document))
    }
    #expect(subscriber.story == ["ring in \(a)", "answer in \(a)", "end normal in \(a)"])
    #expect(subscriber.events.first?.caller.name == "Dupont SA")
  }

  /// Wildix mixes the ends up, and says in another word why a call is over, after a recording of it.
  @Test func theReasonMayBeCalledSo() throws {
    let dialog = { (state: String) in
      """
      <dialog id="5c7f" call-id="5c7f" direction="recipient"><note>Ringing</note><remote>\
      <identity display="Anna">sip:1024@wildix</identity></remote><local>\
      <identity display="Dupont SA">sip:+33388202122@wildix</identity></local>\(state)</dialog>
      """
    }
    let documents = [
      Document.full(1, dialog("<state>early</state>")),
      Document.full(2, dialog("<state reason=\"replaced\">terminated</state>")),
    ]
    #expect(try story(documents) == ["ring in \(a)", "end elsewhere in \(a)"])
  }

  @Test func aTargetIsTheCallerWhereNoIdentityIsTold() throws {
    let body = """
      <dialog id="a" direction="recipient"><state>early</state><remote>\
      <target uri="sip:0388202122@192.0.2.9:5060"/></remote></dialog>
      """
    #expect(try story([Document.full(1, body)]) == ["ring in \(a)"])
    let both = body.replacing(
      "<target", with: "<identity>sip:0199004567@x</identity><target")
    #expect(try story([Document.full(1, both)]) == ["ring in \(b)"])
  }

  // MARK: - Versions

  @Test(arguments: [1_795_342_216, 4_294_967_295])
  func versionsHave32Bits(version: Int) throws {
    #expect(
      try story([
        Document.full(version - 1), Document.partial(version, dialog("early")),
      ]) == ["ring in \(a)"])
  }

  /// The server was restarted within the subscription.
  @Test func allStateOfAnOlderVersionIsAskedForAgain() throws {
    var subscriber = try Subscriber(password: nil)
    subscriber.accept(Document.full(7))
    _ = subscriber.takeSent()
    subscriber.notify(Document.full(0, dialog("early")))
    #expect(subscriber.request != nil)
    subscriber.accept(Document.full(1, dialog("early")))
    #expect(subscriber.story == ["ring in \(a)"])
  }
}

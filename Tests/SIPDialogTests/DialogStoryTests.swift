import Telephony
import Testing

/// What documents of dialog state say of calls (R1, R4, R5).
struct DialogStoryTests {
  /// The events of documents that come one after the other, the first as the answer to SUBSCRIBE.
  private func story(_ documents: [String]) throws -> [String] {
    var subscriber = try Subscriber(password: nil)
    subscriber.accept(documents[0])
    for document in documents.dropFirst() { subscriber.notify(document) }
    return subscriber.story
  }

  @Test func aCallRingsIsAnsweredAndEnds() throws {
    let story = try story([
      Document.full(0),
      Document.partial(1, Document.dialog("a", "trying")),
      Document.partial(2, Document.dialog("a", "early", name: "Dupont SA")),
      Document.partial(3, Document.dialog("a", "confirmed")),
      Document.partial(4, Document.dialog("a", "terminated", event: "remote-bye")),
    ])
    #expect(
      story == [
        "ring in 03 88 20 21 22", "answer in 03 88 20 21 22", "end normal in 03 88 20 21 22",
      ])
  }

  /// Each document of FreeSWITCH says that it is full, and tells of the one dialog that changed, in the state of the
  /// station.
  @Test(arguments: [
    // Two telephones ring, and the first takes the call.
    (
      ["a early", "b early", "a confirmed", "b confirmed", "a terminated"],
      ["ring in", "answer in", "end normal in"]
    ),
    (
      ["a early", "b early", "b early", "a terminated", "b terminated"],
      ["ring in", "end untold in"]
    ),
    // One refuses while another one answers: nobody talks at that moment, and then one does.
    (
      [
        "a early", "b early", "c early", "a terminated", "b confirmed", "c confirmed",
        "b terminated",
      ],
      ["ring in", "end untold in", "answer in", "end normal in"]
    ),
    // The station calls: `confirmed` is no answer yet.
    (["o confirmed", "o terminated"], ["ring out", "end normal out"]),
    (
      ["o confirmed", "o confirmed", "o terminated"], ["ring out", "answer out", "end normal out"]
    ),
  ])
  func eachDocumentOfFreeSwitchTellsOfOneDialog(documents: [String], what: [String]) throws {
    var subscriber = try Subscriber(password: nil)
    subscriber.accept(Document.full(0))
    for (place, document) in documents.enumerated() {
      let words = document.split(separator: " ").map { String($0) }
      let dialog = Document.dialog(
        words[0], words[1], direction: words[0] == "o" ? "initiator" : "recipient",
        remote: words[1] == "terminated" ? nil : "sip:0388202122@pbx.example")
      subscriber.notify(
        Document.full(place + 1, dialog), lines: ["User-Agent: FreeSWITCH-mod_sofia/1.10.12"])
    }
    #expect(subscriber.story == what.map { $0 + " 03 88 20 21 22" })
  }

  /// A window knows the calls again that an earlier one was told of, by their names.
  @Test func aDialogOfAnotherRunHasAnotherName() throws {
    let names = try [0, 60].map { (seconds: Int) -> String? in
      var subscriber = try Subscriber(password: nil)
      subscriber.pass(seconds)
      subscriber.accept(Document.full(0, Document.dialog("1024", "early")))
      return subscriber.events.first?.callID
    }
    #expect(names[0] != nil && names[0] != names[1])
  }

  /// FreeSWITCH may call itself anything: its documents have the names of channels.
  @Test func documentsOfFreeSwitchAreKnownByTheirNames() throws {
    let (one, two) = (
      "a41b1e15-5805-4045-aaea-eb53187ded8f", "b7822641-0e69-4abd-b563-bb0168248a07"
    )
    let story = try story([
      Document.full(0), Document.full(1, Document.dialog(one, "early")),
      Document.full(2, Document.dialog(two, "early")),
      Document.full(3, Document.dialog(two, "confirmed")),
      Document.full(4, Document.dialog(one, "confirmed")),
      Document.full(5, Document.dialog(two, "terminated", remote: nil)),
    ])
    #expect(story == ["ring in", "answer in", "end normal in"].map { $0 + " 03 88 20 21 22" })
  }

  /// Of a call that rings beside another one, the end is told as the answer is: whoever tells more knows.
  @Test(arguments: [true, false])
  func whatEndsBesideATalkMayHaveBeenAnswered(isOutgoing: Bool) throws {
    var subscriber = try Subscriber(password: nil)
    subscriber.accept(Document.full(0))
    let other = "sip:0199004567@pbx.example"
    // What the station calls is confirmed before anybody answers.
    let first =
      isOutgoing
      ? [Document.dialog("o", "confirmed", direction: "initiator")]
      : [Document.dialog("a", "early"), Document.dialog("a", "confirmed")]
    let second = ["early", "confirmed"].map { Document.dialog("b", $0, remote: other) }
    for (place, dialog) in (first + second).enumerated() {
      subscriber.notify(
        Document.full(place + 1, dialog), lines: ["User-Agent: FreeSWITCH-mod_sofia/1.10.12"])
    }
    let doubts = subscriber.events.map { $0.doubt == .caller }
    #expect(doubts.last == true && !doubts.dropLast().contains(true))
  }

  /// The same of a call that the station makes beside a talk.
  @Test func whatTheStationCallsBesideATalkMayBeOver() throws {
    var subscriber = try Subscriber(password: nil)
    subscriber.accept(Document.full(0))
    let second = Array(
      repeating: Document.dialog(
        "b", "confirmed", direction: "initiator", remote: "sip:0199004567@pbx.example"), count: 2)
    let talk = [Document.dialog("a", "early"), Document.dialog("a", "confirmed")]
    for (place, dialog) in (talk + second).enumerated() {
      subscriber.notify(
        Document.full(place + 1, dialog), lines: ["User-Agent: FreeSWITCH-mod_sofia/1.10.12"])
    }
    #expect(subscriber.events.map { $0.doubt == .caller } == [false, false, false, true])
  }

  /// RFC 4235, section 4.1.3.1: why a dialog of a call that rang is terminated.
  @Test(arguments: [
    ("cancelled", nil, "missed"), ("rejected", 486, "rejected"), ("rejected", 603, "rejected"),
    ("rejected", nil, "rejected"), ("rejected", 480, "missed"), ("rejected", 408, "missed"),
    ("rejected", 500, "failed"), ("replaced", nil, "elsewhere"), ("timeout", nil, "missed"),
    ("error", nil, "failed"), ("local-bye", nil, "normal"), ("invented", nil, "normal"),
    (nil, nil, "untold"),
  ])
  func theEndOfARingSaysWhy(event: String?, code: Int?, reason: String) throws {
    let story = try story([
      Document.full(0, Document.dialog("a", "early")),
      Document.partial(1, Document.dialog("a", "terminated", event: event, code: code)),
    ])
    #expect(story == ["ring in 03 88 20 21 22", "end \(reason) in 03 88 20 21 22"])
  }

  @Test(arguments: [
    ("cancelled", "normal"), ("rejected", "failed"), ("error", "failed"), ("local-bye", "normal"),
  ])
  func anOutgoingCallIsNeverMissedNorRejected(event: String, reason: String) throws {
    let story = try story([
      Document.full(0, Document.dialog("a", "trying", direction: "initiator")),
      Document.partial(1, Document.dialog("a", "proceeding", direction: "initiator")),
      Document.partial(2, Document.dialog("a", "terminated", direction: "initiator", event: event)),
    ])
    #expect(story == ["ring out 03 88 20 21 22", "end \(reason) out 03 88 20 21 22"])
  }

  @Test func aCallOfTheStationIsAnsweredByTheOtherEnd() throws {
    let story = try story([
      Document.full(0),
      Document.full(1, Document.dialog("a", "confirmed", direction: "initiator")), Document.full(2),
    ])
    #expect(story == ["answer out 03 88 20 21 22", "end normal out 03 88 20 21 22"])
  }

  /// The busy telephone refuses a second call that never rang: by itself.
  @Test func aCallThatNeverRangIsToldWhenItWasRefused() throws {
    let story = try story([
      Document.full(0),
      Document.partial(1, Document.dialog("a", "trying")),
      Document.partial(2, Document.dialog("a", "terminated", event: "rejected", code: 486)),
      Document.partial(3, Document.dialog("b", "terminated", event: "cancelled")),
    ])
    #expect(story == ["end missed in 03 88 20 21 22", "end missed in 03 88 20 21 22"])
  }

  @Test func twoTelephonesOfOneCallAreOneCall() throws {
    let story = try story([
      Document.full(
        0, Document.dialog("a", "early", callID: "c"), Document.dialog("b", "early", callID: "c")),
      Document.partial(1, Document.dialog("b", "confirmed", callID: "c")),
      Document.partial(2, Document.dialog("a", "terminated", callID: "c", event: "cancelled")),
      Document.partial(3, Document.dialog("b", "terminated", callID: "c", event: "local-bye")),
    ])
    #expect(
      story == [
        "ring in 03 88 20 21 22", "answer in 03 88 20 21 22", "end normal in 03 88 20 21 22",
      ])
  }

  @Test func severalCallsAreToldApart() throws {
    let other = "sip:0199004567@pbx.example"
    let story = try story([
      Document.full(0, Document.dialog("a", "confirmed", direction: "initiator")),
      Document.partial(1, Document.dialog("b", "early", remote: other)),
      Document.partial(2, Document.dialog("a", "terminated", direction: "initiator")),
      Document.partial(3, Document.dialog("b", "confirmed", remote: other)),
    ])
    #expect(
      story == [
        "answer out 03 88 20 21 22", "ring in 01 99 00 45 67", "end normal out 03 88 20 21 22",
        "answer in 01 99 00 45 67",
      ])
  }

  /// Asterisk calls every dialog of a station by the station's name, and says no more than its state.
  @Test func aNameThatIsUsedAgainIsAnotherCall() throws {
    let idle = Document.dialog("1024", "terminated", direction: nil, remote: nil)
    let ringing = Document.dialog("1024", "early", direction: nil, remote: nil)
    let talking = Document.dialog("1024", "confirmed", direction: nil, remote: nil)
    var subscriber = try Subscriber(password: nil)
    subscriber.accept(Document.full(0, idle))
    for (version, dialog) in [ringing, talking, idle, ringing, idle].enumerated() {
      subscriber.notify(Document.full(version + 1, dialog))
    }
    #expect(
      subscriber.story == [
        "ring withheld", "answer withheld", "end normal withheld", "ring withheld",
        "end untold withheld",
      ])
    #expect(Set(subscriber.events.map(\.callID)).count == 2)
  }

  /// Kamailio repeats terminated dialogs in each document until they expire.
  @Test func anEndThatIsRepeatedIsOneEnd() throws {
    let over = Document.dialog("a", "terminated", callID: "c", event: "cancelled")
    let story = try story([
      Document.full(0), Document.full(1, Document.dialog("a", "early", callID: "c")),
      Document.full(2, over), Document.full(3, over, Document.dialog("b", "early", callID: "c")),
      Document.full(4, over, Document.dialog("b", "terminated", callID: "c", event: "rejected")),
    ])
    #expect(
      story == [
        "ring in 03 88 20 21 22", "end missed in 03 88 20 21 22", "ring in 03 88 20 21 22",
        "end rejected in 03 88 20 21 22",
      ])
  }

  @Test(arguments: [
    ("sip:anonymous@anonymous.invalid", "withheld"), ("sip:1025@pbx.example", "1025"),
    ("sip:%2B33388202122@pbx.example;user=phone", "03 88 20 21 22"), ("", "withheld"),
  ])
  func theOtherEndIsReadLikeAnyCaller(address: String, text: String) throws {
    #expect(
      try story([Document.full(0, Document.dialog("a", "early", remote: address))])
        == ["ring in \(text)"])
  }

  @Test func aNumberThatIsToldLaterCounts() throws {
    let story = try story([
      Document.full(0, Document.dialog("a", "early", remote: nil)),
      Document.partial(1, Document.dialog("a", "early")),
      Document.partial(2, Document.dialog("a", "early")),
      Document.partial(3, Document.dialog("a", "confirmed", remote: nil)),
    ])
    #expect(
      story == ["ring in withheld", "ring in 03 88 20 21 22", "answer in 03 88 20 21 22"])
  }

  @Test func namesAreHarmless() throws {
    var subscriber = try Subscriber(password: nil)
    subscriber.accept(
      Document.full(0, Document.dialog("a", "early", name: "Du&#x202E;pont&#10;&lt;SA&gt;")))
    #expect(subscriber.events.map(\.caller.name) == ["Dupont <SA>"])
  }

  // MARK: - Late, twice, out of order

  @Test func oldNewsIsNone() throws {
    let story = try story([
      Document.full(4), Document.partial(5, Document.dialog("a", "early")),
      Document.partial(6, Document.dialog("a", "confirmed")),
      Document.partial(5, Document.dialog("a", "early")),
      Document.full(3), Document.partial(6, Document.dialog("a", "terminated")),
    ])
    #expect(story == ["ring in 03 88 20 21 22", "answer in 03 88 20 21 22"])
  }

  @Test func aCallInProgressIsShownButItsAnswerIsNotNew() throws {
    var subscriber = try Subscriber(password: nil)
    subscriber.accept(
      Document.full(
        0, Document.dialog("a", "confirmed"), Document.dialog("b", "terminated", event: "cancelled")
      ))
    #expect(subscriber.story == ["answer 03 88 20 21 22"])
  }

  /// Where nobody listened for a while: what became of a call that rang is not known (R5a), nor when another one ended.
  @Test func whatIsGoneAfterAnOutageIsOver() throws {
    var subscriber = try Subscriber(password: nil)
    subscriber.accept(
      Document.full(
        0, Document.dialog("a", "early"),
        Document.dialog("b", "confirmed", remote: "sip:0199004567@pbx.example")))
    subscriber.breakLink()
    subscriber.pass(2)
    subscriber.accept(Document.full(0))
    #expect(
      subscriber.story.suffix(2) == ["vanish in 03 88 20 21 22", "end lost in 01 99 00 45 67"])
  }

  /// Issabel (Asterisk 11): each document has version 0.
  @Test func aServerMayNotCountItsDocuments() throws {
    let documents = [
      Document.full(0, Document.dialog("a", "early")),
      Document.full(0, Document.dialog("a", "early")),
      Document.full(0, Document.dialog("a", "confirmed")), Document.full(0),
    ]
    #expect(
      try story(documents)
        == ["ring in", "answer in", "end normal in"].map { $0 + " 03 88 20 21 22" })
  }

  @Test func aCallThatGoesOnAfterAnOutageIsTheSame() throws {
    var subscriber = try Subscriber(password: nil)
    subscriber.accept(Document.full(7, Document.dialog("a", "early")))
    subscriber.breakLink()
    subscriber.pass(2)
    subscriber.accept(Document.full(0, Document.dialog("a", "confirmed")))
    #expect(subscriber.story == ["ring in 03 88 20 21 22", "answer in 03 88 20 21 22"])
    #expect(Set(subscriber.events.map(\.callID)).count == 1)
  }
}

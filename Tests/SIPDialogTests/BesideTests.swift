import PhoneNumbers
import Telephony
import Testing

@testable import SIP

/// The telephone and the dialog state of its station: the two together are the whole truth.
struct BesideTests {
  private static let caller = NumberPlan().caller("sip:+33388202122@pbx.example")

  /// The station took the call: dialog state goes on to tell of it, and the telephone ends nothing, whichever of
  /// them hears first.
  @Test(arguments: [true, false])
  func whatTheStationTookIsNotEnded(isFirst: Bool) throws {
    var phone = try ListeningPhone.registered(hasBeside: true)
    let invite = CallRequest.invite()
    phone.hear(.heard(true))
    phone.send(invite)
    if isFirst { phone.hear(.taken(Self.caller)) }
    phone.send(invite.cancel("SIP;cause=200"))
    if !isFirst {
      phone.pass(1_500)
      phone.hear(.taken(Self.caller))
    }
    phone.pass(10_000)
    #expect(phone.story == ["ring in 03 88 20 21 22"])
  }

  /// Dialog state that is heard and says nothing means a colleague; that is not heard, nothing.
  @Test(arguments: [(true, "end elsewhere"), (false, "answer")])
  func whatTheStationDidNotTakeAColleagueTook(isHeard: Bool, what: String) throws {
    var phone = try ListeningPhone.registered(isOwn: true, hasBeside: true)
    let invite = CallRequest.invite()
    phone.hear(.heard(isHeard))
    phone.send(invite)
    phone.send(invite.cancel("SIP;cause=200"))
    #expect(phone.story.count == 1)
    phone.pass(2_000)
    #expect(phone.story.dropFirst().first == "\(what) in 03 88 20 21 22")
  }

  /// Of two that ring, the one is meant whose number is told; without a number, nobody can say.
  @Test func ofTwoTheOneIsMeantThatIsNamed() throws {
    for isNamed in [true, false] {
      var phone = try ListeningPhone.registered(hasBeside: true)
      phone.hear(.heard(true))
      let first = CallRequest.invite()
      var second = CallRequest.invite(branch: "z9hG4bKb")
      (second.callID, second.from) = ("second", "<sip:0536491201@pbx.example>;tag=b")
      phone.send(first)
      phone.send(second)
      phone.hear(.taken(isNamed ? Self.caller : Caller(identity: .untold)))
      phone.send(first.cancel("SIP;cause=200"))
      phone.send(second.cancel("SIP;cause=200"))
      phone.pass(3_000)
      let ends = phone.story.dropFirst(2)
      #expect(ends.count == (isNamed ? 1 : 2) && ends.contains("end elsewhere in 05 36 49 12 01"))
    }
  }

  /// Two that ring at once.
  private static var twoCalls: (CallRequest, CallRequest) {
    var second = CallRequest.invite(branch: "z9hG4bKb")
    (second.callID, second.from) = ("second", "<sip:0536491201@pbx.example>;tag=b")
    return (CallRequest.invite(), second)
  }

  // MARK: - Both at once

  /// A server that does not say who calls, whichever of the two hears first.
  @Test(arguments: [true, false])
  func bothDoorsAreOneCall(isDialogFirst: Bool) throws {
    var desk = try Desk()
    let invite = CallRequest.invite()
    if !isDialogFirst { desk.send(invite) }
    desk.notify(Document.dialog("1024", "early", remote: nil))
    if isDialogFirst { desk.send(invite) }
    desk.notify(Document.dialog("1024", "confirmed", direction: nil, remote: nil))
    desk.send(invite.cancel("SIP;cause=200"))
    desk.pass(5_000)
    #expect(desk.calls == ["answered 03 88 20 21 22"])
    desk.notify(Document.dialog("1024", "terminated", direction: nil, remote: nil))
    #expect(desk.calls == ["ended normal answered 03 88 20 21 22"])
  }

  /// Of two that ring a server tells the first, and goes on to name it: the one that another telephone took at that
  /// moment is the one that was answered.
  @Test(arguments: [1, 2], [true, false])
  func ofTwoTheOneIsAnsweredThatWasTaken(which: Int, isDialogFirst: Bool) throws {
    var desk = try Desk()
    let (first, second) = Self.twoCalls
    desk.send(first)
    desk.notify(Document.dialog("1024", "early"))
    desk.send(second)
    let taken = which == 1 ? first : second
    if !isDialogFirst { desk.send(taken.cancel("SIP;cause=200")) }
    desk.notify(Document.dialog("1024", "confirmed", direction: nil, remote: nil))
    desk.notify(Document.dialog("1024", "confirmed"))
    if isDialogFirst { desk.send(taken.cancel("SIP;cause=200")) }
    desk.pass(5_000)
    let states = which == 1 ? ["answered", "ringing"] : ["ringing", "answered"]
    #expect(desk.calls == ["\(states[0]) 03 88 20 21 22", "\(states[1]) 05 36 49 12 01"])
    desk.send((which == 1 ? second : first).cancel())
    desk.pass(5_000)
    desk.notify(Document.dialog("1024", "terminated", direction: nil, remote: nil))
    let ends = which == 1 ? ["normal answered", "missed"] : ["missed", "normal answered"]
    #expect(
      desk.calls == ["ended \(ends[0]) 03 88 20 21 22", "ended \(ends[1]) 05 36 49 12 01"])
  }

  /// Of two that ring the first is answered, and the document tells of the second until it rings no more: then of the first.
  /// A document that names nobody then is of the one whom another telephone took.
  @Test(arguments: [0, 5_000], [true, false])
  func whoeverIsNamedAtTheEndOfARingWasAnswered(pause: Int64, isNamed: Bool) throws {
    var desk = try Desk()
    let (first, second) = Self.twoCalls
    let other = "sip:0536491201@pbx.example"
    desk.send(first)
    desk.notify(Document.dialog("1024", "early"))
    desk.send(second)
    desk.notify(Document.dialog("1024", "early", remote: other))
    desk.send(first.cancel("SIP;cause=200"))
    desk.notify(Document.dialog("1024", "early", remote: other))
    desk.pass(pause)
    desk.send(second.cancel("Q.850;cause=16"))
    desk.notify(
      isNamed
        ? Document.dialog("1024", "confirmed")
        : Document.dialog("1024", "confirmed", direction: nil, remote: nil))
    desk.pass(5_000)
    desk.notify(Document.dialog("1024", "terminated", direction: nil, remote: nil))
    #expect(
      desk.calls == ["ended normal answered 03 88 20 21 22", "ended missed 05 36 49 12 01"])
  }

  /// Of two calls of one caller, too, the one is answered that was taken.
  @Test(arguments: [1, 2])
  func ofTwoCallsOfOneCallerTheOneIsAnsweredThatWasTaken(which: Int) throws {
    var desk = try Desk()
    let first = CallRequest.invite()
    var second = CallRequest.invite(branch: "z9hG4bKb")
    second.callID = "second"
    desk.send(first)
    desk.notify(Document.dialog("1024", "early"))
    desk.send(second)
    desk.notify(Document.dialog("1024", "confirmed"))
    desk.send((which == 1 ? first : second).cancel("SIP;cause=200"))
    desk.pass(5_000)
    let states = which == 1 ? ["answered", "ringing"] : ["ringing", "answered"]
    #expect(desk.calls == states.map { "\($0) 03 88 20 21 22" })
  }

  /// A colleague puts a caller through while it rings: the telephone is told, and documents go on to name the colleague, or
  /// nobody.
  @Test(arguments: [true, false], [true, false])
  func whoIsPutThroughIsOneCall(isNamed: Bool, isDialogFirst: Bool) throws {
    var desk = try Desk()
    let colleague = "sip:1042@pbx.example"
    var invite = CallRequest.invite()
    invite.from = "<\(colleague)>;tag=caller"
    desk.send(invite)
    desk.notify(Document.dialog("1024", "early", remote: colleague))
    var update = CallRequest(
      method: "UPDATE", branch: "z9hG4bKu", sequence: 2,
      fields: ["P-Asserted-Identity: <sip:0388202122@pbx.example>"])
    update.to += ";tag=\(try desk.ringingTag)"
    desk.send(update)
    #expect(desk.calls == ["ringing 03 88 20 21 22"])
    if !isDialogFirst { desk.send(invite.cancel("SIP;cause=200")) }
    desk.notify(
      isNamed
        ? Document.dialog("1024", "confirmed", remote: colleague)
        : Document.dialog("1024", "confirmed", direction: nil, remote: nil))
    if isDialogFirst { desk.send(invite.cancel("SIP;cause=200")) }
    desk.pass(5_000)
    desk.notify(Document.dialog("1024", "terminated", direction: nil, remote: nil))
    #expect(desk.calls == ["ended normal answered 03 88 20 21 22"])
  }

  /// Of two calls of one caller the first is answered, and who rings behind it gives up before dialog state tells.
  @Test func ofTwoCallsOfOneCallerTheOneThatWasGivenUpIsMissed() throws {
    var desk = try Desk()
    let first = CallRequest.invite()
    var second = CallRequest.invite(branch: "z9hG4bKb")
    second.callID = "second"
    desk.send(first)
    desk.notify(Document.dialog("1024", "early"))
    desk.send(second)
    desk.send(first.cancel("SIP;cause=200"))
    desk.send(second.cancel("Q.850;cause=16"))
    desk.notify(Document.dialog("1024", "confirmed"))
    desk.pass(5_000)
    desk.notify(Document.dialog("1024", "terminated", direction: nil, remote: nil))
    #expect(
      desk.calls == ["ended normal answered 03 88 20 21 22", "ended missed 03 88 20 21 22"])
  }

  /// A colleague takes the one, and the operator the other a moment later.
  @Test(arguments: [1_000, 5_000], [true, false])
  func aColleaguesCallIsNotTheOperators(pause: Int64, isDialogFirst: Bool) throws {
    var desk = try Desk()
    let (first, second) = Self.twoCalls
    desk.send(first)
    desk.notify(Document.dialog("1024", "early"))
    desk.send(second)
    desk.send(first.cancel("SIP;cause=200"))
    desk.pass(pause)
    if !isDialogFirst { desk.send(second.cancel("SIP;cause=200")) }
    desk.notify(Document.dialog("1024", "confirmed"))
    if isDialogFirst { desk.send(second.cancel("SIP;cause=200")) }
    desk.pass(5_000)
    #expect(desk.calls == ["ended elsewhere 03 88 20 21 22", "answered 05 36 49 12 01"])
  }

  /// A call that was missed a moment ago rings no more.
  @Test func aCallThatWasMissedIsNotInTheWay() throws {
    var desk = try Desk()
    let (first, second) = Self.twoCalls
    desk.send(first)
    desk.notify(Document.dialog("a", "early"))
    desk.send(first.cancel())
    desk.notify(Document.dialog("a", "terminated"))
    desk.send(second)
    desk.notify(Document.dialog("b", "early", remote: nil))
    desk.notify(Document.dialog("b", "confirmed", remote: nil))
    desk.send(second.cancel("SIP;cause=200"))
    #expect(desk.calls == ["ended untold 03 88 20 21 22", "answered 05 36 49 12 01"])
    desk.pass(5_000)
    #expect(desk.calls == ["ended untold 03 88 20 21 22", "answered 05 36 49 12 01"])
  }

  /// Where the telephone does not say who was taken, nobody does.
  @Test func ofTwoNobodyIsSureWithoutAReason() throws {
    var desk = try Desk()
    desk.send(.invite())
    desk.notify(Document.dialog("1024", "early"))
    desk.send(Self.twoCalls.1)
    desk.notify(Document.dialog("1024", "confirmed"))
    desk.pass(3_000)
    #expect(desk.calls == ["ringing 03 88 20 21 22", "ringing 05 36 49 12 01", "answered "])
  }

  /// What waited for the telephone's word is told as of when it happened: who knows more told whose answer it was then.
  @Test func whatWaitedIsNoOtherCall() throws {
    var desk = try Desk()
    let (first, second) = Self.twoCalls
    desk.send(first)
    desk.notify(Document.dialog("1024", "early"))
    desk.send(second)
    for number in ["0388202122", "0536491201"] { desk.tell(.ring, of: number) }
    desk.tell(.answer, of: "0536491201")
    desk.pass(1_000)
    desk.notify(Document.dialog("1024", "confirmed"))
    desk.pass(3_000)
    #expect(desk.calls == ["ringing 03 88 20 21 22", "answered 05 36 49 12 01"])
  }

  /// The station calls a group that it is in, which rings at both: nobody calls, and the station is on the line.
  @Test(arguments: [true, false])
  func theStationIsNoCaller(isDialogFirst: Bool) throws {
    var desk = try Desk()
    var own = CallRequest.invite()
    own.from = "\"Anna\" <sip:1024@pbx.example>;tag=caller"
    if !isDialogFirst { desk.send(own) }
    desk.notify(Document.dialog("1024", "early", remote: "sip:1024@pbx.example"))
    if isDialogFirst { desk.send(own) }
    desk.notify(Document.dialog("1024", "confirmed", direction: nil, remote: nil))
    desk.send(own.cancel("SIP;cause=200"))
    desk.pass(5_000)
    #expect(desk.calls == (isDialogFirst ? ["silent "] : []) + ["answered "])
    desk.notify(Document.dialog("1024", "terminated", direction: nil, remote: nil))
    #expect(desk.calls.last == "ended normal answered ")
  }

  /// What was told to ring, and to ring no more, was taken by a colleague; the station makes a call of its own right then.
  @Test func theStationsOwnCallIsNotWhatAColleagueTook() throws {
    var desk = try Desk()
    desk.send(.invite())
    desk.notify(Document.dialog("1024", "early"))
    desk.send(CallRequest.invite().cancel("SIP;cause=200"))
    desk.notify(Document.dialog("1024", "terminated", direction: nil, remote: nil))
    desk.notify(Document.dialog("1024", "confirmed", direction: nil, remote: nil))
    desk.pass(5_000)
    #expect(desk.calls == ["ended elsewhere 03 88 20 21 22", "answered "])
  }

  /// Answered within milliseconds: the server never tells that it rang, and no line rings on.
  @Test func whatIsAnsweredAtOnceIsNotLeftRinging() throws {
    var desk = try Desk()
    let invite = CallRequest.invite()
    desk.send(invite)
    desk.send(invite.cancel("SIP;cause=200"))
    desk.notify(Document.dialog("1024", "confirmed", direction: nil, remote: nil))
    #expect(desk.calls == ["answered 03 88 20 21 22"])
    desk.notify(Document.dialog("1024", "terminated", direction: nil, remote: nil))
    desk.pass(5_000)
    #expect(desk.calls == ["ended normal answered 03 88 20 21 22"])
  }

  /// The server's one state says that somebody was answered, whom the telephone does not know: not whom.
  @Test func whoWasAnsweredIsInDoubtWithoutTheTelephonesWord() throws {
    var desk = try Desk()
    desk.notify(Document.dialog("1024", "early"))
    desk.notify(Document.dialog("1024", "confirmed", direction: nil, remote: nil))
    #expect(desk.calls == ["answered 03 88 20 21 22 ?"])
  }

  /// A proxy names the caller by `From`, and the telephone by what the network asserts: one call, whichever of them
  /// hears first, and whatever follows.
  @Test(
    arguments: [
      (["P-Asserted-Identity: <tel:+33388202122>"], "03 88 20 21 22"), (["Privacy: id"], ""),
    ], [true, false])
  func aCallOfOneNameIsOneCall(story: ([String], String), isDialogFirst: Bool) throws {
    var desk = try Desk()
    var invite = CallRequest.invite()
    (invite.from, invite.fields) = ("\"Desk\" <sip:9@pbx.example>;tag=caller", story.0)
    let dialog = { (state: String) in
      Document.dialog("a", state, callID: "call", remote: "sip:9@pbx.example", name: "Desk")
    }
    desk.notify(dialog("trying"))
    if !isDialogFirst { desk.send(invite) }
    desk.notify(dialog("early"))
    if isDialogFirst { desk.send(invite) }
    #expect(desk.calls == ["ringing \(story.1)"])
    desk.notify(dialog("confirmed"))
    desk.send(invite.cancel("SIP;cause=200"))
    desk.pass(5_000)
    desk.notify(dialog("confirmed"))
    #expect(desk.calls == ["answered \(story.1)"])
    desk.notify(dialog("terminated"))
    #expect(desk.calls == ["ended normal answered \(story.1)"])
  }

  /// A server that tells each call under a name of its own is believed.
  @Test func ofTwoThatAreToldTheOneIsAnsweredThatIsNamed() throws {
    var desk = try Desk()
    var second = CallRequest.invite(branch: "z9hG4bKb")
    (second.callID, second.from) = ("second", "<sip:0536491201@pbx.example>;tag=b")
    desk.send(.invite())
    desk.notify(Document.dialog("a", "early"))
    desk.send(second)
    desk.notify(Document.dialog("b", "early", remote: "sip:0536491201@pbx.example"))
    desk.notify(Document.dialog("b", "confirmed", remote: "sip:0536491201@pbx.example"))
    #expect(desk.calls == ["ringing 03 88 20 21 22", "answered 05 36 49 12 01"])
  }
}

extension BesideTests {
  /// FreeSWITCH tells the number of a caller who does not wish it in its documents, and not at the telephone.
  @Test(arguments: [1, 2], [0, 1, 2])
  func whoIsWithheldAtTheTelephoneIsWithheld(count: Int, before: Int) throws {
    let channels = (0..<count).map { "a41b1e15-5805-4045-aaea-eb53187ded8\($0)" }
    let rings = channels.map { Document.dialog($0, "early") }
    var desk = try Desk()
    var invite = CallRequest.invite()
    invite.from = "\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=caller"
    for ring in rings.prefix(before) { desk.notify(ring, tellsOne: true) }
    desk.send(invite)
    for ring in rings.dropFirst(before) { desk.notify(ring, tellsOne: true) }
    for id in channels { desk.notify(Document.dialog(id, "confirmed"), tellsOne: true) }
    desk.send(invite.cancel("SIP;cause=200"))
    desk.pass(5_000)
    #expect(desk.calls == ["answered "])
  }

  /// What dialog state says once more corrects nobody who has learned meanwhile that the call was put through.
  @Test func whatIsSaidOnceMoreCorrectsNothing() throws {
    var desk = try Desk()
    desk.send(.invite())
    for state in ["early", "confirmed"] {
      desk.notify(Document.dialog("a", state, callID: "call"))
    }
    #expect(desk.calls == ["answered 03 88 20 21 22"] && desk.corrections == 0)
  }
}

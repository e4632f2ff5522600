import Connector
import LauncherSupport
import Telephony
import Testing

@testable import SIP

/// The calls of a telephone that only listens.
struct ListeningTests {
  private static let elsewhere = "SIP ;cause=200 ;text=\"Call completed elsewhere\""

  /// How a call ends that another telephone took, or nobody; told as a colleague's, and as the operator's own.
  @Test(arguments: [
    (nil, ["end untold"], ["end untold"]),
    ("SIP;cause=200", ["end elsewhere"], ["answer", "end unheard"]),
    (elsewhere, ["end elsewhere"], ["answer", "end unheard"]),
    ("Q.850;cause=26", ["end elsewhere"], ["answer", "end unheard"]),
    ("Q.850;cause=16, SIP;cause=200", ["end elsewhere"], ["answer", "end unheard"]),
    ("Q.850;cause=16;text=\"Normal Clearing\"", ["end missed"], ["end missed"]),
    ("SIP;cause=487;text=\"ORIGINATOR_CANCEL\"", ["end missed"], ["end missed"]),
    ("SIP;cause=26", ["end missed"], ["end missed"]),
    ("Q.850;cause=200", ["end missed"], ["end missed"]),
    ("SIP;cause=603;text=\"Decline\"", ["end missed"], ["end rejected"]),
    ("SIP", ["end untold"], ["end untold"]), (";;;=", ["end untold"], ["end untold"]),
    ("SIP;text=\"Call completed elsewhere\"", ["end elsewhere"], ["answer", "end unheard"]),
    ("Q.850;cause=31;text=\"Answered elsewhere\"", ["end elsewhere"], ["answer", "end unheard"]),
    ("SIP;text=\"Busy\", Q.850;cause=16", ["end missed"], ["end missed"]),
  ])
  func aCallEnds(reason: String?, colleagues: [String], own: [String]) throws {
    for (isOwn, ends) in [(false, colleagues), (true, own)] {
      var phone = try ListeningPhone.registered(isOwn: isOwn)
      let invite = CallRequest.invite()
      phone.send(invite)
      phone.send(invite.cancel(reason))
      phone.pass(300)
      #expect(phone.story == (["ring"] + ends).map { "\($0) in 03 88 20 21 22" })
      #expect(Set(phone.events.map(\.callID)) == ["call 1"])
    }
  }

  /// A server that gives no reason says that the caller gave up where that is what it never gives one for.
  @Test(arguments: [
    ([nil, elsewhere, nil], ["untold", "elsewhere", "missed"]),
    (["Q.850;cause=16", elsewhere, nil], ["missed", "elsewhere", "untold"]),
    (["SIP;cause=487", nil], ["missed", "untold"]), ([nil, nil], ["untold", "untold"]),
  ])
  func aReasonThatIsLeftOutMeansWhatItsServerMeans(reasons: [String?], ends: [String]) throws {
    var phone = try ListeningPhone.registered()
    for (number, reason) in reasons.enumerated() {
      var invite = CallRequest.invite(branch: "z9hG4bK\(number)")
      invite.callID = "call-\(number)"
      phone.send(invite)
      phone.send(invite.cancel(reason))
      phone.pass(300)
    }
    let told = phone.story.filter { $0.hasPrefix("end") }
    #expect(told == ends.map { "end \($0) in 03 88 20 21 22" })
  }

  /// RFC 3891, RFC 3911: who wants to take the place of a talk, or to join it, does not call anybody.
  @Test(arguments: ["Replaces", "Join"])
  func whatIsMeantForAnotherCallDoesNotRing(field: String) throws {
    var phone = try ListeningPhone.registered()
    phone.send(.invite("\(field): 425928@h;to-tag=7743;from-tag=6472"))
    #expect(phone.lines == ["SIP/2.0 481 Call/Transaction Does Not Exist"])
    #expect(phone.story.isEmpty)
  }

  /// A caller may leave by BYE, too (RFC 3261, section 15).
  @Test func aCallerMayHangUpWhileItRings() throws {
    var phone = try ListeningPhone.registered()
    phone.send(.invite())
    var bye = CallRequest(method: "BYE", branch: "z9hG4bKb", sequence: 2)
    bye.fields = ["Reason: Q.850;cause=16"]
    bye.to += ";tag=\(try phone.ringingTag)"
    phone.forgetSent()
    phone.send(bye)
    phone.pass(300)
    #expect(phone.lines == ["SIP/2.0 200 OK", "SIP/2.0 487 Request Terminated"])
    #expect(phone.story == ["ring in 03 88 20 21 22", "end missed in 03 88 20 21 22"])
  }

  /// Who calls may change while it rings (RFC 3311): a colleague puts a caller through.
  @Test(arguments: [
    (["P-Asserted-Identity: \"Garage\" <sip:0536491201@h>"], "05 36 49 12 01"),
    (["Remote-Party-ID: <sip:0536491201@h>;party=calling"], "05 36 49 12 01"),
    (["P-Asserted-Identity: <sip:0536491201@h>", "Privacy: id"], "withheld"),
    (["P-Asserted-Identity: <sip:0388202122@h>"], nil), ([], nil),
  ])
  func theCallerMayBecomeAnother(fields: [String], who: String?) throws {
    var phone = try ListeningPhone.registered()
    phone.send(.invite())
    var update = CallRequest(method: "UPDATE", branch: "z9hG4bKb", sequence: 2, fields: fields)
    update.to += ";tag=\(try phone.ringingTag)"
    phone.forgetSent()
    phone.send(update)
    #expect(phone.lines == ["SIP/2.0 200 OK"])
    phone.send(CallRequest.invite().cancel("Q.850;cause=16"))
    phone.pass(300)
    let corrected = who.map { ["ring in \($0)"] } ?? []
    #expect(
      phone.story == ["ring in 03 88 20 21 22"] + corrected
        + ["end missed in \(who ?? "03 88 20 21 22")"])
    #expect(phone.events.map(\.corrects) == [false] + corrected.map { _ in true } + [false])
    #expect(Set(phone.events.map(\.callID)).count == 1)
  }

  /// The station calls a group that it is in: nobody calls it, until somebody is put through.
  @Test(arguments: [[], ["P-Asserted-Identity: <sip:1024@pbx.example>"]])
  func theStationIsNoCaller(fields: [String]) throws {
    var phone = try ListeningPhone.registered()
    var own = CallRequest.invite()
    (own.from, own.fields) = ("\"Anna\" <sip:1024@pbx.example>;tag=caller", fields)
    phone.send(own)
    #expect(phone.lines == ["SIP/2.0 180 Ringing"])
    let tag = try phone.ringingTag
    for caller in ["1024", "0388202122"] {
      var update = CallRequest(
        method: "UPDATE", branch: "z9hG4bK\(caller)", sequence: 2,
        fields: ["P-Asserted-Identity: <sip:\(caller)@pbx.example>"])
      update.to += ";tag=\(tag)"
      phone.send(update)
    }
    phone.send(own.cancel("Q.850;cause=16"))
    var other = own
    (other.branch, other.callID) = ("z9hG4bKother", "other")
    phone.send(other)
    phone.send(other.cancel("SIP;cause=200"))
    phone.pass(5_000)
    #expect(phone.story == ["ring in 03 88 20 21 22", "end missed in 03 88 20 21 22"])
  }

  /// A proxy rings one telephone after the other: the call that comes back is the same one.
  @Test func aCallThatComesBackIsTheSame() throws {
    var phone = try ListeningPhone.registered()
    for (number, reason) in [nil, "Q.850;cause=16"].enumerated() {
      let invite = CallRequest.invite(branch: "z9hG4bK\(number)")
      phone.send(invite)
      phone.send(invite.cancel(reason))
      phone.pass(20_000)
    }
    #expect(Set(phone.events.map(\.callID)) == ["call 1"] && phone.events.count == 4)
    var list = CallList()
    for event in phone.events { _ = list.apply(event) }
    #expect(list[Call.ID(serial: 1)]?.outcome == .missed && list[Call.ID(serial: 2)] == nil)
  }

  /// RFC 3261, 17.2.1: what comes twice is answered twice alike, and a refusal is sent until it was heard.
  @Test func whatComesTwiceIsOneCall() throws {
    var phone = try ListeningPhone.registered()
    let invite = CallRequest.invite()
    phone.send(invite)
    phone.send(invite)
    #expect(phone.lines == ["SIP/2.0 180 Ringing", "SIP/2.0 180 Ringing"])
    #expect(Set(phone.sent).count == 1)
    let ringing = try #require(SIPMessage(Array(phone.sent[0].utf8)))
    #expect(ringing.address("to")?.tag != nil && ringing["contact"] != nil)
    #expect(ringing.fields("via").count == 2 && ringing["record-route"] != nil)
    phone.forgetSent()
    phone.send(invite.cancel(Self.elsewhere))
    #expect(phone.lines == ["SIP/2.0 200 OK", "SIP/2.0 487 Request Terminated"])
    phone.send(invite.cancel(Self.elsewhere))
    phone.pass(2_000)
    #expect(
      phone.lines.suffix(3)
        == ["SIP/2.0 200 OK"] + Array(repeating: "SIP/2.0 487 Request Terminated", count: 2))
    let tags = phone.sent.compactMap { SIPMessage(Array($0.utf8))?.address("to")?.tag }
    #expect(Set(tags).count == 1 && tags.first == ringing.address("to")?.tag)
    phone.send(invite.ack)
    phone.forgetSent()
    phone.pass(40_000)
    #expect(phone.sent.isEmpty)
    #expect(phone.story == ["ring in 03 88 20 21 22", "end elsewhere in 03 88 20 21 22"])
    phone.send(invite.cancel())
    #expect(phone.lines == ["SIP/2.0 481 Call/Transaction Does Not Exist"])
  }

  /// A proxy may send one call on two ways.
  @Test(arguments: [[nil, elsewhere], [elsewhere, nil], [elsewhere, elsewhere]])
  func aForkedCallIsOne(reasons: [String?]) throws {
    var phone = try ListeningPhone.registered()
    let ways = [CallRequest.invite(), CallRequest.invite(branch: "z9hG4bKb")]
    for way in ways { phone.send(way) }
    for (way, reason) in zip(ways, reasons) { phone.send(way.cancel(reason)) }
    phone.pass(1_000)
    #expect(phone.story == ["ring in 03 88 20 21 22", "end elsewhere in 03 88 20 21 22"])
    #expect(phone.lines.count { $0.contains("487") } > 1)
  }

  /// Asked for a password, a caller sends the INVITE again: before or after it was taken back.
  @Test(arguments: [true, false])
  func aCallWithAPasswordIsOne(isCancelled: Bool) throws {
    var phone = try ListeningPhone.registered()
    let first = CallRequest.invite()
    var second = CallRequest.invite("Authorization: Digest x", branch: "z9hG4bKb")
    second.sequence = 2
    phone.send(first)
    if isCancelled { phone.send(first.cancel()) }
    phone.send(second)
    if !isCancelled { phone.send(first.cancel()) }
    phone.pass(1_000)
    #expect(phone.story == ["ring in 03 88 20 21 22"])
    phone.send(second.cancel())
    phone.pass(1_000)
    #expect(phone.story == ["ring in 03 88 20 21 22", "end untold in 03 88 20 21 22"])
  }

  /// What is over keeps nobody out, whether the server has heard of the end or not.
  @Test(arguments: [true, false])
  func manyCallsOneAfterTheOther(isHeard: Bool) throws {
    var phone = try ListeningPhone.registered()
    for call in 0..<70 {
      var invite = CallRequest.invite(branch: "z9hG4bK\(call)")
      invite.callID = "call-\(call)"
      phone.send(invite)
      phone.send(invite.cancel())
      if isHeard { phone.send(invite.ack) }
      phone.pass(50)
    }
    #expect(phone.events.count { $0.kind == .ring } == 70)
    #expect(phone.lines.count { $0 == "SIP/2.0 180 Ringing" } == 70)
  }

  @Test func twoCallersAreTwoCalls() throws {
    var phone = try ListeningPhone.registered()
    let first = CallRequest.invite()
    var second = CallRequest.invite(branch: "z9hG4bKb")
    second.callID = "second"
    second.from = "\"Garage\" <sip:+33536491201@pbx.example>;tag=other"
    phone.send(first)
    phone.send(second)
    phone.send(first.cancel(Self.elsewhere))
    phone.send(second.cancel())
    phone.pass(1_000)
    #expect(
      phone.story == [
        "ring in 03 88 20 21 22", "ring in 05 36 49 12 01", "end elsewhere in 03 88 20 21 22",
        "end missed in 05 36 49 12 01",
      ])
  }

  /// A telephone in nobody's way, and never a final answer to a call.
  @Test(arguments: [
    ("OPTIONS", false, "200 OK"), ("OPTIONS", true, "200 OK"), ("INVITE", true, "481 Call"),
    ("BYE", true, "481 Call"), ("BYE", false, "481 Call"), ("CANCEL", false, "481 Call"),
    ("NOTIFY", false, "405 Method"), ("NOTIFY", true, "481 Call"), ("MESSAGE", false, "405 Method"),
    ("REFER", true, "481 Call"), ("UPDATE", true, "481 Call"), ("PRACK", true, "481 Call"),
    ("SUBSCRIBE", false, "405 Method"), ("REGISTER", false, "405 Method"), ("ACK", true, nil),
    ("XYZZY", false, "405 Method"),
  ])
  func everythingElseIsAnswered(method: String, isInDialog: Bool, answer: String?) throws {
    var phone = try ListeningPhone.registered()
    var request = CallRequest(method: method)
    if isInDialog { request.to += ";tag=other" }
    phone.send(request)
    #expect(phone.lines.count == (answer == nil ? 0 : 1))
    if let answer { #expect(phone.lines.first?.hasPrefix("SIP/2.0 \(answer)") == true) }
    #expect(phone.story.isEmpty)
  }

  @Test func aCallRingsOnForMinutes() throws {
    var phone = try ListeningPhone.registered()
    phone.send(.invite())
    phone.forgetSent()
    for _ in 0..<4 {
      phone.pass(150_000)
      phone.answer(200, ["Expires: 300"])
    }
    #expect(phone.story.dropLast().allSatisfy { $0.hasPrefix("ring") })
    #expect(phone.story.count == 11 && phone.story.last == "vanish in 03 88 20 21 22")
    #expect(phone.lines.allSatisfy { $0.hasPrefix("REGISTER") })
  }

  /// Scanners ring whatever they find; the contact, or the server's address, says that it is the server.
  @Test func onlyTheServerRings() throws {
    var phone = try ListeningPhone.registered()
    let far = SIPHop(host: "203.0.113.99", port: 5060)
    var scan = CallRequest.invite()
    scan.target = "sip:1024@192.0.2.10:40112"
    phone.send(scan, from: far)
    #expect(phone.sent.isEmpty && phone.session.hearing.strangers == 1)
    phone.send(scan)
    var other = CallRequest.invite(branch: "z9hG4bKb")
    other.callID = "second"
    other.from = "<sip:0199004567@pbx.example>;tag=x"
    phone.send(other, from: far)
    #expect(phone.story == ["ring in 03 88 20 21 22", "ring in 01 99 00 45 67"])
  }

  /// A server that rings this telephone alone keeps the desk phone silent.
  @Test func aSilentDeskPhoneIsNoticed() throws {
    var phone = try ListeningPhone.registered()
    for number in 1...5 {
      var invite = CallRequest.invite(branch: "z9hG4bK\(number)")
      invite.callID = "call-\(number)"
      phone.send(invite)
      #expect(phone.session.hearing.symptoms(phone.session.account).count == (number < 5 ? 1 : 2))
      if number < 5 {
        phone.send(invite.cancel())
      } else {
        phone.send(invite.cancel(Self.elsewhere))
      }
    }
    let weights = phone.session.hearing.symptoms(phone.session.account).map(\.weight)
    #expect(weights == [.note, .note])
  }

  /// By a stream, a talk is the same calls in whatever pieces it comes.
  @Test func aTalkIsCutAtEveryByte() throws {
    let invite = CallRequest.invite()
    let contact = try ListeningPhone.registered(transport: .tcp).session.contact
    let talk = [invite, invite.cancel(Self.elsewhere), invite.ack].map {
      $0.lines(contact: contact).joined(separator: "\r\n") + "\r\n\r\n"
    }
    let bytes = Array(talk.joined().utf8)
    for size in [1, 2, 3, 61, bytes.count] {
      var phone = try ListeningPhone.registered(transport: .tcp)
      var stream = SIPStream()
      for start in stride(from: 0, to: bytes.count, by: size) {
        for message in try stream.feed(bytes[start..<min(start + size, bytes.count)]) {
          phone.receive(message)
        }
      }
      #expect(phone.story == ["ring in 03 88 20 21 22", "end elsewhere in 03 88 20 21 22"])
      #expect(phone.sent.count == 3)
    }
  }

  @Test func aTelephoneThatLeavesLetsTheOthersRing() throws {
    var phone = try ListeningPhone.registered()
    phone.send(.invite())
    phone.forgetSent()
    phone.stop()
    #expect(phone.lines.first == "SIP/2.0 480 Temporarily Unavailable")
    #expect(phone.request?["expires"] == "0")
  }

  /// The telephone beside this one rings on when the way to the server breaks: who calls is shown for a while.
  @Test func aRingOutlastsItsWayForAWhile() throws {
    let ring = "ring in 03 88 20 21 22"
    var phone = try ListeningPhone.registered(transport: .tcp)
    phone.send(.invite())
    phone.breakLink()
    phone.pass(2_000)
    phone.answer(200, ["Expires: 300"])
    #expect(phone.health == .up && phone.story == [ring])
    var again = phone
    again.send(.invite(branch: "z9hG4bKb"))
    again.pass(TelephoneCalls.lossPatience)
    again.send(CallRequest.invite(branch: "z9hG4bKb").cancel(Self.elsewhere))
    #expect(again.story == [ring, "end elsewhere in 03 88 20 21 22"])
    phone.pass(TelephoneCalls.lossPatience)
    #expect(phone.story == [ring, "end lost in 03 88 20 21 22"])
  }

  /// Cut after each message and told twice, a day's talk is the same calls, and none rings for ever.
  @Test func aDayIsCutAnywhere() throws {
    let first = CallRequest.invite()
    var second = CallRequest.invite(branch: "z9hG4bKb")
    second.callID = "second"
    let talk = [
      first, second, first.cancel(Self.elsewhere), first.ack, second.cancel(), second.ack,
    ]
    var whole = try ListeningPhone.registered(transport: .tcp)
    var twice = whole
    for request in talk {
      whole.send(request)
      twice.send(request)
      twice.send(request)
    }
    whole.pass(1_000)
    twice.pass(1_000)
    #expect(whole.story == twice.story && whole.story.count == 4)
    for count in 0...talk.count {
      var cut = try ListeningPhone.registered(transport: .tcp)
      for request in talk.prefix(count) { cut.send(request) }
      cut.breakLink()
      cut.pass(2_000)
      cut.answer(200, ["Expires: 300"])
      #expect(cut.health == .up)
      cut.pass(TelephoneCalls.lossPatience)
      let rung = Set(cut.events.filter { $0.kind == .ring }.map(\.callID))
      let ended = cut.events.filter { if case .end = $0.kind { true } else { false } }
      #expect(Set(ended.map(\.callID)) == rung && ended.count == rung.count)
    }
  }
}

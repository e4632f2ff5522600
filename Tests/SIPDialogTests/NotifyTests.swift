import Connector
import Telephony
import Testing

@testable import SIP

/// What the server's requests are answered with, and the way to it (RFC 6665, section 4.1.3; RFC 3261, 12).
struct NotifyTests {
  private func subscribed() throws -> Subscriber {
    var subscriber = try Subscriber(password: nil)
    subscriber.accept(Document.full(0))
    _ = subscriber.takeSent()
    return subscriber
  }

  @Test func aNotifyThatComesTwiceIsAnsweredTwiceAndTakenOnce() throws {
    var subscriber = try subscribed()
    for _ in 0..<2 {
      subscriber.notify(
        Document.partial(1, Document.dialog("a", "early")), sequence: 9, branch: "z9hG4bKtwice")
    }
    #expect(subscriber.story == ["ring in 03 88 20 21 22"])
    #expect(subscriber.sent.count == 2)
    #expect(Set(subscriber.sent).count == 1)
    #expect(subscriber.replied == 200)
  }

  @Test func aNotifyThatWasOvertakenIsRefused() throws {
    var subscriber = try subscribed()
    subscriber.notify(Document.full(2, Document.dialog("a", "confirmed")), sequence: 20)
    subscriber.notify(Document.full(1, Document.dialog("a", "early")), sequence: 19)
    #expect(subscriber.replied == 500)
    #expect(subscriber.story == ["answer in 03 88 20 21 22"])
  }

  @Test func aNotifyOfAnotherSubscriptionIsRefused() throws {
    var subscriber = try subscribed()
    subscriber.notify(Document.full(1, Document.dialog("a", "early")), tag: "stranger")
    #expect(subscriber.replied == 481)
    #expect(subscriber.story.isEmpty)
  }

  @Test(arguments: [
    ("presence", 489), ("", 489), ("dialog;id=7", 200), ("Dialog", 200), ("dialog.winfo", 489),
  ])
  func onlyDialogStateIsTaken(event: String, status: Int) throws {
    var subscriber = try subscribed()
    subscriber.notify(Document.full(1), event: event)
    #expect(subscriber.replied == status)
  }

  @Test func aBodyOfAnotherTypeIsRefused() throws {
    var subscriber = try subscribed()
    subscriber.notify("", lines: ["Content-Type: application/pidf+xml"])
    #expect(subscriber.replied == 200)
    subscriber.notify(
      Document.full(1), lines: ["Content-Type: application/pidf+xml"])
    #expect(subscriber.replied == 415)
    #expect(
      subscriber.reason?.hasSuffix("what cannot be read: dialog state as application/pidf+xml")
        == true)
  }

  @Test(arguments: [("OPTIONS", 200), ("INVITE", 405), ("MESSAGE", 405), ("BYE", 405)])
  func otherRequestsAreAnswered(method: String, status: Int) throws {
    var subscriber = try subscribed()
    subscriber.receive([
      "\(method) sip:screenpop@192.0.2.10 SIP/2.0", "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKx",
      "From: <sip:x@192.0.2.1>;tag=x", "To: <sip:screenpop@192.0.2.10>", "Call-ID: x",
      "CSeq: 1 \(method)", "Content-Length: 0",
    ])
    #expect(subscriber.replied == status)
    #expect(subscriber.sent.last?.contains("Allow: NOTIFY, OPTIONS") == true)
  }

  @Test func anAckIsNotAnswered() throws {
    var subscriber = try subscribed()
    subscriber.receive([
      "ACK sip:x SIP/2.0", "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKx", "From: <sip:x@h>;tag=x",
      "To: <sip:x@h>", "Call-ID: x", "CSeq: 1 ACK", "Content-Length: 0",
    ])
    #expect(subscriber.sent.isEmpty)
  }

  /// A stranger's line ends must not make lines of the reply.
  @Test func aReplyHoldsNoLineOfAStranger() throws {
    var subscriber = try subscribed()
    subscriber.receive([
      "NOTIFY sip:x SIP/2.0", "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKx\nEvil: 1",
      "From: <sip:x@h>;tag=x", "To: <sip:x@h>", "Call-ID: x", "CSeq: 1 NOTIFY",
      "Content-Length: 0",
    ])
    let reply = try #require(subscriber.sent.first)
    #expect(reply.hasPrefix("SIP/2.0 481") && !reply.split(separator: "\r\n").contains("Evil: 1"))
    #expect(!reply.replacing("\r\n", with: "").contains { $0.isNewline })
  }

  @Test func aReplyGoesBackToWhereTheRequestCameFrom() throws {
    var subscriber = try subscribed()
    subscriber.notify(Document.full(1))
    #expect(subscriber.hop == SIPHop(host: "192.0.2.1", port: 5060))
    #expect(subscriber.sent.last?.contains("received=192.0.2.1") == true)
  }

  // MARK: - Gaps

  @Test func aGapIsFilledByFullState() throws {
    var subscriber = try subscribed()
    subscriber.notify(Document.partial(3, Document.dialog("a", "early")))
    // The call is shown at once; what was missed is asked for.
    #expect(subscriber.story == ["ring in 03 88 20 21 22"])
    #expect(subscriber.request?["to"] == "<sip:1024@pbx.example>;tag=server")
    subscriber.accept(
      Document.full(4, Document.dialog("b", "early", remote: "sip:0199004567@pbx.example")))
    #expect(subscriber.story.suffix(2) == ["vanish in 03 88 20 21 22", "ring in 01 99 00 45 67"])
  }

  @Test func gapsWithoutEndAreNoLoop() throws {
    var subscriber = try subscribed()
    for version in 1...50 {
      subscriber.notify(Document.partial(version * 10))
      if subscriber.request != nil { subscriber.answer(200, ["Expires: 300"]) }
      subscriber.pass(1)
    }
    #expect(subscriber.sent.count { $0.hasPrefix("SUBSCRIBE") } == 2)
  }

  @Test func fullStateFillsItsOwnGap() throws {
    var subscriber = try subscribed()
    subscriber.notify(Document.full(9, Document.dialog("a", "early")))
    #expect(subscriber.story == ["ring in 03 88 20 21 22"])
    #expect(subscriber.request == nil)
  }

  // MARK: - Bad documents

  @Test func aBrokenDocumentIsOneLineOnTheScreen() throws {
    var subscriber = try subscribed()
    for _ in 0..<3 { subscriber.notify("<dialog-info version=\"1\" state=\"full\"><dialog") }
    #expect(subscriber.replied == 400)
    #expect(subscriber.reason?.contains("sent what cannot be read") == true)
    let reasons = subscriber.reports.compactMap { report in
      if case .health(_, .down(let reason, _, _)) = report { reason } else { nil }
    }
    #expect(Set(reasons).count == 1)
    subscriber.notify(Document.full(1, Document.dialog("a", "early")))
    #expect(subscriber.health == .up)
    #expect(subscriber.story == ["ring in 03 88 20 21 22"])
  }

  // MARK: - The way

  @Test func requestsTakeTheWayThatIsRecorded() throws {
    var subscriber = try Subscriber(password: nil)
    subscriber.answer(
      200,
      [
        "Expires: 300", "Contact: <sip:presence@198.51.100.7:5080>",
        "Record-Route: <sip:198.51.100.2;lr>, <sip:192.0.2.1:5070;lr>",
      ])
    subscriber.notify(Document.full(0))
    subscriber.pass(260)
    let text = try #require(subscriber.sent.last)
    #expect(text.hasPrefix("SUBSCRIBE sip:192.0.2.1:5060 SIP/2.0"))
    #expect(
      text.contains("Route: <sip:192.0.2.1:5070;lr>\r\nRoute: <sip:198.51.100.2;lr>\r\n"))
    #expect(subscriber.hop == SIPHop(host: "192.0.2.1", port: 5070))
  }

  @Test func aStrictProxyStandsInTheRequest() throws {
    var subscriber = try Subscriber(password: nil)
    subscriber.answer(
      200, ["Expires: 300", "Contact: <sip:s@198.51.100.7>", "Record-Route: <sip:192.0.2.1>"])
    subscriber.pass(20)
    subscriber.notify()
    subscriber.pass(260)
    let text = try #require(subscriber.sent.last)
    #expect(text.hasPrefix("SUBSCRIBE sip:192.0.2.1 SIP/2.0"))
    #expect(text.contains("\r\nRoute: <sip:192.0.2.1:5060>\r\n"))
  }

  @Test func withoutAWayInsideTheServerIsAskedAgain() throws {
    var subscriber = try subscribed()
    subscriber.pass(260)
    #expect(subscriber.hop == SIPHop(host: "192.0.2.1", port: 5060))
    subscriber.pass(32)
    #expect(subscriber.health == .up)
    #expect(subscriber.request?["to"] == "<sip:1024@pbx.example>")
    #expect(subscriber.hop == nil)
  }

  /// RFC 3581: behind an address translation the server writes to where it sees this side.
  @Test func anAddressTranslationIsNoticed() throws {
    var subscriber = try Subscriber(password: nil)
    subscriber.answer(
      200, ["Expires: 300", "Contact: <sip:192.0.2.1>"], via: ";received=203.0.113.9;rport=1812")
    #expect(subscriber.request?["contact"] == "<sip:screenpop@203.0.113.9:1812>")
    subscriber.answer(
      200, ["Expires: 300", "Contact: <sip:192.0.2.1>"], via: ";received=203.0.113.9;rport=1812")
    subscriber.notify(Document.full(0))
    _ = subscriber.takeSent()
    subscriber.pass(50)
    #expect(subscriber.sent == ["\r\n\r\n", "\r\n\r\n"])
  }
}

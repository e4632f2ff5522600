import Connector
import LauncherSupport
import Telephony
import Testing

@testable import SIP

/// How a subscription is made, kept and ended (RFC 6665), by a clock of the test's own.
struct SubscriptionTests {
  private static let down = "192.0.2.1:5060 (udp)"

  @Test func asksForDialogState() throws {
    let subscriber = try Subscriber()
    let request = try #require(subscriber.request)
    #expect(subscriber.sent.last?.hasPrefix("SUBSCRIBE sip:1024@pbx.example SIP/2.0\r\n") == true)
    #expect(request["event"] == "dialog")
    #expect(request["accept"] == "application/dialog-info+xml")
    #expect(request["expires"] == "300")
    #expect(request["contact"] == "<sip:screenpop@192.0.2.10:40112>")
    #expect(request.via?.parameters["rport"] == "")
    #expect(subscriber.hop == nil)
    #expect(subscriber.reports.isEmpty)
  }

  @Test func isUpWithTheFirstNotify() throws {
    var subscriber = try Subscriber()
    subscriber.answer(200, ["Expires: 300"])
    #expect(subscriber.health == nil)
    subscriber.notify(Document.full(0))
    #expect(subscriber.health == .up)
    #expect(subscriber.replied == 200)
  }

  /// The NOTIFY may overtake the answer.
  @Test func aNotifyBeforeTheAnswerCounts() throws {
    var subscriber = try Subscriber()
    subscriber.notify(Document.full(0, Document.dialog("a", "early")))
    #expect(subscriber.story == ["ring in 03 88 20 21 22"])
    subscriber.answer(200, ["Expires: 120"])
    subscriber.pass(81)
    #expect(subscriber.request?["to"] == "<sip:1024@pbx.example>;tag=server")
    #expect(subscriber.ways == 1)
  }

  // MARK: - Lost messages

  /// RFC 3261, section 17.1.2: 0.5, 1, 2, 4, 4 … s, given up after 32 s.
  @Test func aLostRequestIsSentAgain() throws {
    var subscriber = try Subscriber()
    subscriber.pass(31)
    #expect(subscriber.sent.count == 10)
    #expect(Set(subscriber.sent).count == 1)
    #expect(subscriber.reason == nil)
    subscriber.pass(1)
    #expect(subscriber.reason?.hasPrefix("\(Self.down) did not answer within 32 s") == true)
    #expect(!subscriber.isLinked)
  }

  @Test func nothingIsLostOnAConnection() throws {
    var subscriber = try Subscriber(transport: .tcp)
    #expect(subscriber.request?["contact"] == "<sip:screenpop@192.0.2.10:40112;transport=tcp>")
    subscriber.pass(31)
    #expect(subscriber.sent.count == 1)
    subscriber.pass(1)
    #expect(subscriber.reason != nil)
  }

  @Test func theServerMayTakeItsTime() throws {
    var subscriber = try Subscriber()
    subscriber.answer(100)
    subscriber.pass(7)
    #expect(subscriber.sent.count == 2)
    subscriber.answer(200, ["Expires: 300"])
    subscriber.pass(7)
    #expect(subscriber.sent.count == 2)
  }

  @Test func anAnswerWithoutANotifyIsNone() throws {
    var subscriber = try Subscriber()
    subscriber.answer(200, ["Expires: 300"])
    subscriber.pass(32)
    #expect(subscriber.reason?.contains("sends no NOTIFY") == true)
    #expect(subscriber.nextTry == 1)
  }

  @Test func aServerThatIsGoneIsTriedLessAndLess() throws {
    var subscriber = try Subscriber()
    subscriber.isReachable = false
    subscriber.breakLink()
    var waits: [Int] = []
    for _ in 0..<9 {
      let wait = try #require(subscriber.nextTry)
      waits.append(wait)
      subscriber.pass(wait)
    }
    #expect(waits == [1, 2, 4, 8, 16, 32, 60, 60, 60])
    subscriber.isReachable = true
    subscriber.pass(60)
    subscriber.accept()
    #expect(subscriber.health == .up)
  }

  @Test func onePhraseSaysSinceWhen() throws {
    var subscriber = try Subscriber()
    subscriber.isReachable = false
    subscriber.breakLink()
    let since = subscriber.now
    subscriber.pass(300)
    guard case .down(let reason, let first, _) = subscriber.health else {
      return #expect(Bool(false))
    }
    #expect(first == since)
    #expect(
      reason
        == "192.0.2.1:5060 (udp) could not be reached (connection refused): is it running?")
  }

  // MARK: - Refresh

  @Test func isRenewedBeforeItEnds() throws {
    var subscriber = try Subscriber(password: nil)
    subscriber.accept(expires: 300)
    _ = subscriber.takeSent()
    subscriber.pass(259)
    #expect(subscriber.sent.isEmpty)
    subscriber.pass(1)
    let request = try #require(subscriber.request)
    #expect(request["to"] == "<sip:1024@pbx.example>;tag=server")
    #expect(request.sequence?.number == 2)
    #expect(subscriber.sent[0].hasPrefix("SUBSCRIBE sip:192.0.2.1:5060 SIP/2.0"))
    subscriber.accept(expires: 300)
    #expect(subscriber.reports == [.health("sip", .up)])
  }

  /// At rest nothing wakes the process: one SUBSCRIBE in each life, and nothing else.
  @Test func eightHoursOfSilenceAreEightHours() throws {
    var subscriber = try Subscriber(expires: 3600)
    subscriber.accept(expires: 3600)
    _ = subscriber.takeSent()
    var requests = 0
    var steps = 0
    while requests < 8 {
      let wake = try #require(subscriber.subscription.nextWake)
      subscriber.pass(max(1, Int((wake - subscriber.now) / 1000)))
      steps += 1
      if subscriber.request != nil {
        requests += 1
        subscriber.accept(expires: 3600)
        _ = subscriber.takeSent()
      }
    }
    #expect(steps == 8)
    #expect(subscriber.now - Moment(milliseconds: 1_000_000) == 8 * 3560 * 1000)
    #expect(subscriber.reports == [.health("sip", .up)])
  }

  @Test func theServerDecidesHowLong() throws {
    var subscriber = try Subscriber()
    subscriber.accept(expires: 60)
    subscriber.notify(Document.full(0), state: "active;expires=20")
    _ = subscriber.takeSent()
    subscriber.pass(9)
    #expect(subscriber.request == nil)
    subscriber.pass(1)
    #expect(subscriber.request != nil)
  }

  @Test func aLongerTimeIsAcceptedOnce() throws {
    var subscriber = try Subscriber()
    subscriber.answer(423, ["Min-Expires: 1800"])
    #expect(subscriber.request?["expires"] == "1800")
    subscriber.answer(423, ["Min-Expires: 3600"])
    #expect(subscriber.reason?.contains("change expires") == true)
    #expect(subscriber.nextTry == 60)
  }

  @Test(arguments: ["", "0", "299", "86401", "999999999999", "-5", "soon"])
  func aSenselessMinExpiresIsNoLoop(value: String) throws {
    var subscriber = try Subscriber()
    subscriber.answer(423, ["Min-Expires: \(value)"])
    #expect(subscriber.nextTry == 60)
  }

  @Test func aForgottenSubscriptionIsMadeAnew() throws {
    var subscriber = try Subscriber()
    subscriber.accept()
    let before = subscriber.request?["call-id"]
    subscriber.pass(260)
    subscriber.answer(481)
    #expect(subscriber.request?["to"] == "<sip:1024@pbx.example>")
    #expect(subscriber.request?["call-id"] != before)
    #expect(subscriber.health == .up)
    subscriber.answer(481)
    #expect(subscriber.reason?.contains("answered 481") == true)
  }

  /// A refresh that fails for a while leaves the subscription alive until its end.
  @Test func newsCountWhileARefreshFails() throws {
    var subscriber = try Subscriber()
    subscriber.accept()
    subscriber.pass(260)
    subscriber.answer(503, ["Retry-After: 30"])
    #expect(subscriber.nextTry == 30)
    subscriber.notify(Document.full(1, Document.dialog("a", "early")))
    #expect(subscriber.story == ["ring in 03 88 20 21 22"])
    subscriber.pass(30)
    subscriber.accept()
    #expect(subscriber.health == .up)
    #expect(subscriber.ways == 1)
  }

  // MARK: - Refusals

  @Test(arguments: [405, 489, 501])
  func aServerWithoutDialogStateIsRefused(status: Int) throws {
    var subscriber = try Subscriber()
    subscriber.answer(status)
    #expect(
      subscriber.reason
        == "192.0.2.1:5060 (udp) does not offer dialog state (\(status), event package"
        + " \"dialog\" of RFC 4235): switch it on there, then open the window again")
    #expect(subscriber.nextTry == nil)
    #expect(subscriber.subscription.nextWake == nil)
    #expect(!subscriber.isLinked)
  }

  @Test func aServerThatStartsAgainIsAskedAgain() throws {
    var subscriber = try Subscriber()
    subscriber.accept()
    subscriber.pass(260)
    subscriber.answer(489)
    #expect(subscriber.nextTry == 60)
  }

  @Test(arguments: [
    (403, "let this user watch 1024@pbx.example", 60), (404, "check watch", 60),
    (302, "check server", 1), (500, "look at its log", 1), (600, "look at its log", 1),
  ])
  func aRefusalSaysWhatToDo(status: Int, advice: String, pause: Int) throws {
    var subscriber = try Subscriber()
    subscriber.answer(status)
    #expect(subscriber.reason?.hasSuffix(advice) == true)
    #expect(subscriber.nextTry == pause)
  }

  @Test(arguments: [("10", 10), ("120 (busy);duration=60", 120), ("999999", 3600), ("0", 1)])
  func theServerSaysWhenToComeBack(value: String, pause: Int) throws {
    var subscriber = try Subscriber()
    subscriber.answer(503, ["Retry-After: \(value)"])
    #expect(subscriber.nextTry == pause)
  }

  // MARK: - The end, by the server

  @Test(arguments: ["deactivated", "timeout", "invented"])
  func anotherSubscriptionFollowsAtOnce(reason: String) throws {
    var subscriber = try Subscriber()
    subscriber.accept()
    let before = subscriber.request?["call-id"]
    subscriber.notify(state: "terminated;reason=\(reason)")
    #expect(subscriber.request?["call-id"] != before)
    #expect(subscriber.health == .up)
    // A server that ends each subscription at once is not asked faster and faster.
    subscriber.accept()
    subscriber.notify(state: "terminated;reason=\(reason)")
    #expect(subscriber.reason?.contains("ended the subscription (\(reason))") == true)
    #expect(subscriber.nextTry == 1)
  }

  @Test(arguments: [
    ("probation;retry-after=90", 90), ("probation", 1), ("giveup;retry-after=7", 7),
  ])
  func anotherSubscriptionFollowsLater(state: String, pause: Int) throws {
    var subscriber = try Subscriber()
    subscriber.accept()
    subscriber.notify(state: "terminated;reason=\(state)")
    #expect(subscriber.replied == 200)
    #expect(subscriber.nextTry == pause)
  }

  @Test(arguments: ["rejected", "noresource", "invariant"])
  func noOtherSubscriptionFollows(reason: String) throws {
    var subscriber = try Subscriber()
    subscriber.accept()
    subscriber.notify(state: "terminated;reason=\(reason)")
    #expect(subscriber.replied == 200)
    #expect(subscriber.reason?.contains("(\(reason))") == true)
    #expect(subscriber.nextTry == nil)
    #expect(subscriber.subscription.nextWake == nil)
  }

  @Test func aPendingSubscriptionIsNotUp() throws {
    var subscriber = try Subscriber()
    subscriber.answer(200, ["Expires: 300"])
    subscriber.notify(state: "pending;expires=300")
    #expect(subscriber.reason?.contains("waits for somebody to allow") == true)
    subscriber.notify(Document.full(0))
    #expect(subscriber.health == .up)
  }

  @Test func theEndOfTheWindowEndsTheSubscription() throws {
    var subscriber = try Subscriber()
    subscriber.accept()
    subscriber.stop()
    #expect(subscriber.request?["expires"] == "0")
    #expect(subscriber.request?["to"] == "<sip:1024@pbx.example>;tag=server")
    #expect(!subscriber.isLinked)
  }
}

import PhoneNumbers
import Synchronization
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

  /// One list of calls hears both doors: one call, answered, that goes on until dialog state ends it.
  @Test func bothDoorsAreOneCall() throws {
    let beside = SIPBeside()
    var phone = try ListeningPhone.registered(hasBeside: true)
    var subscriber = try Subscriber(password: nil)
    subscriber.accept(Document.full(0))
    let invite = CallRequest.invite()
    phone.send(invite)
    subscriber.notify(Document.partial(1, Document.dialog("a", "early")))
    subscriber.notify(Document.partial(2, Document.dialog("a", "confirmed")))
    let news = Heard()
    beside.listen { news.add($0) }
    for report in subscriber.reports { beside.pass(report) }
    for one in news.all { phone.hear(one) }
    phone.send(invite.cancel("SIP;cause=200"))
    phone.pass(5_000)
    var calls = CallList()
    for event in phone.events + subscriber.events { _ = calls.apply(event) }
    #expect(calls.live.map(\.state) == [.answered])
    #expect(calls.live.first?.caller.number?.key == "+33388202122")
  }
}

/// What was passed on.
private final class Heard: Sendable {
  private let news = Mutex<[SIPBeside.News]>([])

  var all: [SIPBeside.News] { news.withLock { $0 } }

  func add(_ one: SIPBeside.News) { news.withLock { $0.append(one) } }
}

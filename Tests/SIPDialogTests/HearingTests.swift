import Telephony
import Testing

@testable import SIP

/// An accepted subscription is no right to see a call, nor who calls.
struct HearingTests {
  private func symptoms(_ subscriber: Subscriber) -> [Symptom] {
    subscriber.subscription.hearing.symptoms(subscriber.subscription.account)
  }

  @Test func whatHasNotBegunIsNotJudged() throws {
    let subscriber = try Subscriber()
    #expect(symptoms(subscriber).isEmpty)
  }

  @Test func acceptedWithoutANotifyIsDeaf() throws {
    var subscriber = try Subscriber()
    subscriber.answer(200, ["Expires: 300"])
    #expect(symptoms(subscriber).map(\.weight) == [.mend])
    #expect(symptoms(subscriber)[0].sentence.contains("has sent no NOTIFY: no call comes up"))
  }

  /// A server says the same of a station without a call and of one that is not there.
  @Test func aStationOfWhichNothingIsToldMayNotBeThere() throws {
    var subscriber = try Subscriber()
    subscriber.accept()
    #expect(symptoms(subscriber).map(\.weight) == [.note])
    #expect(symptoms(subscriber)[0].sentence.contains("told no state of 1024@pbx.example yet"))
    subscriber.notify(Document.full(1))
    #expect(symptoms(subscriber).isEmpty)
  }

  @Test(arguments: [
    nil, "sip:1024@pbx.example", "sip:1024@192.0.2.1:5061",
    "&lt;sip:1024@pbx.example;transport=udp&gt;",
  ])
  func callsWithoutACallerAreNoticed(remote: String?) throws {
    var subscriber = try Subscriber()
    subscriber.accept(Document.full(0))
    for version in 1...3 {
      subscriber.notify(
        Document.partial(version, Document.dialog("a\(version)", "early", remote: remote)))
    }
    #expect(symptoms(subscriber).map(\.weight) == [.mend])
    #expect(
      symptoms(subscriber)[0].sentence.hasPrefix("3 calls rang of which the server did not say"))
    subscriber.notify(Document.partial(4, Document.dialog("b", "early")))
    #expect(symptoms(subscriber).isEmpty)
  }

  /// Asterisk names the station itself first, and the caller in the next document.
  @Test func aCallerWhoIsNamedAMomentLaterIsNamed() throws {
    var subscriber = try Subscriber()
    subscriber.accept(Document.full(0))
    subscriber.notify(
      Document.partial(1, Document.dialog("a", "early", remote: "sip:1024@pbx.example")))
    subscriber.notify(Document.partial(2, Document.dialog("a", "early")))
    #expect(symptoms(subscriber).isEmpty)
  }

  /// Who hides his number was named all the same.
  @Test func aCallerWhoWithholdsHisNumberIsNoFault() throws {
    var subscriber = try Subscriber()
    subscriber.accept(Document.full(0))
    subscriber.notify(
      Document.partial(1, Document.dialog("a", "early", remote: "sip:anonymous@anonymous.invalid")))
    subscriber.notify(
      Document.partial(2, Document.dialog("o", "early", direction: "initiator", remote: nil)))
    #expect(symptoms(subscriber).isEmpty)
  }

  @Test func anotherStationIsNamed() throws {
    var subscriber = try Subscriber()
    subscriber.accept(Document.full(0).replacing("sip:1024@", with: "sip:1025@"))
    #expect(symptoms(subscriber).map(\.weight) == [.note])
    #expect(symptoms(subscriber)[0].sentence.contains("tells of sip:1025@pbx.example, where 1024@"))
  }

  @Test(arguments: ["sip:1024@192.0.2.1", "sips:1024@pbx", "pbx.example", "sip:pbx.example", ""])
  func anotherNameOfTheHostIsNoOtherStation(entity: String) throws {
    var subscriber = try Subscriber()
    subscriber.accept(Document.full(0).replacing("sip:1024@pbx.example", with: entity))
    #expect(symptoms(subscriber).isEmpty)
  }

  @Test func newsThatWasLostIsCounted() throws {
    var subscriber = try Subscriber()
    subscriber.accept(Document.full(0))
    subscriber.notify(Document.partial(3))
    #expect(symptoms(subscriber).map(\.weight) == [.note])
    #expect(symptoms(subscriber)[0].sentence.hasPrefix("1 time news was missing"))
  }
}

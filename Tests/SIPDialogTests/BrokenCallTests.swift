import LauncherSupport
import Telephony
import Testing

@testable import SIP

/// Calls whose messages are not as the RFC has them.
struct BrokenCallTests {
  /// A call on whose two ways the From has tags of their own, or none at all (RFC 2543), is one.
  @Test(arguments: [";tag=caller", ""], [";tag=other", ""])
  func aCallIsOneWhateverItsTags(first: String, second: String) throws {
    var phone = try ListeningPhone.registered()
    var ways = [CallRequest.invite(), CallRequest.invite(branch: "z9hG4bKb")]
    for (place, tag) in [first, second].enumerated() {
      ways[place].from = "<sip:0388202122@pbx.example>\(tag)"
      ways[place].sequence = 7 - place
      phone.send(ways[place])
    }
    for way in ways { phone.send(way.cancel("SIP;cause=200")) }
    phone.pass(1_000)
    #expect(phone.story == ["ring in 03 88 20 21 22", "end elsewhere in 03 88 20 21 22"])
  }

  /// Two callers are two calls, even where their Call-ID is one.
  @Test func twoCallersOfOneCallIDAreTwoCalls() throws {
    var phone = try ListeningPhone.registered()
    phone.send(.invite())
    var other = CallRequest.invite(branch: "z9hG4bKb")
    other.from = "<sip:0536491201@pbx.example>;tag=other"
    phone.send(other)
    #expect(phone.story == ["ring in 03 88 20 21 22", "ring in 05 36 49 12 01"])
    #expect(Set(phone.events.map(\.callID)).count == 2)
  }

  /// What is broken in an INVITE, or around it, costs neither the call nor its end.
  @Test(arguments: [
    ("\"Dupont SA <sip:0388202122@h>;tag=x", "03 88 20 21 22"),
    ("\"Dupont\u{0}SA\u{85}\" <sip:0388202122@h>;tag=x", "03 88 20 21 22"),
    ("\"Dupont SA\" 0388202122;tag=x", "03 88 20 21 22"), ("sip:0388202122@h", "03 88 20 21 22"),
    ("<sip:0388202122@h>;tag=x\r\nno field", "03 88 20 21 22"), ("", "withheld"),
  ])
  func aBrokenCallRings(from: String, who: String) throws {
    var phone = try ListeningPhone.registered()
    var invite = CallRequest.invite()
    invite.from = from
    phone.send(invite)
    var cancel = invite.cancel("SIP;cause=200")
    cancel.branch = "z9hG4bKother"
    phone.send(cancel)
    #expect(phone.story == ["ring in \(who)", "end elsewhere in \(who)"])
  }
}

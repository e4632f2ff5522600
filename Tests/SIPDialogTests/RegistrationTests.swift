import Telephony
import Testing

@testable import SIP

/// A telephone's registration (RFC 3261, section 10).
struct RegistrationTests {
  private static let demand = "WWW-Authenticate: Digest realm=\"pbx\", nonce=\"n1\", qop=\"auth\""

  @Test func itRegistersWithItsPassword() throws {
    var phone = try ListeningPhone()
    var request = try #require(phone.request)
    #expect(request.target == "sip:pbx.example")
    #expect(request["from"]?.hasPrefix("<sip:1024@pbx.example>;tag=") == true)
    #expect(request["to"] == "<sip:1024@pbx.example>")
    #expect(request["contact"] == "<sip:\(phone.session.contact)@192.0.2.10:40112>")
    #expect(request["expires"] == "300" && request["authorization"] == nil)
    phone.answer(401, [Self.demand])
    request = try #require(phone.request)
    #expect(request["authorization"]?.contains("uri=\"sip:pbx.example\"") == true)
    #expect(request.sequence?.number == 2)
    phone.answer(200, ["Expires: 300"])
    #expect(phone.health == .up)
  }

  @Test(arguments: [
    ("Expires: 120", nil), ("Expires: 300", 120),
    ("Contact: <sip:phone@192.0.2.20>;expires=3600", 120),
  ])
  func itIsRenewedInTime(field: String, ours: Int?) throws {
    var phone = try ListeningPhone()
    let own = "Contact: <sip:\(phone.session.contact)@203.0.113.7:5060>"
    phone.answer(200, [field] + (ours.map { ["\(own);expires=\($0)"] } ?? []))
    phone.forgetSent()
    phone.pass(79_000)
    #expect(phone.sent.isEmpty)
    phone.pass(1_200)
    #expect(phone.lines == ["REGISTER sip:pbx.example SIP/2.0"])
    #expect(phone.health == .up)
    #expect(phone.reports.count == 1)
  }

  @Test func aServerMayWantLonger() throws {
    var phone = try ListeningPhone()
    phone.answer(423, ["Min-Expires: 600"])
    #expect(phone.request?["expires"] == "600")
    phone.answer(200, ["Expires: 600"])
    #expect(phone.health == .up)
    var other = try ListeningPhone()
    other.answer(423, ["Min-Expires: 600"])
    other.answer(423, ["Min-Expires: 900"])
    #expect(other.reason?.contains("change expires") == true)
  }

  /// What is wrong, in words that say what to do, and when it is tried again [s].
  @Test(arguments: [
    (403, [], "max_contacts", 60), (404, [], "check station", 60),
    (405, [], "registers nobody", 60),
    (503, ["Retry-After: 20"], "max_contacts", 20), (505, [], "another version of SIP", 60),
    (500, [], "look at its log", 1), (302, [], "asked elsewhere", 1),
    (302, ["Contact: <sip:pbx2.example:5070>"], "pbx2.example:5070 is to be asked", 1),
    (200, ["Expires: 0"], "check server", 60),
  ])
  func aRefusalIsSaid(status: Int, fields: [String], words: String, pause: Int) throws {
    var phone = try ListeningPhone()
    phone.answer(status, fields)
    #expect(phone.reason?.contains(words) == true)
    #expect(phone.reason?.hasPrefix("192.0.2.1:5060 (udp) answered \(status) to the") == true)
    #expect(phone.nextTry == pause)
    #expect(!phone.isLinked)
    phone.pass(Int64(pause) * 1000)
    #expect(phone.ways == 2)
  }

  @Test func aWrongPasswordIsNotTriedAgainAndAgain() throws {
    var phone = try ListeningPhone()
    phone.answer(401, [Self.demand])
    phone.answer(401, [Self.demand])
    #expect(phone.reason?.contains("refuses the password of 1024") == true)
    #expect(phone.nextTry == 60 && phone.sent.count == 2)
    var other = try ListeningPhone(password: nil)
    other.answer(401, [Self.demand])
    #expect(other.reason?.contains("configure user and password_file") == true)
  }

  @Test func aSilentServerIsSaid() throws {
    var phone = try ListeningPhone()
    phone.pass(32_000)
    #expect(phone.reason?.contains("did not answer within 32 s") == true)
    #expect(phone.sent.count == 11 && Set(phone.sent).count == 1)
    phone.isReachable = false
    phone.pass(1_000)
    #expect(phone.reason?.contains("could not be reached (connection refused)") == true)
  }

  @Test func aServerThatWasRestartedIsAskedAgain() throws {
    var phone = try ListeningPhone.registered(transport: .tcp)
    phone.breakLink()
    #expect(phone.reason?.contains("the wire was cut") == true)
    phone.pass(1_000)
    phone.answer(200, ["Expires: 300"])
    #expect(phone.health == .up && phone.ways == 2)
    #expect(phone.request?["contact"]?.hasSuffix(";transport=tcp>") == true)
  }

  /// Behind an address translation, the server is told the address that it sees: at once where it asks for a
  /// password, else by a second registration.
  @Test(arguments: [true, false])
  func anAddressTranslationIsNoticed(asks: Bool) throws {
    var phone = try ListeningPhone()
    let via = ";received=203.0.113.7;rport=1027"
    if asks { phone.answer(401, [Self.demand], via: via) } else { phone.answer(200, via: via) }
    let contact = phone.request?["contact"]
    #expect(contact == "<sip:\(phone.session.contact)@203.0.113.7:1027>")
    phone.answer(200, ["Expires: 300"], via: via)
    phone.forgetSent()
    phone.pass(51_000)
    #expect(phone.sent == ["\r\n\r\n", "\r\n\r\n"])
  }

  /// A translation that gives each message another port is no reason to register without end.
  @Test func aPlaceThatAlwaysChangesIsToldOnce() throws {
    var phone = try ListeningPhone()
    for port in 1_027..<1_037 { phone.answer(200, ["Expires: 300"], via: ";rport=\(port)") }
    #expect(phone.sent.count { $0.hasPrefix("REGISTER") } == 2 && phone.health == .up)
  }

  @Test func itTakesItsLeave() throws {
    var phone = try ListeningPhone.registered()
    phone.stop()
    #expect(phone.request?["expires"] == "0" && !phone.session.hasLeft)
    phone.answer(401, [Self.demand])
    #expect(phone.request?["authorization"] != nil && phone.request?["expires"] == "0")
    phone.answer(200)
    #expect(phone.session.hasLeft && phone.health == .up)
    var unknown = try ListeningPhone()
    unknown.stop()
    #expect(unknown.session.hasLeft && unknown.sent.count == 1)
  }

  /// That nobody is left to answer, and what a telephone more costs.
  @Test func theOperatorIsToldWhatItCosts() throws {
    var phone = try ListeningPhone()
    let account = phone.session.account
    #expect(phone.session.hearing.symptoms(account).isEmpty)
    let own = "Contact: <sip:\(phone.session.contact)@192.0.2.10:40112>;expires=300"
    phone.answer(200, [own])
    #expect(phone.session.hearing.symptoms(account).map(\.weight) == [.note, .mend])
    phone.pass(270_000)
    phone.answer(200, [own + ", <sip:phone@192.0.2.20>;expires=60"])
    #expect(phone.session.hearing.symptoms(account).map(\.weight) == [.note])
    phone.pass(270_000)
    phone.answer(200, ["Contact: <sip:phone@192.0.2.20>;expires=60", "Expires: 300"])
    #expect(phone.health == .up)
    #expect(
      phone.session.hearing.symptoms(account).last?.sentence.contains("other telephones") == true)
    phone.send(.invite())
    #expect(phone.session.hearing.symptoms(account).map(\.weight) == [.note])
  }
}

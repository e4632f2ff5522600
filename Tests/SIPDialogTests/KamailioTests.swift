import LauncherSupport
import PhoneNumbers
import SIP
import Telephony
import TestSupport
import Testing

/// Real parts: Kamailio publishes the dialog state of the calls that sipp makes through it.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct KamailioTests {
  /// By both transports, with both digests.
  @Test(arguments: [(SIPAccount.Transport.udp, "MD5"), (.tcp, "SHA-256")])
  func callsAreFollowed(transport: SIPAccount.Transport, algorithm: String) async throws {
    let server = try await Kamailio(algorithm: algorithm)
    let subscriber = try RunningSubscriber(port: server.port, transport: transport)
    try await subscriber.isUp()

    let answered = try await SipCall(.answered, from: "0388202122", to: "1024", by: server)
    var story = ["ring in 03 88 20 21 22"]
    try await subscriber.tells(story)
    try answered.phoneActs()
    story.append("answer in 03 88 20 21 22")
    try await subscriber.tells(story)
    try await answered.callerActs()
    story.append("end normal in 03 88 20 21 22")
    try await subscriber.tells(story)

    // Kamailio does not say why a call ended: one that rang and was not answered was missed.
    let cancelled = try await SipCall(
      .cancelled, from: "anonymous", to: "1024", by: server, id: "second")
    story.append("ring in withheld")
    try await subscriber.tells(story)
    try await cancelled.callerActs()
    story.append("end normal in withheld")
    try await subscriber.tells(story)

    let refused = try await SipCall(
      .refused, from: "0199004567", to: "1024", by: server, id: "third")
    try refused.phoneActs()
    story += ["ring in 01 99 00 45 67", "end normal in 01 99 00 45 67"]
    try await subscriber.tells(story)
    try await refused.end()

    let outgoing = try await SipCall(
      .answered, from: "1024", to: "0388202122", by: server, id: "fourth")
    story.append("ring out 03 88 20 21 22")
    try await subscriber.tells(story)
    try outgoing.phoneActs()
    story.append("answer out 03 88 20 21 22")
    try await subscriber.tells(story)
    try await outgoing.callerActs()
    story.append("end normal out 03 88 20 21 22")
    try await subscriber.tells(story)
    #expect(subscriber.reports.healths.count == 1)
    #expect(subscriber.symptoms.isEmpty)
    await subscriber.stop()
  }

  /// A login is no right: Kamailio accepts a subscription to anybody, there or not.
  @Test func aStationThatIsNotThereIsDoubted() async throws {
    let server = try await Kamailio(algorithm: "MD5")
    let subscriber = try RunningSubscriber(
      port: server.port, transport: .tcp, watch: "1042@pbx.example")
    try await subscriber.isUp()
    try await waitUntil("a doubt", instead: "\(subscriber.symptoms)") {
      subscriber.symptoms.map(\.weight) == [.note]
    }
    #expect(subscriber.symptoms.first?.sentence.contains("1042@pbx.example") == true)
    let call = try await SipCall(.cancelled, from: "0388202122", to: "1024", by: server)
    try await call.callerActs()
    #expect(subscriber.story.isEmpty)
    #expect(subscriber.symptoms.first?.sentence.contains("there is no such station") == true)
    await subscriber.stop()
  }

  /// A server that died knows no subscription: by TCP that is seen at once, by UDP at the next refresh.
  @Test(arguments: [(SIPAccount.Transport.tcp, 300), (.udp, 4)])
  func aServerThatDiesIsSubscribedToAgain(
    transport: SIPAccount.Transport, expires: Int
  ) async throws {
    let server = try await Kamailio(algorithm: "MD5")
    let subscriber = try RunningSubscriber(
      port: server.port, transport: transport, expires: expires)
    try await subscriber.isUp()
    try await server.kill()
    if transport == .tcp { try await subscriber.isDown("could not be reached") }
    try await server.start()
    if transport == .tcp { try await subscriber.isUp() }

    // By UDP the refresh has yet to come: until then the new server tells nothing.
    for attempt in 0..<20 where subscriber.story.isEmpty {
      let call = try await SipCall(
        .cancelled, from: "0388202122", to: "1024", by: server, id: "call-\(attempt)")
      try await call.callerActs()
    }
    #expect(subscriber.story.first == "ring in 03 88 20 21 22")
    await subscriber.stop()
  }

  /// It is one of the station's telephones until it leaves, by each way.
  @Test(arguments: [SIPAccount.Transport.udp, .tcp])
  func aTelephoneIsRegisteredUntilItLeaves(transport: SIPAccount.Transport) async throws {
    let server = try await Kamailio(algorithm: "SHA-256")
    for password in ["secret", "wrong"] {
      let account = try SIPAccount(
        server: "127.0.0.1", port: Int(server.port), transport: transport, password: password,
        watch: "1024@pbx.example")
      let heard = HeardSource(
        SIPTelephone(account: account, station: "1024", plan: NumberPlan()) {
          Moment(milliseconds: 0)
        })
      if password == "secret" {
        try await waitUntil("a registration", instead: "\(heard.reports)") {
          heard.reports.healths.last == .up
        }
        #expect(try server.telephones(of: "1024").contains("sip:screenpop-"))
      } else {
        try await waitUntil("a refusal", instead: "\(heard.reports)") {
          heard.reports.reason?.contains("refuses the password of 1024") == true
        }
      }
      await heard.stop()
      let left = try server.telephones(of: "1024")
      #expect(left.contains("sip:phone@") && !left.contains("sip:screenpop-"))
    }
  }

  @Test func aWrongPasswordIsSaid() async throws {
    let server = try await Kamailio(algorithm: "SHA-256")
    let subscriber = try RunningSubscriber(
      port: server.port, transport: .udp, password: "wrong")
    try await subscriber.isDown("refuses the password of 1024: check user and password_file")
    await subscriber.stop()
  }
}

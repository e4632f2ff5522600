import HeaderForms
import Telephony
import Testing

@testable import SIP

/// Passwords (RFC 7616, RFC 8760; RFC 3261, section 22).
struct DigestTests {
  private static func demand(
    _ nonce: String = "n1", algorithm: String? = nil, qop: String? = "auth", stale: Bool = false,
    field: String = "WWW-Authenticate"
  ) -> String {
    "\(field): Digest realm=\"pbx, \\\"east\\\"\", nonce=\"\(nonce)\", opaque=\"o\""
      + (qop.map { ", qop=\"\($0)\"" } ?? "") + (algorithm.map { ", algorithm=\($0)" } ?? "")
      + (stale ? ", stale=TRUE" : "")
  }

  /// The examples of RFC 7616, section 3.9.1.
  @Test(arguments: [
    ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
    ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
  ])
  func theExamplesOfTheStandardComeOut(algorithm: String, response: String) throws {
    let message = try #require(
      SIPMessage(
        Array(
          """
          SIP/2.0 401 Unauthorized\r
          WWW-Authenticate: Digest realm="http-auth@example.org", qop="auth, auth-int", \
          algorithm=\(algorithm), nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", \
          opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"\r
          \r

          """.utf8)))
    let field = try #require(DigestChallenge.first(in: message)).answer(
      user: "Mufasa", password: "Circle of Life", method: "GET", uri: "/dir/index.html", use: 1,
      clientNonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ")
    #expect(field.field == "Authorization")
    #expect(field.value.hasPrefix("Digest username=\"Mufasa\""))
    #expect(field.value.contains("response=\"\(response)\""))
    #expect(field.value.contains("nc=00000001"))
  }

  @Test func thePasswordIsGivenWhenItIsAskedFor() throws {
    var subscriber = try Subscriber()
    #expect(subscriber.request?["authorization"] == nil)
    subscriber.answer(401, [Self.demand()])
    let field = try #require(subscriber.request?["authorization"])
    #expect(field.contains("username=\"1024\""))
    #expect(field.contains("realm=\"pbx, \\\"east\\\"\""))
    #expect(field.contains("uri=\"sip:1024@pbx.example\""))
    #expect(!field.contains("secret"))
    #expect(subscriber.request?.sequence?.number == 2)
    subscriber.accept()
    #expect(subscriber.health == .up)
  }

  /// The same nonce is used again, and counted.
  @Test func theRefreshGivesItUnasked() throws {
    var subscriber = try Subscriber()
    subscriber.answer(401, [Self.demand()])
    subscriber.accept()
    subscriber.pass(260)
    #expect(subscriber.request?["authorization"]?.contains("nc=00000002") == true)
    subscriber.answer(401, [Self.demand("n2", stale: true)])
    let field = try #require(subscriber.request?["authorization"])
    #expect(field.contains("nonce=\"n2\""))
    #expect(field.contains("nc=00000001"))
  }

  /// Not every server says that only the nonce was too old.
  @Test func anOldNonceIsNoWrongPassword() throws {
    var subscriber = try Subscriber()
    subscriber.answer(401, [Self.demand()])
    subscriber.accept()
    subscriber.pass(260)
    subscriber.answer(401, [Self.demand("n2")])
    subscriber.accept()
    #expect(subscriber.health == .up)
  }

  @Test func aProxyIsAnsweredInItsOwnField() throws {
    var subscriber = try Subscriber()
    subscriber.answer(407, [Self.demand(field: "Proxy-Authenticate")])
    #expect(subscriber.request?["proxy-authorization"] != nil)
    #expect(subscriber.request?["authorization"] == nil)
  }

  /// RFC 8760, section 2.4: the first that is supported.
  @Test(arguments: [
    (["SHA-512-256", "SHA-256", "MD5"], "SHA-256"), (["MD5", "SHA-256"], "MD5"),
    (["md5"], "MD5"), (["AKAv1-MD5", "MD5"], "MD5"),
  ])
  func theFirstKnownAlgorithmIsTaken(offered: [String], taken: String) throws {
    var subscriber = try Subscriber()
    subscriber.answer(401, offered.map { Self.demand(algorithm: $0) })
    #expect(subscriber.request?["authorization"]?.contains("algorithm=\(taken)") == true)
  }

  @Test func withoutQualityNothingIsCounted() throws {
    var subscriber = try Subscriber()
    subscriber.answer(401, [Self.demand(qop: nil)])
    let field = try #require(subscriber.request?["authorization"])
    #expect(!field.contains("nc="))
    #expect(!field.contains("qop"))
  }

  @Test(arguments: [
    "Basic realm=\"pbx\"", "Digest", "Digest nonce=\"x\"", "Digest realm=\"x\"", "",
    "Digest realm=\"x\", nonce=\"\"", "Digest realm=\"x\", nonce=\"n\", qop=\"auth-int\"",
    "Digest realm=\"x\", nonce=\"n\", algorithm=SHA-512", "\"\"\"\"", ",,,,=,=\"",
  ])
  func anUnknownDemandIsSaid(demand: String) throws {
    var subscriber = try Subscriber()
    subscriber.answer(401, ["WWW-Authenticate: \(demand)"])
    #expect(subscriber.reason?.contains("digest with MD5 or SHA-256") == true)
    #expect(subscriber.nextTry == 60)
  }

  @Test func aWrongPasswordIsNotTriedAgainAndAgain() throws {
    var subscriber = try Subscriber()
    subscriber.answer(401, [Self.demand()])
    subscriber.answer(401, [Self.demand("n2")])
    #expect(
      subscriber.reason
        == "192.0.2.1:5060 (udp) refuses the password of 1024: check user and password_file")
    #expect(subscriber.nextTry == 60)
    #expect(subscriber.sent.count == 2)
  }

  @Test(arguments: [true, false])
  func demandsWithoutEndAreNoLoop(isStale: Bool) throws {
    var subscriber = try Subscriber()
    for round in 0..<100 where subscriber.request != nil {
      subscriber.answer(401, [Self.demand("n\(round)", stale: isStale)])
    }
    #expect(subscriber.sent.count == (isStale ? 4 : 2))
    #expect(subscriber.reason?.contains("refuses the password") == true)
  }

  @Test func withoutAPasswordTheOperatorIsTold() throws {
    var subscriber = try Subscriber(password: nil)
    subscriber.answer(401, [Self.demand()])
    #expect(subscriber.reason?.contains("configure user and password_file") == true)
  }
}

import Glibc
import RelayServer
import TestSupport
import Testing

/// Requests that are not served, each as HTTP says (R30).
struct RefusalTests {
  static let set = "\(RelayClient.prefix)setevent"
  static let get = "\(RelayClient.prefix)getevent"

  @Test(
    arguments: [
      // Missing, wrong and doubled parameters.
      ("\(set)?tel=0388202122", "GET", 400), ("\(set)?telorg=&tel=0388202122", "GET", 400),
      ("\(set)?telorg=$active_user&tel=0388202122", "GET", 400),
      ("\(set)?telorg=%20%20", "GET", 400), ("\(get)", "GET", 400), ("\(get)?telorg", "GET", 400),
      ("\(RelayClient.prefix)events?tel=1", "GET", 400),
      ("\(set)?telorg=1024&telorg=1025", "GET", 400),
      ("\(set)?telorg=1024&telorg=1024", "GET", 200),
      ("\(set)?telorg=1024&tel=1&tel=2", "GET", 400),
      ("\(set)?telorg=1024&other=1&other=2", "GET", 200), ("\(set)?&&=&telorg=1024&", "GET", 200),
      // NUL, control characters, broken encodings, sizes.
      ("\(set)?telorg=10%0024", "GET", 400), ("\(set)?telorg=1024&tel=%00", "GET", 400),
      ("\(set)?telorg=1024&ident=a%0Ab", "GET", 400),
      ("\(set)?telorg=1024&event=ri%1Bng", "GET", 400),
      ("\(set)?telorg=10%2", "GET", 400), ("\(set)?telorg=%zz", "GET", 400),
      ("\(set)?telorg=1024&tel=03%8", "GET", 200), ("\(set)?telorg=%FF%FE", "GET", 400),
      ("\(set)?telorg=" + String(repeating: "1", count: 300), "GET", 400),
      ("\(set)?telorg=1024&tel=" + String(repeating: "1", count: 65), "GET", 200),
      ("\(set)?telorg=" + String(repeating: "1", count: 10_000), "GET", 414),
      // Paths and methods.
      ("/", "GET", 404), ("/DhDivaltoServerCTI/api/cti/", "GET", 404), ("\(set)/", "GET", 404),
      ("/api/cti/setevent?telorg=1024", "GET", 404), ("/%2e%2e/etc/passwd", "GET", 404),
      ("\(set)?telorg=1024", "PUT", 405), ("\(set)?telorg=1024", "DELETE", 405),
      ("\(set)?telorg=1024", "HEAD", 405), ("\(set)?telorg=1024", "OPTIONS", 405),
      ("\(RelayClient.prefix)events?telorg=1024", "POST", 405), ("/health", "POST", 405),
      ("/health", "GET", 200), ("/metrics", "GET", 200),
    ] as [(String, String, Int)])
  func aRequestIsAnsweredAsHTTPSays(
    target: String, method: String, status: Int
  ) async throws {
    try await withRelay { relay async throws in
      let answer = try await relay.ask(target, method)
      #expect(answer.status == status)
      if status == 405 { #expect(answer.headers["allow"]?.contains("GET") == true) }
      if status >= 400, method != "HEAD" {
        #expect(answer.body.hasSuffix("\n") && answer.body.count > 10)
      }
      #expect(try await relay.ask("/health").status == 200)
    }
  }

  @Test func bodiesAreBounded() async throws {
    try await withRelay { relay async throws in
      for (body, status) in [
        ("telorg=1024&x=" + String(repeating: "y", count: 60_000), 200),
        ("telorg=1024&x=" + String(repeating: "y", count: 70_000), 413),
        ("{", 400), ("[1]", 400), (#"{"telorg":[1024]}"#, 400), (#"{"telorg":null}"#, 400),
        ("", 400), ("\u{0}\u{1}", 400), (String(repeating: "[", count: 50_000), 400),
        (#"{"a":"# + String(repeating: #"{"a":"#, count: 5_000), 400),
        (#"{"telorg":"1024","telorg":"1025"}"#, 400), (#"{"telorg":"1024","tel":1,"tel":1}"#, 400),
        (#"{"telorg":"1024","x":{"tel":1,"tel":[{},","]},"y":"\\\","}"#, 200),
        (#"{"telorg":"1024","tel":1e999}"#, 200), (#"{"telorg":1024.0}"#, 200),
        (#"{"telorg":"1024"} {}"#, 400), ("telorg=1024&telorg=1025", 400),
      ] {
        let answer = try await relay.ask(Self.set, "POST", body: body)
        #expect(answer.status == status, "\(body.prefix(20))")
      }
    }
  }

  @Test(
    arguments: [
      (["Origin": "http://localhost"], 403), (["Origin": "null"], 403), (["Origin": ""], 403),
      (["Referer": "http://localhost/"], 403), (["Sec-Fetch-Site": "cross-site"], 403),
      (["Sec-Fetch-Site": "same-site"], 403), (["Sec-Fetch-Site": "same-origin"], 403),
      (["Sec-Fetch-Site": "none, cross-site"], 403), (["Sec-Fetch-Site": ""], 403),
      (["Sec-Fetch-Site": "none"], 200), ([:], 200),
    ] as [([String: String], Int)])
  func webPagesAreKeptOut(headers: [String: String], status: Int) async throws {
    try await withRelay { relay async throws in
      #expect(try await relay.ask("\(Self.get)?telorg=1024", headers: headers).status == status)
      #expect(try await relay.ask("/health", headers: headers).status == status)
    }
  }

  /// The Host as RFC 3986 says: what is none is none of ours either.
  @Test(arguments: [
    ("localhost", 200), ("LOCALHOST:8083", 200), ("localhost.", 200), ("localhost:", 200),
    ("127.0.0.1", 200), ("[::1]", 200), ("[::1]:80", 200), ("[::ffff:127.0.0.1]", 200), ("", 200),
    ("relay.example.com:443", 200), ("relay.example.com.", 200), ("[2001:db8::7]", 200),
    ("[::1]evil", 400), ("[::1]:80evil", 400), ("[::1]@evil.example", 400), ("[::1", 400),
    ("::1", 400), ("user@localhost", 400), ("localhost:80@evil.example", 400),
    ("localhost:80:80", 400), ("localhost/", 400), ("localhost?", 400), ("local host", 400),
    ("[127.0.0.1]", 400), ("[fe80::1%25eth0]", 400), (".", 400), ("localhost:123456", 400),
    ("evil.example", 403), ("localhost.evil.example", 403), ("localhost..", 403),
    ("local%68ost", 403), ("127.1", 403), ("2130706433", 403), ("[2001:db8::8]", 403),
  ])
  func aHostIsOneOfOurs(host: String, status: Int) async throws {
    try await withRelay(options { $0.hosts = ["relay.example.com", "[2001:db8::7]"] }) {
      relay async throws in
      #expect(try await relay.ask("/health", headers: ["Host": host]).status == status)
      // In a URL these end the host, or are encoded.
      guard !host.isEmpty, !host.contains(where: { " /?".contains($0) }) else { return }
      let whole = try await relay.ask("http://\(host)/health", headers: ["Host": "localhost"])
      #expect(whole.status == status)
    }
  }

  @Test func tokensAreForReadingOrWriting() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("# ours\nread reader\n\nwrite  writer\nboth chief\n", to: "tokens")
    try #require(chmod(file, 0o600) == 0)
    try await withRelay(options { $0.tokenFile = file }) { relay async throws in
      let set = "\(Self.set)?telorg=1024"
      let get = "\(Self.get)?telorg=1024"
      for (target, token, status) in [
        (set, "", 401), (get, "", 401), (set, "wrong", 401), (set, "write", 401),
        (set, "writers", 401), (set, "writer", 200), (get, "writer", 403), (get, "reader", 200),
        (set, "reader", 403), (set, "chief", 200), (get, "chief", 200), ("/health", "", 200),
        ("/metrics", "", 401), ("/metrics", "reader", 200),
      ] {
        let bearer = token.isEmpty ? [:] : ["Authorization": "Bearer \(token)"]
        let first = try await relay.ask(target, headers: bearer)
        #expect(first.status == status, "\(target) \(token)")
        if status == 401 { #expect(first.headers["www-authenticate"]?.hasPrefix("Bearer") == true) }
        guard !token.isEmpty, status != 401, target.contains("?") else { continue }
        #expect(try await relay.ask("\(target)&token=\(token)").status == status)
      }
    }
  }

  /// A token in a URL is decoded, but for the plus, which no one encodes in base64.
  @Test func aTokenInAURLIsDecoded() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("both p@ss+w%rd/=\nread two\nwrite two\n", to: "tokens")
    try #require(chmod(file, 0o600) == 0)
    try await withRelay(options { $0.tokenFile = file }) { relay async throws in
      for token in ["p@ss+w%25rd/=", "p%40ss%2Bw%25rd%2F%3D", "p%40ss%2bw%rd/=", "%74wo"] {
        #expect(try await relay.ask("\(Self.get)?telorg=1&token=\(token)").status == 200)
      }
      for token in ["p%40ss+w%2525rd/=", "p@ss%20w%25rd/=", "", "%", "two%00"] {
        #expect(try await relay.ask("\(Self.get)?telorg=1&token=\(token)").status == 401)
      }
      // Two lines about one token are one with both rights.
      #expect(try await relay.ask("\(Self.set)?telorg=1&token=two").status == 200)
    }
  }

  @Test func aRightTokenIsNeverRefused() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("both chief\nboth other\n", to: "tokens")
    try #require(chmod(file, 0o600) == 0)
    try await withRelay(options { $0.tokenFile = file }) { relay async throws in
      let get = "\(Self.get)?telorg=1024&token="
      // A telephone with an old token is one failure, however often it comes.
      for _ in 0..<10 { #expect(try await relay.ask(get + "old").status == 401) }
      for _ in 0..<5 { #expect(try await relay.ask(get + "old").status == 429) }
      for guess in 1..<10 { #expect(try await relay.ask(get + "guess\(guess)").status == 401) }
      for guess in 10..<50 { #expect(try await relay.ask(get + "guess\(guess)").status == 429) }
      let refused = try await relay.ask(get + "guess")
      #expect(refused.headers["retry-after"] == "60")
      for token in ["chief", "other"] {
        #expect(try await relay.ask(get + token).status == 200)
      }
      relay.clock.advance(seconds: 60)
      #expect(try await relay.ask(get + "guess").status == 401)
    }
  }

  @Test func aSourceAsksAThousandTimesASecond() async throws {
    // This machine itself may ask more often, so that it asks for another one.
    let options = try options { $0.forwarders = [try #require(Network("127.0.0.1"))] }
    try await withRelay(options) { relay async throws in
      let source = ["X-Forwarded-For": "198.51.100.7"]
      var statuses: [Int: Int] = [:]
      for _ in 0..<1010 {
        statuses[try await relay.ask("/health", headers: source).status, default: 0] += 1
      }
      #expect(statuses == [200: 1000, 429: 10])
      #expect(try await relay.ask("/health").status == 200)
      relay.clock.advance(seconds: 1)
      #expect(try await relay.ask("/health", headers: source).status == 200)
    }
  }
}

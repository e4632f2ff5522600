import Glibc
import HTTPTypes
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
      ("\(set)?tel=0388202122", .get, 400), ("\(set)?telorg=&tel=0388202122", .get, 400),
      ("\(set)?telorg=$active_user&tel=0388202122", .get, 400),
      ("\(set)?telorg=%20%20", .get, 400), ("\(get)", .get, 400), ("\(get)?telorg", .get, 400),
      ("\(RelayClient.prefix)events?tel=1", .get, 400),
      ("\(set)?telorg=1024&telorg=1025", .get, 400), ("\(set)?telorg=1024&telorg=1024", .get, 200),
      ("\(set)?telorg=1024&tel=1&tel=2", .get, 400),
      ("\(set)?telorg=1024&other=1&other=2", .get, 200), ("\(set)?&&=&telorg=1024&", .get, 200),
      // NUL, control characters, broken encodings, sizes.
      ("\(set)?telorg=10%0024", .get, 400), ("\(set)?telorg=1024&tel=%00", .get, 400),
      ("\(set)?telorg=1024&ident=a%0Ab", .get, 400),
      ("\(set)?telorg=1024&event=ri%1Bng", .get, 400),
      ("\(set)?telorg=10%2", .get, 400), ("\(set)?telorg=%zz", .get, 400),
      ("\(set)?telorg=1024&tel=03%8", .get, 200), ("\(set)?telorg=%FF%FE", .get, 400),
      ("\(set)?telorg=" + String(repeating: "1", count: 300), .get, 400),
      ("\(set)?telorg=1024&tel=" + String(repeating: "1", count: 65), .get, 200),
      ("\(set)?telorg=" + String(repeating: "1", count: 10_000), .get, 414),
      // Paths and methods.
      ("/", .get, 404), ("/DhDivaltoServerCTI/api/cti/", .get, 404), ("\(set)/", .get, 404),
      ("/api/cti/setevent?telorg=1024", .get, 404), ("/%2e%2e/etc/passwd", .get, 404),
      ("\(set)?telorg=1024", .put, 405), ("\(set)?telorg=1024", .delete, 405),
      ("\(set)?telorg=1024", .head, 405), ("\(set)?telorg=1024", .options, 405),
      ("\(RelayClient.prefix)events?telorg=1024", .post, 405), ("/health", .post, 405),
      ("/health", .get, 200), ("/metrics", .get, 200),
    ] as [(String, HTTPRequest.Method, Int)])
  func aRequestIsAnsweredAsHTTPSays(
    target: String, method: HTTPRequest.Method, status: Int
  ) async throws {
    try await withRelay { relay async throws in
      let answer = try await relay.ask(target, method)
      #expect(answer.status == status)
      if status == 405 { #expect(answer.headers[.allow]?.contains("GET") == true) }
      if status >= 400 { #expect(answer.body.hasSuffix("\n") && answer.body.count > 10) }
      #expect(try await relay.ask("/health").status == 200)
    }
  }

  @Test(arguments: Way.allCases)
  func bodiesAreBounded(way: Way) async throws {
    try await withRelay(way) { relay async throws in
      for (body, status) in [
        ("telorg=1024&x=" + String(repeating: "y", count: 60_000), 200),
        ("telorg=1024&x=" + String(repeating: "y", count: 70_000), 413),
        ("{", 400), ("[1]", 400), (#"{"telorg":[1024]}"#, 400), (#"{"telorg":null}"#, 400),
        ("", 400), ("\u{0}\u{1}", 400), (String(repeating: "[", count: 50_000), 400),
        (#"{"a":"# + String(repeating: #"{"a":"#, count: 5_000), 400),
      ] {
        // A connection is not used again after it was refused in the middle of a body.
        guard way == .router || status != 413 else { continue }
        let answer = try await relay.ask(Self.set, .post, body: body)
        #expect(answer.status == status, "\(body.prefix(20))")
      }
    }
  }

  @Test(
    arguments: [
      ([.origin: "http://localhost"], 403), ([.origin: "null"], 403),
      ([HTTPField.Name("Sec-Fetch-Site")!: "cross-site"], 403),
      ([HTTPField.Name("Sec-Fetch-Site")!: "none"], 200), ([:], 200),
    ] as [(HTTPFields, Int)])
  func webPagesAreKeptOut(headers: HTTPFields, status: Int) async throws {
    try await withRelay { relay async throws in
      #expect(try await relay.ask("\(Self.get)?telorg=1024", headers: headers).status == status)
      #expect(try await relay.ask("/health", headers: headers).status == status)
    }
  }

  @Test func tokensAreForReadingOrWriting() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("# ours\nread reader\n\nwrite  writer\nboth chief\n", to: "tokens")
    try #require(chmod(file, 0o600) == 0)
    try await withRelay(.router, options { $0.tokenFile = file }) { relay async throws in
      let set = "\(Self.set)?telorg=1024"
      let get = "\(Self.get)?telorg=1024"
      for (target, token, status) in [
        (set, "", 401), (get, "", 401), (set, "wrong", 401), (set, "write", 401),
        (set, "writers", 401), (set, "writer", 200), (get, "writer", 403), (get, "reader", 200),
        (set, "reader", 403), (set, "chief", 200), (get, "chief", 200), ("/health", "", 200),
        ("/metrics", "", 401), ("/metrics", "reader", 200),
      ] {
        let bearer = token.isEmpty ? [:] : [HTTPField.Name.authorization: "Bearer \(token)"]
        let first = try await relay.ask(target, headers: HTTPFields(bearer))
        #expect(first.status == status, "\(target) \(token)")
        if status == 401 { #expect(first.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true) }
        guard !token.isEmpty, status != 401, target.contains("?") else { continue }
        #expect(try await relay.ask("\(target)&token=\(token)").status == status)
      }
    }
  }

  @Test func guessingTokensIsSlow() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("both chief\nboth other\n", to: "tokens")
    try #require(chmod(file, 0o600) == 0)
    try await withRelay(.router, options { $0.tokenFile = file }) { relay async throws in
      let get = "\(Self.get)?telorg=1024&token="
      #expect(try await relay.ask(get + "chief").status == 200)
      for guess in 0..<10 { #expect(try await relay.ask(get + "guess\(guess)").status == 401) }
      for guess in 10..<500 { #expect(try await relay.ask(get + "guess\(guess)").status == 429) }
      let refused = try await relay.ask(get + "guess")
      #expect(refused.headers[.retryAfter] == "60")
      // Who is known goes on; a guess that hits is not told so.
      #expect(try await relay.ask(get + "chief").status == 200)
      #expect(try await relay.ask(get + "other").status == 429)
      relay.clock.advance(seconds: 60)
      #expect(try await relay.ask(get + "other").status == 200)
    }
  }

  @Test func aSourceAsksAThousandTimesASecond() async throws {
    try await withRelay { relay async throws in
      var statuses: [Int: Int] = [:]
      for _ in 0..<1010 {
        statuses[try await relay.ask("/health").status, default: 0] += 1
      }
      #expect(statuses == [200: 1000, 429: 10])
      relay.clock.advance(seconds: 1)
      #expect(try await relay.ask("/health").status == 200)
    }
  }
}

extension HTTPFields {
  fileprivate init(_ fields: [HTTPField.Name: String]) {
    self.init(fields.map { HTTPField(name: $0.key, value: $0.value) })
  }
}

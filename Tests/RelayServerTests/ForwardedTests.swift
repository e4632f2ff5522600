import Glibc
import RelayServer
import TestSupport
import Testing

/// For whom a balancer asks, and that nobody else can say so (R30).
struct ForwardedTests {
  /// What a client has sent and its balancers have added, and who it is then.
  @Test(
    arguments: [
      // The balancer writes behind what the client says.
      (["X-Forwarded-For": "198.51.100.7"], 200),
      (["X-Forwarded-For": "203.0.113.9"], 403),
      (["X-Forwarded-For": "198.51.100.7, 203.0.113.9"], 403),
      (["X-Forwarded-For": "203.0.113.9, 198.51.100.7"], 200),
      (["X-Forwarded-For": "127.0.0.1, 203.0.113.9"], 403),
      // Two balancers, both ours.
      (["X-Forwarded-For": "203.0.113.9,198.51.100.7,192.0.2.3"], 200),
      (["X-Forwarded-For": "198.51.100.7 ,203.0.113.9 , 192.0.2.3"], 403),
      (["X-Forwarded-For": "192.0.2.4, 192.0.2.3"], 403),
      // With ports, in brackets, in IPv6.
      (["X-Forwarded-For": "198.51.100.7:4711"], 200),
      (["X-Forwarded-For": "2001:db8::17"], 200),
      (["X-Forwarded-For": "[2001:db8::17]:4711"], 200),
      (["X-Forwarded-For": "[2001:db8::17]evil"], 403),
      (["X-Forwarded-For": "::ffff:198.51.100.7"], 200),
      // Nobody knows who that is.
      (["X-Forwarded-For": ""], 403), (["X-Forwarded-For": ","], 403),
      (["X-Forwarded-For": "unknown"], 403), (["X-Forwarded-For": "198.51.100.7, unknown"], 403),
      (["X-Forwarded-For": "198.51.100.7, 192.0.2.300"], 403),
      (["Forwarded": "for=198.51.100.7"], 200),
      (["Forwarded": "For=\"198.51.100.7:4711\";proto=https;by=192.0.2.3"], 200),
      (["Forwarded": "proto=https; for=198.51.100.7 , by=1;for=192.0.2.3"], 200),
      (["Forwarded": "for=\"[2001:db8::17]:4711\""], 200),
      (["Forwarded": "for=203.0.113.9, for=198.51.100.7"], 200),
      (["Forwarded": "for=198.51.100.7, for=203.0.113.9"], 403),
      (["Forwarded": "for=198.51.100.7;by=\",for=203.0.113.9\""], 200),
      (["Forwarded": "for=198.51.100.7, for=_hidden"], 403),
      (["Forwarded": "for=198.51.100.7, proto=http"], 403),
      (["Forwarded": "for=\"198.51.100.7"], 403), (["Forwarded": "for="], 403),
      // Both: one of them the client may have written.
      (["Forwarded": "for=198.51.100.7", "X-Forwarded-For": "198.51.100.7"], 200),
      (["Forwarded": "for=198.51.100.7", "X-Forwarded-For": "203.0.113.9"], 400),
      (["Forwarded": "for=127.0.0.1", "X-Forwarded-For": "198.51.100.7"], 400),
      // Nobody in between.
      ([:], 200),
    ] as [([String: String], Int)])
  func theLastHopThatIsNotOursAsks(headers: [String: String], status: Int) async throws {
    let options = try options {
      $0.allowed = try ["198.51.100.0/24", "2001:db8::/32"].map { try #require(Network($0)) }
      $0.forwarders = try ["127.0.0.1", "192.0.2.0/24"].map { try #require(Network($0)) }
    }
    try await withRelay(options) { relay async throws in
      #expect(try await relay.ask("/health", headers: headers).status == status)
    }
  }

  @Test func nobodyIsBelievedUnlessThatIsSaid() async throws {
    try await withRelay(options { $0.allowed = [try #require(Network("198.51.100.0/24"))] }) {
      relay async throws in
      for header in ["X-Forwarded-For", "Forwarded"] {
        let answer = try await relay.ask("/health", headers: [header: "203.0.113.9"])
        #expect(answer.status == 200)
      }
    }
  }

  /// Wrong tokens count against the client and not against its balancer.
  @Test func wrongTokensCountAgainstTheClient() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("both chief\n", to: "tokens")
    try #require(chmod(file, 0o600) == 0)
    let options = try options {
      $0.tokenFile = file
      $0.forwarders = [try #require(Network("127.0.0.1"))]
    }
    try await withRelay(options) { relay async throws in
      let get = "\(RelayClient.prefix)getevent?telorg=1024&token="
      for guess in 0..<20 {
        let answer = try await relay.ask(
          "\(get)\(guess)", headers: ["X-Forwarded-For": "198.51.100.7"])
        #expect(answer.status == (guess < 10 ? 401 : 429))
      }
      let other = try await relay.ask("\(get)x", headers: ["X-Forwarded-For": "198.51.100.8"])
      #expect(other.status == 401)
    }
  }
}

import Glibc
import RelayServer
import TestSupport
import Testing

/// What clients do to connections, below what a well-behaved one does.
struct ConnectionTests {
  static let set = "\(RelayClient.prefix)setevent?telorg=1024"
  static let host = "Host: localhost\r\n"

  /// What a client sends, and with what status its connection ends.
  struct Sending: Sendable, CustomTestStringConvertible {
    var name: String
    var request: String
    var status: Int

    init(_ name: String, _ request: String, _ status: Int) {
      (self.name, self.request, self.status) = (name, request, status)
    }

    var testDescription: String { name }
  }

  static let health = "GET /health HTTP/1.1\r\n"
  static let last = "Connection: close\r\n\r\n"

  static let sendings = [
    Sending("a proper request", health + host + last, 200),
    // A client of HTTP/1.0 waits for the end.
    Sending("HTTP/1.0", "GET /health HTTP/1.0\r\n\r\n", 200),
    Sending("no Host", health + "\r\n", 400),
    Sending("two Hosts", health + host + host + "\r\n", 400),
    Sending("the name of another", health + "Host: evil.example\r\n" + last, 403),
    Sending("an address of this machine", health + "Host: [::1]:80\r\n" + last, 200),
    Sending("the address of another", health + "Host: 192.0.2.1\r\n" + last, 403),
    Sending("a word", "nonsense\r\n\r\n", 400), Sending("a method", "GET\r\n\r\n", 400),
    Sending("the beginning of TLS", "\u{16}\u{3}\u{1}\u{2}\n\n", 400),
    Sending("a blank in a header's name", health + host + "A b: c\r\n\r\n", 400),
    Sending("NUL in the URL", "GET \(set)&tel=03\u{0}88 HTTP/1.0\r\n\r\n", 400),
    Sending("a URL of 20 kB", "GET /\(text(20_000)) HTTP/1.0\r\n\r\n", 414),
    Sending("a URL of 500 kB", "GET /\(text(500_000)) HTTP/1.0\r\n\r\n", 414),
    Sending("a header of 17 kB", health + host + "A: \(text(17_000))\r\n\r\n", 431),
    Sending("a header of 500 kB", health + host + "A: \(text(500_000))\r\n\r\n", 431),
    Sending(
      "200 headers", health + host + String(repeating: "A: a\r\n", count: 200) + "\r\n", 431),
    Sending(
      "a body of 500 kB", "\(post)Content-Length: 500000\r\n\r\n\(text(500_000))", 413),
    Sending(
      "80 kB in chunks",
      "\(post)Transfer-Encoding: chunked\r\n\(last)"
        + String(repeating: "1000\r\n\(text(4096))\r\n", count: 20) + "0\r\n\r\n", 413),
    Sending(
      "two lengths", "\(post)Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc", 400),
    Sending("a negative length", "\(post)Content-Length: -1\r\n\r\n", 400),
    Sending("a bad chunk", "\(post)Transfer-Encoding: chunked\r\n\r\nx\r\n\r\n", 400),
    Sending(
      "a form in chunks",
      "\(post)Transfer-Encoding: chunked\r\n\(last)3\r\ntel\r\n2;x=y\r\n=1\r\n0\r\nA: b\r\n\r\n",
      200),
    Sending(
      "packed chunks", "\(post)Transfer-Encoding: gzip, chunked\r\n\(last)5\r\ntel=1\r\n0\r\n\r\n",
      501),
    Sending(
      "chunks of chunks",
      "\(post)Transfer-Encoding: chunked\r\nTransfer-Encoding: Chunked\r\n\(last)"
        + "5\r\ntel=1\r\n0\r\n\r\n", 400),
    Sending(
      "chunks by another name",
      "\(post)Transfer-Encoding: CHUNKED \r\n\(last)5\r\ntel=1\r\n0\r\n\r\n", 200),
    Sending(
      "chunks in HTTP/1.0",
      "POST \(set) HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n5\r\ntel=1\r\n0\r\n\r\n", 400),
    Sending(
      "an expectation", "\(post)Content-Length: 5\r\nExpect: 100-continue\r\n\(last)tel=1", 100),
    Sending(
      "another expectation", "\(post)Content-Length: 5\r\nExpect: tea\r\n\(last)tel=1", 417),
    Sending(
      "an expectation that is refused",
      "PUT /health HTTP/1.1\r\n\(host)Content-Length: 5\r\n"
        + "Expect: 100-continue\r\n\r\n", 405),
    Sending("a method that nobody knows", "BREW /health HTTP/1.1\r\n\(host)\(last)", 400),
    Sending("a method in lower case", "get /health HTTP/1.1\r\n\(host)\(last)", 400),
    Sending("another method", "PATCH /health HTTP/1.1\r\n\(host)\(last)", 405),
    Sending("a question about all", "OPTIONS * HTTP/1.1\r\n\(host)\(last)", 404),
    Sending("another scheme", "GET ftp://localhost/health HTTP/1.1\r\n\(host)\(last)", 404),
    Sending(
      "a URL with a user", "GET http://user@localhost/health HTTP/1.1\r\n\(host)\(last)", 400),
    Sending(
      "a whole URL", "GET HTTP://LocalHost:1/health?x HTTP/1.1\r\nHost: localhost\r\n\(last)", 200),
    Sending(
      "another's URL", "GET http://evil.example/health HTTP/1.1\r\n\(host)\(last)", 403),
    Sending(
      "a URL with another Host", "GET http://localhost/health HTTP/1.1\r\nHost: evil\r\n\(last)",
      403),
    Sending("HTTP/0.9", "GET /health\r\n\r\n", 400),
    Sending("HTTP/2.0", "GET /health HTTP/2.0\r\n\(host)\(last)", 400),
    Sending("a form", "\(post)Content-Length: 5\r\nConnection: close\r\n\r\ntel=1", 200),
  ]

  static let post = "POST \(set) HTTP/1.1\r\n\(host)"

  private static func text(_ count: Int) -> String { String(repeating: "a", count: count) }

  @Test(arguments: sendings)
  func aConnectionIsAnsweredAndClosed(sending: Sending) async throws {
    try await withRelay { relay async throws in
      let connection = try RawConnection(port: relay.port)
      let answer = await connection.answer(to: sending.request)
      #expect(answer.hasPrefix("HTTP/1.1 \(sending.status) "), "\(answer.prefix(200))")
      #expect(try await relay.ask("/health").status == 200)
    }
  }

  /// Names as phones have them, blanks and accents included.
  @Test(arguments: [
    #""Zoë Dupont" <sip:0388202122@pbx>"#, "Zoë Dupont <sip:0388202122@pbx;user=phone>",
  ])
  func aLineThatIsNoURLIsMended(tel: String) async throws {
    try await withRelay { relay async throws in
      let connection = try RawConnection(port: relay.port)
      let answer = await connection.answer(to: "GET \(Self.set)&tel=\(tel) HTTP/1.0\r\n\r\n")
      #expect(answer.hasPrefix("HTTP/1.1 200 "))
      #expect(
        try await relay.get()
          == #"{"tel":"0388202122","event":"ring","id":"N","age":0,"name":"Zoë Dupont"}"#)
    }
  }

  /// Also when a client goes on with its connection, and never in the middle of something else.
  @Test func everyLineIsMendedAndNothingElse() async throws {
    try await withRelay { relay async throws in
      let connection = try RawConnection(port: relay.port)
      let body = "telorg=1025&tel=0388202122&id=Zoë Dupont é\r\n\r\n"
      let pieces =
        (1...3).map {
          "GET \(Self.set)&tel=\"Zoë Dupont\" <sip:0388202122@pbx>&id=\($0) HTTP/1.1\r\n\(Self.host)\r\n"
        } + [
          "POST \(RelayClient.prefix)setevent HTTP/1.1\r\n\(Self.host)"
            + "Content-Length: \(body.utf8.count)\r\n\r\n",
          body, "GET \(Self.set)&id=4&name=Zoë HTTP/1.1\r\n\(Self.host)\(Self.last)",
        ]
      for (number, piece) in pieces.dropLast().enumerated() {
        connection.write(piece)
        // Its own read of the relay: it has been answered before more is written.
        try await waitUntil("piece \(number) to be taken") {
          try await relay.ask("/metrics").body.contains(
            "ctirelay_events_total{event=\"ring\"} \(number < 3 ? number + 1 : max(3, number))\n")
        }
      }
      let answers = await connection.answer(to: pieces[5])
      #expect(answers.matches(of: /HTTP\/1.1 200/).count == 5)
      #expect(try await relay.get().contains(#""id":"4","age":0,"name":"Zoë""#))
      #expect(try await relay.get("telorg=1025").contains(#""id":"Zoë Dupont é""#))
    }
  }

  /// All at once, or byte by byte, bodies in between.
  @Test(arguments: [1, 7, 1_000_000])
  func linesOfPipelinedRequestsAreMended(piece: Int) async throws {
    let set = "GET \(Self.set)&tel=\"Zoë Dupont\" <sip:0388202122@pbx>&id="
    let body = "telorg=1025&tel=0388202122&name=Zoë é&x=\r\n\r\nGET /é ë HTTP/1.1\r\n\r\n"
    let post = "POST \(RelayClient.prefix)setevent HTTP/1.1\r\n\(Self.host)"
    let requests = [
      "\(set)1 HTTP/1.1\r\n\(Self.host)\r\n", "\(set)2 HTTP/1.1\r\n\(Self.host)\r\n",
      "\(post)CONTENT-length:\t\(body.utf8.count) \r\n\r\n\(body)",
      "\(set)3 HTTP/1.1\r\n\(Self.host)Content-Length: 0\r\nA: é é é\r\n\r\n",
      "\(set)4 HTTP/1.1\r\n\(Self.host)\(Self.last)",
    ]
    try await withRelay { relay async throws in
      let connection = try RawConnection(port: relay.port)
      let bytes = Array(requests.joined().utf8.dropLast())
      // A letter may come in two pieces.
      for start in stride(from: 0, to: bytes.count, by: piece) {
        connection.write(bytes[start..<min(start + piece, bytes.count)])
      }
      let answer = await connection.answer(to: "\n")
      #expect(answer.matches(of: /HTTP\/1.1 200/).count == requests.count, "\(answer)")
      #expect(try await relay.get().contains(#""id":"4","age":0,"name":"Zoë Dupont""#))
      #expect(try await relay.get("telorg=1025").contains(#""name":"Zoë é""#))
    }
  }

  /// Nothing of what is nested is asked for, and nobody can have the relay follow it down.
  @Test(arguments: ["[", #"{"a":"#, #"{"tel":[{"b":"#])
  func whatIsNestedDeeplyIsRefused(open: String) async throws {
    let body = String(repeating: open, count: 60_000 / open.utf8.count)
    try await withRelay { relay async throws in
      let connection = try RawConnection(port: relay.port)
      let answer = await connection.answer(
        to: "POST \(Self.set) HTTP/1.1\r\n\(Self.host)Content-Type: application/json\r\n"
          + "Content-Length: \(body.utf8.count)\r\n\(Self.last)\(body)")
      #expect(answer.hasPrefix("HTTP/1.1 400 "), "\(answer)")
      #expect(try await relay.ask("/health").status == 200)
    }
  }

  @Test(arguments: [
    "", "GET", "GET /health HTTP/1.1\r\nHost: loc",
    "POST \(set) HTTP/1.1\r\n\(host)Content-Length: 10\r\n\r\nabc",
  ])
  func whoIsSlowIsNotWaitedFor(beginning: String) async throws {
    let options = options {
      $0.patience.head = .milliseconds(50)
      $0.patience.body = .milliseconds(50)
    }
    try await withRelay(options) { relay async throws in
      let connection = try RawConnection(port: relay.port)
      #expect(await connection.answer(to: beginning).hasPrefix("HTTP/1.1 408 "))
    }
  }

  @Test func pipelinedRequestsAreAnsweredInOrder() async throws {
    try await withRelay { relay async throws in
      let connection = try RawConnection(port: relay.port)
      let answer = await connection.answer(
        to: "\(Self.health)\(Self.host)\r\nGET /nowhere HTTP/1.1\r\n\(Self.host)\r\n"
          + "GET /health HTTP/1.0\r\n\r\n")
      let statuses = answer.matches(of: /HTTP\/1.1 (\d+)/).map { String($0.1) }
      #expect(statuses == ["200", "404", "200"])
    }
  }

  @Test func manyPipelinedRequestsAreAnsweredInOrder() async throws {
    try await withRelay { relay async throws in
      let many = (0..<500).map { number in
        "GET \(Self.set)&tel=0388202122&id=\(number) HTTP/1.1\r\n\(Self.host)\r\n"
          + "GET \(RelayClient.prefix)getevent?telorg=1024 HTTP/1.1\r\n\(Self.host)\r\n"
      }
      let connection = try RawConnection(port: relay.port)
      let answer = await connection.answer(
        to: many.joined() + "GET /health HTTP/1.1\r\n\(Self.host)\(Self.last)")
      let ids = answer.matches(of: /"id":"(\d+)"/).compactMap { Int($0.1) }
      #expect(ids == Array(0..<500))
      #expect(answer.hasSuffix("\r\n\r\nok\n"))
    }
  }

  /// The system may fail a port; what the relay holds stays within reach.
  @Test func aPortThatFailsIsListenedOnAgain() async throws {
    try await withRelay { relay async throws in
      try await relay.set("telorg=1024&tel=0388202122&id=1")
      let socket = try #require(Self.listeningSocket(on: relay.port))
      #expect(shutdown(socket, Int32(SHUT_RDWR)) == 0)
      try await waitUntil("the relay to listen again") {
        await (try? relay.get())?.contains(#""tel":"0388202122""#) == true
      }
    }
  }

  /// The socket of this process that listens on a port.
  private static func listeningSocket(on port: Int) -> Int32? {
    (3..<4096).first { descriptor in
      var (listens, address) = (Int32(0), sockaddr_in())
      var size = socklen_t(MemoryLayout<Int32>.size)
      guard getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) == 0, listens != 0
      else { return false }
      size = socklen_t(MemoryLayout<sockaddr_in>.size)
      let status = withUnsafeMutableBytes(of: &address) {
        getsockname(descriptor, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), &size)
      }
      return status == 0 && UInt16(bigEndian: address.sin_port) == port
    }
  }

  /// Who says that it has nothing more to say still gets its answers.
  @Test(arguments: ["", "GET /nowhere HTTP/1.1\r\n\(host)\r\n"])
  func whoHasClosedItsHalfIsAnswered(before: String) async throws {
    try await withRelay { relay async throws in
      let connection = try RawConnection(port: relay.port)
      let answer = await connection.answer(
        to: "\(before)\(Self.health)\(Self.host)\r\n", endsInput: true)
      #expect(answer.hasSuffix("\r\n\r\nok\n"))
    }
  }

  @Test func anOldClientThatGoesOnIsToldSo() async throws {
    try await withRelay { relay async throws in
      let connection = try RawConnection(port: relay.port)
      let answer = await connection.answer(
        to: "GET /health HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /health HTTP/1.0\r\n\r\n")
      #expect(answer.matches(of: /ok\n/).count == 2)
      #expect(answer.lowercased().contains("connection: keep-alive"))
    }
  }

  @Test func othersAreServedBesideAThousandThatAreSlow() async throws {
    raiseDescriptorLimit()
    let relay = try await RunningRelay()
    let slow = try (0..<1000).map { _ in
      let connection = try RawConnection(port: relay.port)
      connection.write("GET /health HTTP/1.1\r\nHost: loc")
      return connection
    }
    #expect(try await relay.status("setevent?telorg=1024&tel=0388202122") == "200")
    #expect(try await relay.curl("getevent?telorg=1024").contains("0388202122"))
    withExtendedLifetime(slow) {}
  }

  private func raiseDescriptorLimit() {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}

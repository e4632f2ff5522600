import RelayServer
import Testing

/// Stations that somebody has invented push out no call for which a window has asked, nor those of another
/// writer.
struct CallBoundsTests {
  @Test func inventedStationsGiveWay() async throws {
    let options = try options {
      $0.forwarders = [try #require(Network("127.0.0.1"))]
      $0.bounds.all = 1_000
      // Whose requests are not counted.
      $0.allowed = [try #require(Network("198.51.100.0/24"))]
    }
    try await withRelay(options) { relay async throws in
      func report(_ stations: some Sequence<String>, by writer: Int) async throws {
        let requests = stations.map {
          """
          GET \(RelayClient.prefix)setevent?telorg=\($0)&tel=0388202122 HTTP/1.1\r
          Host: localhost\r
          X-Forwarded-For: 198.51.100.\(writer)\r
          \r

          """
        }
        let connection = try RawConnection(port: relay.port)
        _ = await connection.answer(to: requests.joined(), endsInput: true)
      }
      let none = #"{"tel":"","event":""}"#
      try await report(["asked", "first", "second"], by: 1)
      #expect(try await relay.get("telorg=asked") != none)
      // One writer fills its half, and from then on takes the room of its own.
      try await report((1...500).map { "a\($0)" }, by: 1)
      #expect(try await relay.get("telorg=first") == none)
      #expect(try await relay.get("telorg=second") == none)
      #expect(try await relay.get("telorg=asked") != none)
      #expect(try await relay.ask("/metrics").body.contains("ctirelay_calls 501\n"))
      // Two writers fill the table.
      try await report((1...600).map { "b\($0)" }, by: 2)
      #expect(try await relay.ask("/metrics").body.contains("ctirelay_calls 1000\n"))
      try await report(["third"], by: 3)
      #expect(try await relay.get("telorg=third") != none)
      #expect(try await relay.get("telorg=asked") != none)
      #expect(try await relay.get("telorg=b600") != none)
      // What has outlived itself makes room.
      #expect(
        try await relay.ask("/metrics").body.contains(
          "ctirelay_events_total{event=\"ring\"} 1104\n"))
      relay.clock.advance(seconds: 60)
      try await report(["fourth"], by: 2)
      #expect(try await relay.ask("/metrics").body.contains("ctirelay_calls 1\n"))
    }
  }
}

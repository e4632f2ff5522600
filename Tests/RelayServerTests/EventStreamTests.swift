import Glibc
import RelayServer
import Synchronization
import TestSupport
import Testing

/// The push path beside the poll (R29), on the running program.
struct EventStreamTests {
  @Test func everyEventArrivesWithItsNumber() async throws {
    let relay = try await RunningRelay()
    let window = try relay.listen("ident=&telorg=1024")
    try await window.wait(for: "text/event-stream")
    try await relay.curl("setevent?telorg=1025&tel=0199004567")
    try await relay.curl("setevent?telorg=1024&tel=0388202122&id=7")
    try await relay.curl("setevent?telorg=1024&event=established")
    try await relay.curl("setevent?telorg=1024&event=missed")
    try await window.wait(for: #""event":"end""#)

    let events = window.events
    #expect(
      events.map(\.data) == [
        #"{"tel":"0388202122","event":"ring","id":"7","age":0}"#,
        #"{"tel":"0388202122","event":"answer","id":"7","age":0}"#,
        #"{"tel":"0388202122","event":"end","id":"7","age":0,"reason":"missed"}"#,
      ])
    #expect(events.map(\.id) == events.map(\.id).sorted())
    #expect(Set(events.map(\.id)).count == 3)
  }

  @Test func whoComesBackIsToldWhatWasMissed() async throws {
    let relay = try await RunningRelay()
    for id in 1...20 { try await relay.curl("setevent?telorg=1024&tel=0388202122&id=\(id)") }
    // Who is new is told the call that is there, and none of those before.
    let new = try relay.listen("telorg=1024")
    try await new.wait(for: #""id":"20""#)
    let last = try #require(new.events.last)
    #expect(new.events.count == 1)

    for id in 21...25 { try await relay.curl("setevent?telorg=1024&tel=0388202122&id=\(id)") }
    try await relay.curl("setevent?telorg=1024&event=end")
    let returned = try relay.listen("telorg=1024", "Last-Event-ID: \(last.id)")
    try await returned.wait(for: #""event":"end""#)
    let told = returned.events.compactMap { $0.data.firstMatch(of: /"id":"(\d+)"/)?.1 }
    #expect(told == ["21", "22", "23", "24", "25", "25"])
  }

  /// A call that was replaced in the relay's one place still rings in a window that listens.
  @Test func theEndOfAReplacedCallIsTold() async throws {
    let relay = try await RunningRelay()
    let window = try relay.listen("telorg=1024")
    try await window.wait(for: "text/event-stream")
    try await relay.curl("setevent?telorg=1024&tel=0388202122&id=7")
    try await relay.curl("setevent?telorg=1024&tel=0199004567&id=8")
    try await relay.curl("setevent?telorg=1024&tel=0388202122&id=7&event=hangup")
    try await window.wait(for: #""event":"end""#)
    #expect(window.events.last?.data == #"{"tel":"0388202122","event":"end","id":"7","age":0}"#)
    #expect(try await relay.curl("getevent?telorg=1024").contains(#""id":"8""#))
  }

  @Test func aWindowThatGoesIsForgotten() async throws {
    let relay = try await RunningRelay()
    var window: RunningRelay.Window? = try relay.listen("telorg=1024")
    try await window?.wait(for: "text/event-stream")
    try await waitUntil("the stream to be counted") {
      try await relay.curl("/metrics").contains("ctirelay_streams 1\n")
    }
    withExtendedLifetime(window) {}
    window = nil
    try await waitUntil("the stream to be forgotten") {
      try await relay.curl("/metrics").contains("ctirelay_streams 0\n")
    }
  }

  @Test func theRelayStopsInOrder() async throws {
    let relay = try await RunningRelay()
    let window = try relay.listen("telorg=1024")
    try await window.wait(for: "text/event-stream")
    relay.program.signal(SIGTERM)
    #expect(try await relay.program.status() == 0)
    // The stream was ended and not cut off: curl says so by its status.
    #expect(try await window.curl.status() == 0)
  }

  @Test func commentsKeepAQuietStreamAlive() async throws {
    try await withRelay(options { $0.commentInterval = .milliseconds(50) }) {
      relay async throws in
      let port = relay.port
      let window = try RunningRelay.Window(
        url: "http://localhost:\(port)\(RelayClient.prefix)events?telorg=1024")
      try await window.wait(for: ":\n\n:\n\n:\n\n")
    }
  }

  /// A window that hangs takes nothing in: it is not waited for, and others are served meanwhile.
  @Test func whoDoesNotReadIsLetGo() async throws {
    try await withRelay(options { $0.patience.stall = .milliseconds(300) }) {
      relay async throws in
      let window = try RawConnection(port: relay.port, buffer: 4096)
      window.write(
        "GET \(RelayClient.prefix)events?telorg=1024 HTTP/1.1\r\nHost: localhost\r\n\r\n")
      try await waitUntil("the stream to be counted") {
        try await relay.ask("/metrics").body.contains("ctirelay_streams 1\n")
      }
      let reader = try RunningRelay.Window(
        url: "http://localhost:\(relay.port)\(RelayClient.prefix)events?telorg=1025")
      try await reader.wait(for: "text/event-stream")
      let name = String(repeating: "a", count: 128)
      let many = (0..<400).map {
        "GET \(RelayClient.prefix)setevent?telorg=1024&tel=0388202122&id=\($0)&name=\(name) HTTP/1.1"
          + "\r\nHost: localhost\r\n\r\n"
      }
      try await waitUntil("the stream to be ended") {
        let load = try RawConnection(port: relay.port)
        _ = await load.answer(to: many.joined(), endsInput: true)
        return try await relay.ask("/metrics").body.contains("ctirelay_streams 1\n")
      }
      try await relay.set("telorg=1025&tel=0388202122&id=77")
      try await reader.wait(for: #""id":"77""#)
      withExtendedLifetime(window) {}
    }
  }

  /// A number that this relay has not reached yet is none of its own: the clock was set back, or somebody
  /// has made it up.
  @Test(arguments: [
    "18446744073709551615", "4503599627370496", "99999999999999999999", "-1", "x", "",
  ])
  func anImpossibleNumberHidesNothing(last: String) async throws {
    let relay = try await RunningRelay()
    try await relay.curl("setevent?telorg=1024&tel=0388202122&id=1")
    let window = try relay.listen("telorg=1024", "Last-Event-ID: \(last)")
    try await window.wait(for: #""id":"1""#)
    try await relay.curl("setevent?telorg=1024&tel=0388202122&id=2")
    try await window.wait(for: #""id":"2""#)
  }

  /// What it was asked it still answers, who reads nothing is cut off.
  @Test func theRelayStopsAlthoughAWindowHangs() async throws {
    let relay = try await RunningRelay()
    let window = try RawConnection(port: relay.port, buffer: 4096)
    window.write("GET \(RelayClient.prefix)events?telorg=1024 HTTP/1.1\r\nHost: localhost\r\n\r\n")
    let half = try RawConnection(port: relay.port)
    half.write(
      "POST \(RelayClient.prefix)setevent HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nt"
    )
    let idle = try RawConnection(port: relay.port)
    try await waitUntil("the stream to be counted") {
      try await relay.curl("/metrics").contains("ctirelay_streams 1\n")
    }
    let name = String(repeating: "a", count: 128)
    let many = (0..<60).map { "setevent?telorg=1024&tel=0388202122&id=\($0)&name=\(name)" }
    try await relay.load(many)
    let start = ContinuousClock.now
    relay.program.signal(SIGTERM)
    #expect(try await relay.program.status() == 0)
    #expect(ContinuousClock.now - start < .seconds(6))
    withExtendedLifetime((window, half, idle)) {}
  }

  /// Descriptors run out: new connections wait, it is said, and all goes on by itself.
  @Test func moreConnectionsThanDescriptorsWait() async throws {
    let relay = try await RunningRelay(descriptors: 40)
    var many = try (0..<60).map { _ in try RawConnection(port: relay.port) }
    try await waitUntil("it to be said", instead: relay.output) {
      relay.output.contains("no more connections can be taken, new ones wait: Too many open files")
    }
    many.removeAll()
    #expect(try await relay.status("setevent?telorg=1024&tel=0388202122") == "200")
    #expect(relay.output.matches(of: /no more connections/).count == 1)
  }
}

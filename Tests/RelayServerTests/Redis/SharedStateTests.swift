import Glibc
import TestSupport
import Testing

/// Several relays in front of one Redis are one relay (R31).
struct SharedStateTests {
  static let none = #"{"tel":"","event":""}"#

  /// Two relays that share a Redis.
  struct Pair {
    let redis: RedisServer
    let first: RunningRelay
    let second: RunningRelay

    init(_ arguments: String...) async throws {
      redis = try await RedisServer()
      first = try await RunningRelay(on: redis, arguments)
      second = try await RunningRelay(on: redis, arguments)
    }
  }

  @Test func whatOneIsToldTheOtherTells() async throws {
    let relays = try await Pair()
    let window = try relays.second.listen("ident=a%2Fb&telorg=1024")
    try await window.wait(for: "text/event-stream")
    try await relays.first.curl("setevent?ident=a/b&telorg=1024&tel=%2B33388202122&name=Dupont")
    try await window.wait(for: #""event":"ring""#)
    let told = try await relays.second.curl("getevent?ident=a/b&telorg=1024")
    #expect(told.hasPrefix(#"{"tel":"+33388202122","event":"ring","id":""#))
    #expect(try await relays.second.curl("getevent?ident=a&telorg=1024") == Self.none)

    // The other relay is told of the answer, and knows whose it is.
    try await relays.second.curl("setevent?ident=a/b&telorg=1024&event=answer")
    try await relays.first.curl("setevent?ident=a/b&telorg=1024&event=end&tel=03+88+20+21+22")
    try await relays.first.curl("setevent?ident=a/b&telorg=1024&event=end&tel=%2B33388202122")
    try await window.wait(for: #""event":"end","id":"1"#)
    #expect(try await relays.second.curl("getevent?ident=a/b&telorg=1024") == Self.none)

    let events = window.events
    #expect(events.map { Int($0.id) ?? 0 } == events.map { Int($0.id) ?? 0 }.sorted())
    let ids = events.compactMap { $0.data.firstMatch(of: /"id":"(\d+)"/)?.1 }
    // The end of a call that nobody knows has no id.
    #expect(events.count == 4)
    #expect(ids == Array(repeating: ids[0], count: 3))
    #expect(events.allSatisfy { $0.data.contains("+33388202122") || $0.data.contains("03 88") })
    #expect(try await relays.first.curl("/health") == "ok\n")
    let metrics = try await relays.first.curl("/metrics")
    #expect(metrics.contains("ctirelay_store_up 1\n"))
    #expect(metrics.contains("ctirelay_store_reconnects_total 0\n"))
  }

  /// By another relay, and by one that was started later.
  @Test func whoComesBackIsToldWhatWasMissedByAnyRelay() async throws {
    let relays = try await Pair()
    try await relays.first.curl("setevent?telorg=1024&tel=0388202122&id=1")
    let window = try relays.first.listen("telorg=1024")
    try await window.wait(for: #""id":"1""#)
    let last = try #require(window.events.last?.id)
    for id in 2...6 {
      let relay = id % 2 == 0 ? relays.first : relays.second
      try await relay.curl("setevent?telorg=1024&tel=0388202122&id=\(id)")
    }
    try await relays.second.curl("setevent?telorg=1024&event=end")
    let late = try await RunningRelay(on: relays.redis)
    for relay in [relays.first, relays.second, late] {
      let returned = try relay.listen("telorg=1024", "Last-Event-ID: \(last)")
      try await returned.wait(for: #""event":"end""#)
      let told = returned.events.compactMap { $0.data.firstMatch(of: /"id":"(\d+)"/)?.1 }
      #expect(told == ["2", "3", "4", "5", "6", "6"])
    }
  }

  @Test func eachValueIsHandedOutOnceByAllTogether() async throws {
    let relays = try await Pair("--deliver-once")
    let stations = (1...60).map { "getevent?telorg=\($0)" }
    try await relays.first.load((1...60).map { "setevent?telorg=\($0)&tel=0388202122" })
    async let one = relays.first.load(stations + stations)
    async let other = relays.second.load(stations + stations)
    let answers = try await one + other
    #expect(answers.count == 240)
    #expect(answers.allSatisfy { $0.status == "200" })
    // The status is what curl is asked for; how many bytes came says whether a call was among them.
    #expect(answers.count { $0.size > Self.none.utf8.count } == 60)
  }

  /// Reports of one station that meet in Redis are each folded onto the one before.
  @Test func reportsThatMeetAreAllTaken() async throws {
    let relays = try await Pair()
    let window = try relays.first.listen("telorg=1024")
    try await window.wait(for: "text/event-stream")
    async let one = relays.first.load(
      (1...150).map { "setevent?telorg=1024&tel=0388202122&id=a\($0)" }, side: 16)
    async let other = relays.second.load(
      (1...150).map { "setevent?telorg=1024&tel=0199004567&id=b\($0)" }, side: 16)
    let answers = try await one + other
    #expect(answers.count { $0.status == "200" } == 300)
    try await waitUntil("all events to arrive", instead: "\(window.events.count)") {
      window.events.count == 300
    }
    let numbers = window.events.compactMap { Int($0.id) }
    #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 })
    let last = try #require(window.events.last?.data.firstMatch(of: /"id":"(\w+)"/)?.1)
    #expect(try await relays.second.curl("getevent?telorg=1024").contains("\"id\":\"\(last)\""))
  }

  /// So many stations that no site has them: those for which windows have asked are still served.
  @Test func callsAreBounded() async throws {
    let redis = try await RedisServer()
    let relay = try await RunningRelay(on: redis)
    try await relay.curl("setevent?telorg=1024&tel=0388202122&id=1")
    try await relay.curl("getevent?telorg=1024")
    try await relay.curl("setevent?telorg=1026&tel=0388202122&id=6")
    try await redis.ask(
      "EVAL",
      """
      local time = redis.call('TIME')[1] * 1000 + ARGV[1]
      for i = 1, 24999 do
        local name = 'ctirelay:call:/a' .. i
        redis.call('ZADD', 'ctirelay:calls', time, name)
        redis.call('ZADD', 'ctirelay:unasked', time, name)
        redis.call('ZADD', 'ctirelay:unasked:ffff7f000001', time, name)
        redis.call('HSET', 'ctirelay:writers', name, 'ffff7f000001')
      end
      for i = 1, 24999 do redis.call('ZADD', 'ctirelay:calls', time, 'b' .. i) end
      """, "0", "3600000")
    // The oldest of its own gives way, then the oldest of all; there is none when all were asked for.
    #expect(try await relay.status("setevent?telorg=1025&tel=0388202122") == "200")
    #expect(try await relay.curl("getevent?telorg=1026") == Self.none)
    #expect(try await relay.curl("getevent?telorg=1025") != Self.none)
    #expect(try await relay.curl("getevent?telorg=1024").contains(#""id":"1""#))
    #expect(try await relay.curl("/metrics").contains("ctirelay_calls 50000\n"))
    #expect(try await relay.status("setevent?telorg=1027&tel=0388202122") == "200")
    #expect(try await relay.curl("/metrics").contains("ctirelay_calls 50000\n"))
    try await redis.ask("DEL", "ctirelay:unasked", "ctirelay:unasked:ffff7f000001")
    #expect(try await relay.status("setevent?telorg=1028&tel=0388202122") == "503")
    #expect(try await relay.status("setevent?telorg=1028&event=end") == "200")
    #expect(try await relay.status("setevent?telorg=1024&tel=0388202122&id=2") == "200")
    try await relay.curl("setevent?telorg=1024&event=end")
    #expect(try await relay.status("setevent?telorg=1028&tel=0388202122") == "200")
  }

  /// Two spellings of an accent are two stations, in Redis, whose names are bytes, as in memory.
  @Test(arguments: Place.allCases)
  func namesAreBytes(place: Place) async throws {
    try await withRelay(in: place) { relay async throws in
      try await relay.set("telorg=%C3%A9&tel=0388202122&id=1")
      try await relay.set("telorg=e%CC%81&tel=0199004567&id=2")
      #expect(try await relay.get("telorg=%C3%A9").contains(#""id":"1""#))
      #expect(try await relay.get("telorg=e%CC%81").contains(#""id":"2""#))
      #expect(try await relay.get("telorg=1&ident=%C3%A9") == Self.none)
      try await relay.set("telorg=3&tel=0388202122&id=%C3%A9")
      try await relay.set("telorg=3&tel=0199004567&id=e%CC%81&event=end")
      #expect(try await relay.get("telorg=3").contains("0388202122"))
    }
  }
}

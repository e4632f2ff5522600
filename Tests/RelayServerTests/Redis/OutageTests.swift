import Glibc
import TestSupport
import Testing

/// Redis goes, hangs, forgets or is none; the relays live on, and lose nothing that they have answered
/// 200 for.
struct OutageTests {
  @Test func aRelayThatDiesTakesNothingAlong() async throws {
    let relays = try await SharedStateTests.Pair()
    let load = try relays.first.loading(
      (1...1200).map { "setevent?telorg=s\($0)&tel=0388202122&id=\($0)" })
    try await waitUntil("a part to be taken") { load.taken.count >= 150 }
    relays.first.program.signal(SIGKILL)
    try await load.curl.status()
    let taken = load.taken
    #expect(taken.count < 1200)
    let kept = try await relays.second.calls(of: taken.map { "s\($0)" })
    #expect(kept == taken)
  }

  /// Redis is killed in the middle, and comes back empty.
  @Test func aRedisThatForgetsIsTold() async throws {
    let relays = try await SharedStateTests.Pair()
    let window = try relays.second.listen("telorg=1024")
    try await window.wait(for: "text/event-stream")
    // Every other report is of one station, to whose events a window listens.
    let load = try relays.first.loading(
      (1...1200).map {
        "setevent?telorg=\($0 % 2 == 0 ? "1024" : "s\($0)")&tel=0388202122&id=\($0)"
      }
    )
    try await waitUntil("a part to be taken") { load.taken.count >= 150 }
    try await relays.redis.crash()
    try await waitUntil("the outage to be told") { load.refused > 0 }
    #expect(try await relays.second.status("/health") == "503")
    let empty = try await RedisServer(port: relays.redis.port)
    try await load.curl.status()
    let taken = load.taken
    #expect(taken.count > 150)
    #expect(try await empty.ask("DBSIZE") != "0")

    let numbers = taken.compactMap { Int($0) }
    let odd = numbers.filter { $0 % 2 == 1 }.map { "\($0)" }
    #expect(try await relays.second.calls(of: odd.map { "s\($0)" }) == odd)
    let even = Set(numbers.filter { $0 % 2 == 0 })
    try await waitUntil("every event to arrive", instead: "\(even.subtracting(window.callIDs))") {
      even.isSubset(of: window.callIDs)
    }
    let events = window.events.compactMap { Int($0.id) }
    #expect(zip(events, events.dropFirst()).allSatisfy { $0 < $1 })
    #expect(try await relays.first.curl("/metrics").contains("ctirelay_store_reconnects_total 1\n"))
  }

  /// Somebody empties Redis, and no connection breaks.
  @Test func whatRedisHasLostIsTold() async throws {
    let relays = try await SharedStateTests.Pair()
    for id in 1...3 {
      try await relays.first.curl("setevent?telorg=\(id)&tel=0388202122&id=kept\(id)")
    }
    try await relays.first.curl("setevent?telorg=3&event=end")
    try await relays.second.curl("setevent?telorg=4&tel=0388202122&id=kept4")
    try await relays.redis.ask("FLUSHALL")
    #expect(try await relays.first.status("setevent?telorg=5&tel=0388202122&id=kept5") == "200")
    for (asked, stations) in [
      (relays.first, [1, 2, 5]), (relays.second, [4]), (relays.second, [1, 2, 5]),
      (relays.first, [4]),
    ] {
      for station in stations {
        let told = try await asked.curl("getevent?telorg=\(station)")
        #expect(told.contains(#""id":"kept\#(station)""#), "\(relays.first.output)")
      }
      #expect(try await asked.curl("getevent?telorg=3") == SharedStateTests.none)
    }
    #expect(try await relays.first.status("/health") == "200")
  }

  /// Redis drops single values, as it does when it is full and may (maxmemory-policy).
  @Test func whatRedisDropsIsTold() async throws {
    let relays = try await SharedStateTests.Pair()
    let both = [relays.first, relays.second]
    for (relay, station) in zip(both, 1...2) {
      try await relay.curl("setevent?telorg=\(station)&tel=0388202122&id=kept\(station)")
    }
    for name in ["call:/1", "call:/2", "calls", "sequence"] {
      #expect(try await relays.redis.ask("DEL", "ctirelay:\(name)") == "1")
      // Whoever is asked next tells again what it has taken; then all is there.
      for relay in both {
        for station in 1...2 { try await relay.curl("getevent?telorg=\(station)") }
      }
      for relay in both {
        for station in 1...2 {
          let told = try await relay.curl("getevent?telorg=\(station)")
          #expect(told.contains(#""id":"kept\#(station)""#), "\(name): \(relay.output)")
        }
      }
    }
  }

  /// When nobody is left who has taken it, it is lost, and that is said once.
  @Test func whatNobodyHasAnyMoreIsSaid() async throws {
    let relays = try await SharedStateTests.Pair()
    try await relays.first.curl("setevent?telorg=1&tel=0388202122&id=lost")
    relays.first.program.signal(SIGKILL)
    try await relays.redis.ask("DEL", "ctirelay:call:/1")
    for _ in 1...2 {
      #expect(try await relays.second.curl("getevent?telorg=1") == SharedStateTests.none)
    }
    #expect(relays.second.output.matches(of: /has lost calls/).count == 1)
  }

  /// Redis has lost an event, and a relay has told a later one before it is told again: who listens hears it, and goes
  /// on behind the later one.
  @Test func anEventThatIsToldLateIsHeard() async throws {
    let relays = try await SharedStateTests.Pair()
    let window = try relays.second.listen("telorg=1024")
    try await window.wait(for: "text/event-stream")
    try await relays.first.curl("setevent?telorg=1024&tel=0388202122&id=later")
    try await window.wait(for: #""id":"later""#)
    let last = try #require(window.events.last?.id)
    let number = try #require(UInt64(last))
    for _ in 1...2 {
      try await relays.redis.ask(
        "XADD", "ctirelay:events", "*", "sequence", "\(number - 1)", "age", "0", "settles", "0",
        "event", #"{"ident":"","station":"1024","tel":"0199001234","event":"ring","id":"lost"}"#)
    }
    try await relays.first.curl("setevent?telorg=1024&event=end&id=later")
    try await window.wait(for: #""event":"end""#)
    #expect(window.text.matches(of: /"id":"lost"/).count == 1)
    #expect(window.events.count == 2 && window.events.first?.id == last)
  }

  /// A copy of Redis takes its place that has been told events before, one under the number of another.
  @Test func whatAnotherRedisWasToldIsHeard() async throws {
    let redis = try await RedisServer()
    let relay = try await RunningRelay(on: redis)
    try await relay.curl("setevent?telorg=1024&tel=0388202122&id=first")
    let copy = try await RedisServer(backup: redis.backup())
    let window = try relay.listen("telorg=1024")
    let other = try relay.listen("telorg=1025")
    for listener in [window, other] { try await listener.wait(for: "text/event-stream") }
    try await relay.curl("setevent?telorg=1024&tel=0199001234&id=second")
    try await window.wait(for: #""id":"second""#)
    let number = try #require(window.events.last.flatMap { UInt64($0.id) })
    for (number, station) in [(number - 1, 1024), (number, 1025)] {
      let event =
        #"{"ident":"","station":"\#(station)","tel":"0261911234","event":"ring","id":"told"}"#
      try await copy.ask(
        "XADD", "ctirelay:events", "\(number)-0", "sequence", "\(number)", "age", "0", "settles",
        "1", "event", event)
    }
    let backup = try await copy.backup()
    try await redis.crash()
    let promoted = try await RedisServer(port: redis.port, backup: backup)
    for listener in [window, other] { try await listener.wait(for: #""id":"told""#) }
    let all = try await promoted.ask("XRANGE", "ctirelay:events", "-", "+")
    for id in ["first", "second", "told"] { #expect(all.contains(#""id":"\#(id)""#)) }
    #expect(window.text.matches(of: /"id":"second"/).count == 1)
  }

  /// Redis comes back with what it had on its disk, and that is older.
  @Test func anEndIsNotUndone() async throws {
    let relays = try await SharedStateTests.Pair()
    for id in 1...3 {
      try await relays.first.curl("setevent?telorg=\(id)&tel=0388202122&id=old&event=answer")
    }
    let backup = try await relays.redis.backup()
    try await relays.first.curl("setevent?telorg=1&event=end")
    try await relays.second.curl("setevent?telorg=2&event=end")
    try await relays.second.curl("setevent?telorg=3&tel=0199004567&id=new")
    try await relays.redis.crash()
    let old = try await RedisServer(port: relays.redis.port, backup: backup)
    for relay in [relays.first, relays.second] {
      try await waitUntil("the relay to have its store") {
        try await relay.status("/health") == "200"
      }
    }
    for relay in [relays.first, relays.second] {
      #expect(try await relay.curl("getevent?telorg=1") == SharedStateTests.none)
      #expect(try await relay.curl("getevent?telorg=2") == SharedStateTests.none)
      #expect(try await relay.curl("getevent?telorg=3").contains(#""id":"new""#))
    }
    withExtendedLifetime(old) {}
  }

  @Test func aRedisThatThrowsCallsAwayIsTold() async throws {
    let redis = try await RedisServer()
    try await redis.ask("CONFIG", "SET", "maxmemory-policy", "allkeys-lru")
    #expect(try await !RunningRelay(on: redis).output.contains("noeviction"))
    try await redis.ask("CONFIG", "SET", "maxmemory", "100mb")
    let relay = try await RunningRelay(on: redis)
    try await waitUntil("the warning", instead: relay.output) {
      relay.output.contains("when it is full (maxmemory-policy allkeys-lru): set noeviction")
    }
  }

  @Test func aRedisThatHangsHoldsNobodyUp() async throws {
    let relays = try await SharedStateTests.Pair()
    let window = try relays.first.listen("telorg=1024")
    try await window.wait(for: "text/event-stream")
    try await relays.first.curl("setevent?telorg=1024&tel=0388202122&id=1")
    try await window.wait(for: #""id":"1""#)
    relays.redis.signal(SIGSTOP)
    let refused = try await relays.first.curl(
      "setevent?telorg=1024&tel=0388202122&id=2", ["--include"])
    #expect(refused.contains("503"))
    #expect(refused.lowercased().contains("retry-after: 1"))
    #expect(refused.contains("Redis, is away"))
    #expect(try await relays.first.status("getevent?telorg=1024") == "503")
    #expect(try await relays.first.status("events?telorg=1024") == "503")
    #expect(try await relays.first.status("/health") == "503")
    #expect(try await relays.first.curl("/metrics").contains("ctirelay_store_up 0\n"))
    relays.redis.signal(SIGCONT)
    try await waitUntil("the relay to go on", instead: relays.first.output) {
      try await relays.first.status("setevent?telorg=1024&tel=0388202122&id=3") == "200"
    }
    // The window's stream was never cut.
    try await window.wait(for: #""id":"3""#)
    #expect(relays.first.output.contains("did not answer in time"))
    #expect(relays.first.output.contains("is there again"))
    #expect(!relays.first.output.contains("0388202122"))
  }

  /// The relay lives, says why nothing can be taken, and goes on by itself when Redis is there.
  @Test func aRedisThatComesLaterIsFound() async throws {
    let port = Int(try LoopbackPort.free())
    let relay = try await RunningRelay(["--store", "redis://127.0.0.1:\(port)/1"])
    #expect(try await relay.status("setevent?telorg=1024&tel=0388202122") == "503")
    #expect(try await relay.curl("/health").contains("Redis, is away"))
    try await waitUntil("the reason in the log", instead: relay.output) {
      relay.output.contains("could not reach Redis at 127.0.0.1:\(port): Connection refused")
    }
    let redis = try await RedisServer(port: port)
    try await waitUntil("Redis to be found", instead: relay.output) {
      try await relay.status("setevent?telorg=1024&tel=0388202122") == "200"
    }
    #expect(try await redis.ask("-n", "1", "HGET", "ctirelay:call:/1024", "call").contains("1024"))
    relay.program.signal(SIGTERM)
    #expect(try await relay.program.status() == 0)
  }

  @Test func aPasswordIsAsked() async throws {
    let redis = try await RedisServer(password: "right secret")
    let folder = try TemporaryFolder()
    let (right, wrong) = (
      try folder.write("right secret\n", to: "right"),
      try folder.write("wrong secret\n", to: "wrong")
    )
    for file in [right, wrong] { try #require(chmod(file, 0o600) == 0) }

    let relay = try await RunningRelay(on: redis, ["--store-password-file", right])
    #expect(try await relay.status("setevent?telorg=1024&tel=0388202122") == "200")
    let other = try await RunningRelay([
      "--store", "redis://:right%20secret@127.0.0.1:\(redis.port)",
    ])
    try await waitUntil("the relay to have its store") {
      try await other.status("/health") == "200"
    }
    #expect(other.output.contains("use --store-password-file"))

    for (arguments, sentence) in [
      (["--store-password-file", wrong], "refused the user or the password (WRONGPASS)"),
      ([], "asks for a password: give --store-password-file"),
    ] {
      let relay = try await RunningRelay(["--store", redis.url] + arguments)
      try await waitUntil("the reason in the log", instead: relay.output) {
        relay.output.contains(sentence)
      }
      #expect(try await relay.status("getevent?telorg=1024") == "503")
      #expect(!relay.output.contains("secret"))
    }
  }

  @Test func aUserOfRedisNeedsNoMoreThanTheRelaysNames() async throws {
    let redis = try await RedisServer()
    try await redis.ask(
      "ACL", "SETUSER", "relay", "on", ">p@ss", "~ctirelay:*", "+@all", "-@dangerous")
    let url = "redis://relay:p%40ss@127.0.0.1:\(redis.port)"
    let relay = try await RunningRelay(["--store", url])
    try await waitUntil("the relay to have its store", instead: relay.output) {
      try await relay.status("setevent?telorg=1024&tel=0388202122") == "200"
    }
    #expect(try await relay.curl("getevent?telorg=1024").contains("0388202122"))
    #expect(try await relay.curl("/metrics").contains("ctirelay_calls 1\n"))

    for (command, words) in [("xread", "refused: NOPERM"), ("xrevrange", "refused: ERR The user")] {
      try await redis.ask("ACL", "SETUSER", "relay", "-\(command)")
      let other = try await RunningRelay(["--store", url])
      try await waitUntil("the reason in the log", instead: other.output) {
        other.output.contains(words)
      }
      #expect(try await other.status("/health") == "503")
    }
  }

  /// Another service has the port: one that says something else, and one that says nothing at all.
  @Test func whatIsNoRedisIsSaid() async throws {
    let web = try await RunningRelay()
    let relay = try await RunningRelay(["--store", "redis://127.0.0.1:\(web.port)"])
    try await waitUntil("the reason in the log", instead: relay.output) {
      relay.output.contains("what answers at 127.0.0.1:\(web.port) is no Redis")
    }
    #expect(try await relay.status("getevent?telorg=1024") == "503")
    web.program.signal(SIGSTOP)
    try await waitUntil("the reason in the log", instead: relay.output) {
      relay.output.contains("Redis at 127.0.0.1:\(web.port) did not answer in time")
    }
    #expect(try await relay.status("getevent?telorg=1024") == "503")
    web.program.signal(SIGCONT)
  }

  /// A Redis that takes nothing in is no store, whether it is a copy from the beginning or becomes one.
  @Test func aReplicaIsNoStore() async throws {
    let primary = try await RedisServer()
    let other = try await RedisServer()
    try await other.ask("REPLICAOF", "127.0.0.1", "\(primary.port)")
    let relay = try await RunningRelay(["--store", other.url])
    try await waitUntil("the reason in the log", instead: relay.output) {
      relay.output.contains("Redis at 127.0.0.1:\(other.port) is a replica, which takes nothing in")
    }
    #expect(try await relay.status("/health") == "503")
    #expect(try await relay.status("setevent?telorg=1024&tel=0388202122") == "503")
    try await other.ask("REPLICAOF", "NO", "ONE")
    try await waitUntil("the relay to have its store", instead: relay.output) {
      try await relay.status("setevent?telorg=1024&tel=0388202122&id=1") == "200"
    }
    // It is demoted, and what it has acknowledged is not in the new primary.
    try await other.ask("REPLICAOF", "127.0.0.1", "\(primary.port)")
    try await waitUntil("the demotion to be told", instead: relay.output) {
      try await relay.status("/health") == "503"
    }
    try await other.ask("REPLICAOF", "NO", "ONE")
    try await waitUntil("the relay to go on", instead: relay.output) {
      try await relay.status("/health") == "200"
    }
    #expect(try await relay.curl("getevent?telorg=1024").contains(#""id":"1""#))
  }

  /// Nor is one that is full, or has lost the replicas that it must have.
  @Test(arguments: [("maxmemory", "1"), ("min-replicas-to-write", "1")])
  func aRedisThatTakesNothingInIsTold(setting: (String, String)) async throws {
    let redis = try await RedisServer()
    let relay = try await RunningRelay(on: redis)
    let before = try await redis.ask("CONFIG", "GET", setting.0).split(separator: "\n").last ?? "0"
    try await redis.ask("CONFIG", "SET", setting.0, setting.1)
    #expect(try await relay.status("/health") == "503")
    #expect(try await relay.status("setevent?telorg=1024&tel=0388202122") == "503")
    try await redis.ask("CONFIG", "SET", setting.0, String(before))
    try await waitUntil("the relay to go on", instead: relay.output) {
      try await relay.status("/health") == "200"
    }
  }
}

import Glibc
import TestSupport
import Testing

/// Anybody may have written into Redis: a wrong value costs itself alone, and ends nothing (R54).
struct ForeignValueTests {
  /// What somebody writes, in Redis's own language.
  struct Deed: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var script: String

    init(_ name: String, _ script: String) { (testDescription, self.script) = (name, script) }
  }

  private static let call =
    #"'{"ident":"","station":"9","tel":"0388202122","event":"ring"}'"#

  /// An entry in the stream, with what is said of it.
  private static func entry(
    _ name: String, id: String = "*", sequence: String = "'1'", age: String = "'0'",
    call: String = call
  ) -> Deed {
    Deed(
      name,
      """
      redis.call('XADD', 'ctirelay:events', '\(id)', 'sequence', \(sequence), 'age', \(age),
        'settles', '1', 'event', \(call))
      """)
  }

  /// A value where station 1030's belongs.
  private static func value(
    _ name: String, sequence: String = "'5'", at: String = "'1'",
    call: String = #"'{"ident":"","station":"1030","event":"ring"}'"#
  ) -> Deed {
    Deed(
      name,
      """
      redis.call('HSET', 'ctirelay:call:/1030', 'sequence', \(sequence), 'at', \(at), 'delivered', 'x',
        'call', \(call))
      """)
  }

  static let deeds =
    ["-9223372036854775808", "9223372036854775807", "9223372036854775808", "-1", "1e3", "", "nan"]
    .map { entry("an age of \($0)", age: "'\($0)'") }
    + [
      "18446744073709551615", "9223372036854775808", "4503599627370496", "-1", "0x10", "1e300", "",
    ]
    .map { entry("a number of \($0)", sequence: "'\($0)'") }
    + [
      entry("a number ahead", id: "3000000000000-0", sequence: "'3000000000000'"),
      entry("a number far ahead", id: "99999999999999-0", sequence: "'99999999999999'"),
      entry(
        "the last number that there is", id: "18446744073709551615-1",
        sequence: "'18446744073709551615'"),
      entry("a call that is no text", call: #"'\255\254'"#),
      entry("a number that is no text", sequence: #"'\255'"#),
      entry("a huge call", call: "string.rep('a', 80000000)"),
      entry("a deep call", call: "string.rep('{\"a\":', 3000)"),
      entry("a list for a call", call: "'[1]'"),
      entry("a call without a station", call: #"'{"ident":"","event":"ring"}'"#),
      entry(
        "a station of 1 kB",
        call: #"'{"ident":"","station":"' .. string.rep('1', 1000) .. '","event":"ring"}'"#),
      Deed(
        "an entry without fields of ours", "redis.call('XADD', 'ctirelay:events', '*', 'a', 'b')"),
      Deed(
        "a name that is no text",
        #"redis.call('XADD', 'ctirelay:events', '*', '\255', '1', 'sequence', '1')"#),
      Deed(
        "5,000 entries",
        "for i = 1, 5000 do redis.call('XADD', 'ctirelay:events', '*', 'a', 'b') end"),
      Deed(
        "a text for the events",
        "redis.call('DEL', 'ctirelay:events') redis.call('SET', 'ctirelay:events', 'x')"),
      Deed("no events", "redis.call('DEL', 'ctirelay:events')"),
    ]
    + ["nonsense", "-5", "1e300", "18446744073709551615", "9007199254740993", "nan", "inf", ""]
    .map { Deed("\($0) for the number", "redis.call('SET', 'ctirelay:sequence', '\($0)')") }
    + ["sequence", "calls", "unasked", "writers", "unasked:1", "call:/1030"].map {
      Deed(
        "a list for \($0)",
        "redis.call('DEL', 'ctirelay:\($0)') redis.call('RPUSH', 'ctirelay:\($0)', 'x')")
    }
    + ["nan", "inf", "-1", "1e300", "1.5", "x", ""].flatMap {
      [
        value("a value's number \($0)", sequence: "'\($0)'"),
        value("a value's time \($0)", at: "'\($0)'"),
      ]
    }
    + [
      value("a value that is no text", call: #"'\255'"#),
      value("a huge value", call: "string.rep('a', 80000000)"),
      value("a value of another station", call: call),
      value(
        "a value with an escape", call: #"'{"ident":"","station":"1030","event":"\u001b[31m"}'"#),
      value(
        "a value's number with a line",
        call: #"'{"ident":"","station":"1030","tel":"0\n1","event":"ring"}'"#
      ),
      value(
        "a value's direction",
        call: #"'{"ident":"","station":"1030","event":"ring","direction":"up"}'"#),
      Deed(
        "names that are none",
        """
        for i = 1, 60000 do redis.call('ZADD', 'ctirelay:calls', 9e15, 'x' .. i) end
        redis.call('ZADD', 'ctirelay:unasked', '-inf', 'other') redis.call('SET', 'other', 'kept')
        """),
    ]

  /// One after the other on relays that run, which each time take a report and tell it.
  @Test func nothingEndsARelay() async throws {
    let relays = try await SharedStateTests.Pair()
    let window = try relays.second.listen("telorg=1024")
    try await window.wait(for: "text/event-stream")
    for (number, deed) in Self.deeds.enumerated() {
      let said = try await relays.redis.ask("EVAL", deed.script, "0")
      #expect(!said.contains("ERR"), "\(deed): \(said)")
      for (relay, station) in [(relays.first, "1024"), (relays.second, "1030")] {
        try await waitUntil("a report after \(deed)", instead: relay.output) {
          try await relay.status("setevent?telorg=\(station)&tel=0388202122&id=\(number)") == "200"
        }
        let told = try await relays.first.curl("getevent?telorg=\(station)")
        #expect(told.contains("\"id\":\"\(number)\""), "\(deed): \(told)")
      }
      try await waitUntil("the event after \(deed)", instead: "\(window.events.suffix(3))") {
        window.events.contains { $0.data.contains("\"id\":\"\(number)\"") }
      }
      try await relays.redis.ask("DEL", "ctirelay:call:/1030", "ctirelay:calls")
    }
    #expect(window.events.allSatisfy { $0.data.contains(#""tel":"0388202122","event":"ring""#) })
    #expect(try await relays.redis.ask("GET", "other") == "kept")
    for relay in [relays.first, relays.second] {
      #expect(try await relay.curl("/health") == "ok\n")
    }
  }

  /// All of it is there when a relay starts.
  @Test func nothingHindersTheStart() async throws {
    let redis = try await RedisServer()
    for deed in Self.deeds { try await redis.ask("EVAL", deed.script, "0") }
    let relay = try await RunningRelay(on: redis)
    #expect(try await relay.curl("getevent?telorg=1030") == SharedStateTests.none)
    let window = try relay.listen("telorg=1024")
    try await window.wait(for: "text/event-stream")
    try await relay.curl("setevent?telorg=1024&tel=0388202122&id=7")
    try await window.wait(for: #""id":"7""#)
    #expect(try await relay.curl("getevent?telorg=1024").contains(#""id":"7""#))
  }
}

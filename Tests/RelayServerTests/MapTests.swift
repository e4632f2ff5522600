import RelayServer
import TestSupport
import Testing

/// Webhooks of others, read by maps: from what they send to what a window is told (R64).
struct MapTests {
  /// A vendor of this test's own.
  private static let own = """
    path = "Hook"

    [fields]
    event = ["call.state", "header X-State", "state"]
    station = ["call.user", "user"]
    number = ["call.from", "from"]
    name = "call.first + call.last"
    id = "call.id"
    direction = "call.way"
    reason = "call.cause"

    [fields.outgoing]
    number = "call.to"

    [words.event]
    Rings = "ring"
    spoken = ""

    [words.reason]
    16 = ""
    26 = "elsewhere"

    """
  /// Where the maps of these tests take webhooks.
  static let path = RelayClient.prefix + "hook"

  /// A body of the own vendor, and what `getevent` says from the number to the event, or what became of it.
  @Test func whatIsSentBecomesWhatIsTold() async throws {
    let ring = #"{"tel":"0388202122","event":"ring""#
    let cases: [(body: String, type: String, status: Int, told: String)] = [
      (
        #"{"call":{"state":"rings","user":1024,"from":"0388202122"}}"#, "application/json", 200,
        ring
      ),
      (#"{"call":{"state":"RINGS","user":"1024","from":0388202122}}"#, "text/plain", 200, ring),
      (
        #"{"call":{"state":"rings","user":"sip:1024@pbx","from":"sip:0388202122@pbx"}}"#, "", 200,
        ring
      ),
      (
        #"{"call":{"state":"rings","user":1024,"from":"0388202122","first":"Marie","last":"Dupont"}}"#,
        "", 200, ring + #","id":"N","age":0,"name":"Marie Dupont"}"#
      ),
      (
        "state=Rings&user=1024&from=+33388202122", "", 200, #"{"tel":"+33388202122","event":"ring""#
      ),
      ("state=Rings&user=&user=1024&from=03%2088+20+21+22", "", 200, #"{"tel":"03 88 20 21 22""#),
      // A word of the table that the relay has anyway.
      (
        #"{"call":{"state":"answered","user":1024,"from":"0388202122"}}"#, "", 200,
        #"{"tel":"0388202122","event":"answer""#
      ),
      (
        #"{"call":{"state":"rings","user":1024,"way":"outbound","to":"0261911234","from":"1024"}}"#,
        "", 200, #"{"tel":"0261911234","event":"ring","id":"N","age":0,"direction":"out"}"#
      ),
      // Nothing for a window.
      (#"{"call":{"state":"spoken","user":1024,"from":"0388202122"}}"#, "", 200, "event"),
      (#"{"call":{"state":"tagged","user":1024,"from":"0388202122"}}"#, "", 200, "event"),
      (#"{"call":{"user":1024,"from":"0388202122"}}"#, "", 200, "event"),
      (#"{"call":{"state":"rings","from":"0388202122"}}"#, "", 200, "station"),
      (#"{"call":{"state":"rings","user":null}}"#, "", 200, "station"),
      (#"{"call":{"state":"rings","user":{"id":1024}}}"#, "", 200, "station"),
      (#"{"call":[]}"#, "", 200, "station"), ("[]", "", 200, "station"), ("{}", "", 200, "station"),
      ("", "", 200, "station"), ("\u{0}\u{1}", "", 200, "station"),
      // Refused.
      ("{", "", 400, "body"), ("", "application/json", 400, "body"), ("{} {}", "", 400, "body"),
      (String(repeating: #"{"call":"#, count: 70), "", 400, "body"),
      (String(repeating: "[", count: 60_000), "", 400, "body"),
      (#"{"call":{"state":"rings","user":"10\u0001024"}}"#, "", 400, "field"),
      (#"{"call":{"state":"rings","user":"$user"}}"#, "", 400, "field"),
      (#"{"call":{"state":"rings","user":1024,"from":"\u0000"}}"#, "", 400, "field"),
      (String(repeating: "x", count: 66_000), "", 413, "length"),
    ]
    let folder = try TemporaryFolder()
    let map = try folder.write(Self.own, to: "own.toml")
    try await withRelay(options { $0.maps = [map] }) { relay async throws in
      for (body, type, status, told) in cases {
        try await relay.set("telorg=1024&event=end")
        let before = try await relay.ask("/metrics").body
        let answer = try await relay.ask(
          Self.path, "POST", headers: type.isEmpty ? [:] : ["Content-Type": type], body: body)
        let shown = body.prefix(80)
        #expect(answer.status == status, "\(shown)")
        let result = told.hasPrefix("{") ? "taken" : status == 200 ? "ignored" : "refused"
        let reason = told.hasPrefix("{") ? "" : told
        let label =
          #"ctirelay_webhooks_total{map="hook",result="\#(result)",reason="\#(reason)"} "#
        let after = try await relay.ask("/metrics").body
        #expect(after.count(of: label) == before.count(of: label) + 1, "\(shown)")
        if told.hasPrefix("{") {
          let said = try await relay.get()
          #expect(said.hasPrefix(told), "\(shown): \(said)")
        }
      }
    }
  }

  @Test func aFormInTheURLAndAHeaderAreRead() async throws {
    let folder = try TemporaryFolder()
    let map = try folder.write(Self.own, to: "own.toml")
    try await withRelay(options { $0.maps = [map] }) { relay async throws in
      let answer = try await relay.ask(
        "\(Self.path.uppercased())?user=1024&from=0388202122", headers: ["x-state": "rings"])
      #expect(answer.status == 200)
      #expect(try await relay.get().hasPrefix(#"{"tel":"0388202122","event":"ring""#))
      #expect(try await relay.ask(Self.path, "PUT").status == 405)
      #expect(try await relay.ask("/hook", "POST", body: "{}").status == 404)
    }
  }

  /// What only some vendors do: names with brackets, a name twice, JSON in a form, an array of texts.
  @Test func aFormIsTheTreeOfItsBrackets() async throws {
    let both = ["1024", "1025"]
    let cases: [(each: String, station: String, number: String, body: String, told: [String])] = [
      (
        "", "data[USER]", "data.PHONE_NUMBER",
        "event=ring&data[PHONE_NUMBER]=%2B33388202122&data[USER]=1024&auth[token]=x", ["1024"]
      ),
      (
        "", "data.USER", "data[PHONE_NUMBER]",
        "event=ring&data%5BPHONE_NUMBER%5D=+33388202122&data%5BUSER%5D=1024", ["1024"]
      ),
      ("", "call.user", "call.from", "call.user=1024&call.from=+33388202122", ["1024"]),
      ("user[]", "@", "from", "from=%2B33388202122&user[]=1024&user[]=1025", both),
      ("user[]", "@", "from", "user=1024&from=+33388202122&user=1025", both),
      ("user[]", "@", "from", "user=1024&from=+33388202122", ["1024"]),
      (
        "legs[]", "@.user", "legs[0].from",
        "legs[0][user]=1024&legs[0][from]=%2B33388202122&legs[1][user]=1025", both
      ),
      (
        "payload{}.users[]", "@", "payload{}.from",
        "payload=%7B%22from%22%3A%22%2B33388202122%22%2C%22users%22%3A%5B1024%2C%221025%22%5D%7D",
        both
      ),
      ("users[]", "@", "from", #"{"users":[1024,"1025"],"from":"+33388202122"}"#, both),
      ("users[]", "@.id", "from", #"{"users":{"id":1024},"from":"+33388202122"}"#, ["1024"]),
      ("", "users[1]", "from", #"{"users":[7,"1025"],"from":"+33388202122"}"#, ["1025"]),
      ("", "user", "from", "user[x]=1024&user[=7&[user]=8&from=1", []),
      (
        "", "a", "from", "a[1][2][3][4][5][6][7][8][9]=1024&a=1024&from=+33388202122", ["1024"]
      ),
    ]
    let folder = try TemporaryFolder()
    for (place, (each, station, number, body, told)) in cases.enumerated() {
      let text = """
        path = "hook"
        \(each.isEmpty ? "" : "each = \"\(each)\"")
        [fields]
        station = "\(station)"
        number = "\(number)"
        """
      let map = try folder.write(text, to: "\(place).toml")
      try await withRelay(options { $0.maps = [map] }) { relay async throws in
        #expect(try await relay.ask(Self.path, "POST", body: body).status == 200, "\(body)")
        for user in ["1024", "1025"] {
          let said = try await relay.get("telorg=\(user)")
          #expect(said.contains("+33388202122") == told.contains(user), "\(body): \(said)")
        }
      }
    }
  }

  /// A call that has come to several telephones; the first hundred elements count.
  @Test func eachElementIsACallOfItsStation() async throws {
    let folder = try TemporaryFolder()
    let map = try folder.write(
      """
      path = "hook"
      each = "msg{}.legs[]"
      [fields]
      station = "@.user"
      event = "@.state"
      number = "msg{}.legs[].from"
      """, to: "own.toml")
    let legs = (1000..<1100).map { #"{\"user\":\#($0),\"state\":\"ring\"}"# }.joined(separator: ",")
    let body = #"{"msg":"{\"legs\":[{\"from\":\"0388202122\"},"# + legs + #"]}"}"#
    try await withRelay(options { $0.maps = [map] }) { relay async throws in
      #expect(try await relay.ask(Self.path, "POST", body: body).status == 200)
      for (station, isTold) in [(1000, true), (1098, true), (1099, false)] {
        let told = try await relay.get("telorg=\(station)")
        #expect(told.hasPrefix(#"{"tel":"0388202122","event":"ring""#) == isTold, "\(told)")
      }
    }
  }

  @Test func anUnknownEventIsOfferedWhereThatIsMeant() async throws {
    let folder = try TemporaryFolder()
    let map = try folder.write(#"others = "offer""# + "\n" + Self.own, to: "own.toml")
    try await withRelay(options { $0.maps = [map] }) { relay async throws in
      for body in ["state=parked&user=1024&from=0388202122", "state=spoken&user=1024"] {
        #expect(try await relay.ask(Self.path, "POST", body: body).status == 200)
        #expect(try await relay.get().hasPrefix(#"{"tel":"0388202122","event":"parked""#))
      }
    }
  }
}

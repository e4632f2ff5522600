import Glibc
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
  private static let path = RelayClient.prefix + "hook"

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
        #expect(Self.count(label, after) == Self.count(label, before) + 1, "\(shown)")
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

  /// What `[signature]` says, what the header has, and whether that is right.
  @Test func aSignatureIsOfTheBody() async throws {
    let body = #"{"event":"ring","user":1024,"from":"0388202122"}"#
    let code = "b705bdba641d0148e07eca5648d88b5e44930243e5cb201ec344a501ec4a7cf5"
    let sha1 = #"algorithm = "sha1""# + "\n" + #"encoding = "base64""#
    let cases: [(settings: String, header: String?, isRight: Bool)] = [
      ("", code, true), ("", code.uppercased(), true),
      (#"prefix = "sha256=""#, "sha256=" + code, true),
      (sha1, "GxGSWTG6XqSlVqiPtAgZ2v83HG0=", true), (sha1, "gxGSWTG6XqSlVqiPtAgZ2v83HG0=", false),
      (sha1, code, false), (#"prefix = "sha256=""#, code, false), ("", nil, false), ("", "", false),
      ("", String(code.dropLast()), false), ("", code + code, false),
      ("", code + "\r\nX-Code: 1", false),
      ("", "a" + code.dropFirst(), false),
    ]
    let folder = try TemporaryFolder()
    let secret = try folder.write("geheim\n", to: "secret")
    try #require(chmod(secret, 0o600) == 0)
    let tokens = try folder.write("both long-token-of-the-relay\n", to: "tokens")
    try #require(chmod(tokens, 0o600) == 0)
    for (settings, header, isRight) in cases {
      let map = try folder.write(
        """
        path = "hook"
        fields = { event = "event", station = "user", number = "from" }
        [signature]
        header = "X-Code"
        secret_file = "secret"
        \(settings)
        """, to: "own.toml")
      let options = options {
        $0.maps = [map]
        $0.tokenFile = tokens
      }
      try await withRelay(options) { relay async throws in
        let answer = try await relay.ask(
          Self.path, "POST", headers: header.map { ["X-Code": $0] } ?? [:], body: body)
        #expect(answer.status == (isRight ? 200 : 401), "\(settings) \(header ?? "none")")
        // A token does not stand for it, and no URL does.
        let token = "token=long-token-of-the-relay"
        #expect(try await relay.ask("\(Self.path)?\(token)", "POST", body: body).status == 401)
        let asked = try await relay.ask(
          "\(Self.path)?user=1024&event=ring", headers: ["X-Code": code])
        #expect(asked.status == 405)
        let metrics = try await relay.ask("/metrics?\(token)").body
        let label =
          #"ctirelay_webhooks_total{map="hook",result="refused",reason="signature"} "#
        #expect(Self.count(label, metrics) == (isRight ? 1 : 2))
      }
    }
  }

  @Test func aTokenMayStandWhereTheVendorHasIt() async throws {
    let folder = try TemporaryFolder()
    let tokens = try folder.write(
      "write long-token-of-the-relay\nread token-of-a-window\n", to: "tokens")
    try #require(chmod(tokens, 0o600) == 0)
    let body = #""event":"ring","user":1024}"#
    let cases: [(query: String, header: String?, body: String, status: Int)] = [
      ("?token=long-token-of-the-relay", nil, "{" + body, 200),
      ("", "Bearer long-token-of-the-relay", "{" + body, 200),
      // A vendor's own code in the header.
      ("?token=long-token-of-the-relay", "Bearer eyJhbGciOiJIUzI1NiJ9.e30.x", "{" + body, 200),
      ("", nil, #"{"key":"long-token-of-the-relay","# + body, 200),
      ("?token=guess", nil, #"{"key":"long-token-of-the-relay","# + body, 401),
      ("", nil, #"{"key":"guess","# + body, 401), ("", nil, "{" + body, 401),
      ("", nil, #"{"key":"token-of-a-window","# + body, 403),
    ]
    for hasKey in [true, false] {
      let key = hasKey ? #", token = "key""# : ""
      let map = try folder.write(
        """
        path = "hook"
        fields = { event = "event", station = "user"\(key) }
        """, to: "own.toml")
      let options = options {
        $0.maps = [map]
        $0.tokenFile = tokens
      }
      try await withRelay(options) { relay async throws in
        for (query, header, body, status) in cases {
          let answer = try await relay.ask(
            Self.path + query, "POST", headers: header.map { ["Authorization": $0] } ?? [:],
            body: body)
          let isInBody = body.contains("key") && query.isEmpty
          #expect(answer.status == (isInBody && !hasKey ? 401 : status), "\(query) \(body)")
        }
        let metrics = try await relay.ask("/metrics?token=token-of-a-window").body
        let label = #"ctirelay_webhooks_total{map="hook",result="refused",reason="token"} "#
        #expect(Self.count(label, metrics) == (hasKey ? 4 : 5))
      }
    }
  }

  /// What is wrong with a map, and what is said of it.
  @Test func aMapThatIsNotRightIsSaid() throws {
    let fields = "\n[fields]\nstation = \"user\"\n"
    let cases: [(text: String, sentence: String)] = [
      ("", "path: is missing"), (#"path = "hook""#, "fields.station: is missing"),
      ("path = ", "line 1: this is not TOML"), ("[+fields]", "line 1: this is not TOML"),
      ("path = 1" + fields, "path: must be a text in quotes"),
      (#"path = "a/b""# + fields, "path: a/b is no name"),
      (#"path = """# + fields, "path:  is no name"),
      (#"path = "SetEvent""# + fields, "path: setevent is a path of the relay's own"),
      (#"path = "health""# + fields, "path: health is a path of the relay's own"),
      ("path = \"x\"\nsecret = 1" + fields, "secret: is unknown; there are path, each, others"),
      ("path = \"x\"\nothers = \"drop\"" + fields, "others: drop is none of ignore, offer"),
      ("path = \"x\"\neach = \"calls\"" + fields, "each: calls leads to no elements"),
      ("path = \"x\"\nfields = 1", "fields: must be a table"),
      (
        "path = \"x\"" + fields + "tel = \"from\"",
        "fields.tel: is unknown; there are station, number"
      ),
      ("path = \"x\"" + fields + "number = [1]", "fields.number: must be a text in quotes"),
      ("path = \"x\"" + fields + "number = \"a..b\"", "fields.number: a..b is no path"),
      ("path = \"x\"" + fields + "number = \"a{0}\"", "fields.number: a{0} is no path"),
      ("path = \"x\"" + fields + "number = \"header a b\"", "fields.number: header a b is no path"),
      ("path = \"x\"" + fields + "number = \"@.from\"", "each: is missing"),
      ("path = \"x\"" + fields + "[fields.outgoing]\nto = \"a\"", "fields.outgoing.to: is unknown"),
      ("path = \"x\"" + fields + "[words.name]\na = \"b\"", "words.name: is unknown"),
      (
        "path = \"x\"" + fields + "[words.event]\na = \"rung\"",
        "words.event.a: rung is none of our words"
      ),
      ("path = \"x\"" + fields + "[words.reason]\na = \"ring\"", "words.reason.a: ring is none"),
      ("path = \"x\"" + fields + "[words.direction]\na = \"up\"", "words.direction.a: up is none"),
      ("path = \"x\"" + fields + "[stations]\na = true", "stations.a: must be a text"),
      ("path = \"x\"" + fields + "[signature]\nkey = \"a\"", "signature.key: is unknown"),
      (
        "path = \"x\"" + fields + "[signature]\nsecret_file = \"s\"", "signature.header: is missing"
      ),
      (
        "path = \"x\"" + fields + "[signature]\nheader = \"X\"", "signature.secret_file: is missing"
      ),
      (
        "path = \"x\"" + fields + "[signature]\nheader = \"X\"\nalgorithm = \"md5\"",
        "signature.algorithm: md5 is none of sha256, sha1"
      ),
      (
        "path = \"x\"" + fields + "[signature]\nheader = \"X\"\nsecret_file = \"nowhere\"",
        "signature.secret_file: nowhere: No such file"
      ),
      (
        "path = \"x\"" + fields + "[answer]\necho = \"zd_echo\"",
        "answer.echo: write query NAME or header NAME"
      ),
      (
        "path = \"x\"" + fields + "[answer]\nkind = \"x\"",
        "answer.kind: is unknown; there are echo"
      ),
      (
        "path = \"x\"" + fields + "[answer]\ntype = \"a\\nb\"", "answer.type: is no media type"
      ),
      ("path = \"x\"" + fields + "[answer]\ntext = 1", "answer.text: must be a text in quotes"),
    ]
    let folder = try TemporaryFolder()
    for (text, sentence) in cases {
      let file = try folder.write(text, to: "map.toml")
      let problem = Self.problem([file])
      #expect(
        problem?.hasPrefix("could not take the map of webhooks from \(file): \(sentence)") == true,
        "\(problem ?? "none")")
    }
    let file = try folder.write("path = \"x\"" + fields, to: "map.toml")
    let same = try folder.write("path = \"X\"" + fields, to: "same.toml")
    #expect(Self.problem([file, same])?.contains("path: another map has x, too") == true)
    #expect(Self.problem(["/nonexistent/map"])?.contains("/nonexistent/map: No such file") == true)
    #expect(Self.problem(["/dev/null"])?.contains("/dev/null: it is not a regular file") == true)
  }

  private static func problem(_ maps: [String]) -> String? {
    do throws(RelayError) {
      _ = try Relay(options { $0.maps = maps })
      return nil
    } catch {
      return error.sentence
    }
  }

  /// What a counter stands at; 0 when it is not there.
  private static func count(_ label: String, _ metrics: String) -> Int {
    guard let range = metrics.firstRange(of: label) else { return 0 }
    return Int(metrics[range.upperBound...].prefix { $0 != "\n" }) ?? 0
  }
}

import Glibc
import RelayServer
import TestSupport
import Testing

/// Who may post to a webhook's map (R30, R64).
struct MapAccessTests {
  /// A map whose webhooks are signed with a secret that lies beside it.
  private static func signedMap(
    _ settings: String, secret: String = "geheim", in folder: TemporaryFolder
  ) throws -> String {
    let secret = try folder.write(secret + "\n", to: "secret")
    try #require(chmod(secret, 0o600) == 0)
    return try folder.write(
      """
      path = "hook"
      fields = { event = "event", station = "user", number = "from" }
      [signature]
      header = "X-Code"
      secret_file = "secret"
      \(settings)
      """, to: "own.toml")
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
      (#"prefix = "v1,""#, "v1,1234 v1," + code, true),
      (#"prefix = "v1,""#, "v1,1234 v2," + code, false),
      ("", "a" + code.dropFirst(), false),
    ]
    let folder = try TemporaryFolder()
    let tokens = try folder.write("both long-token-of-the-relay\n", to: "tokens")
    try #require(chmod(tokens, 0o600) == 0)
    for (settings, header, isRight) in cases {
      let map = try Self.signedMap(settings, in: folder)
      let options = options {
        $0.maps = [map]
        $0.tokenFile = tokens
      }
      try await withRelay(options) { relay async throws in
        let answer = try await relay.ask(
          MapTests.path, "POST", headers: header.map { ["X-Code": $0] } ?? [:], body: body)
        #expect(answer.status == (isRight ? 200 : 401), "\(settings) \(header ?? "none")")
        // A token does not stand for it, and no URL does.
        let token = "token=long-token-of-the-relay"
        #expect(try await relay.ask("\(MapTests.path)?\(token)", "POST", body: body).status == 401)
        let asked = try await relay.ask(
          "\(MapTests.path)?user=1024&event=ring", headers: ["X-Code": code])
        #expect(asked.status == 405)
        let metrics = try await relay.ask("/metrics?\(token)").body
        let label =
          #"ctirelay_webhooks_total{map="hook",result="refused",reason="signature"} "#
        #expect(metrics.count(of: label) == (isRight ? 1 : 2))
      }
    }
  }

  /// Twilio signs the URL and the fields of the form in order, Plivo a header's number with them, Zoom a time and the body.
  @Test func aSignatureIsOfWhatTheMapSays() async throws {
    let json = #"{"event":"ring","user":1024,"from":"0388202122"}"#
    let form = "user=1024&event=ring&from=%2B33388202122&Caller+Name=Garage"
    let twilio = """
      of = "{url}{form}"
      url = "https://relay.example/kanzlei"
      algorithm = "sha1"
      encoding = "base64"
      """
    let plivo = """
      of = "{url}?{form}.{header X-Nonce}"
      url = "https://relay.example"
      encoding = "base64"
      """
    let zoom = #"of = "v0:{header X-Time}:{body}""#
    let cases: [(settings: String, query: String, headers: [String: String], body: String, Bool)] =
      [
        (twilio, "?a=1", ["X-Code": "GbsHys+Kv4//1TiB3i1Lnccm6yo="], form, true),
        (twilio, "?a=2", ["X-Code": "GbsHys+Kv4//1TiB3i1Lnccm6yo="], form, false),
        (twilio, "?a=1", ["X-Code": "GbsHys+Kv4//1TiB3i1Lnccm6yo="], form + "0", false),
        (
          plivo, "",
          ["X-Code": "1TAUFeqsuut3jiCxd5q28H72tXASX9UhyHpFqXrLKQM=", "X-Nonce": "n0nce"], form, true
        ),
        (
          plivo, "",
          ["X-Code": "1TAUFeqsuut3jiCxd5q28H72tXASX9UhyHpFqXrLKQM=", "X-Nonce": "another"], form,
          false
        ),
        (plivo, "", ["X-Code": "1TAUFeqsuut3jiCxd5q28H72tXASX9UhyHpFqXrLKQM="], form, false),
        (
          zoom, "",
          [
            "X-Code": "b295fc13b2ad9a0f867286d0ef7edf2629d186cec611cc552feb9969f3eb0815",
            "X-Time": "1796082000",
          ], json, true
        ),
        (
          zoom, "",
          [
            "X-Code": "b295fc13b2ad9a0f867286d0ef7edf2629d186cec611cc552feb9969f3eb0815",
            "X-Time": "1796082001",
          ], json, false
        ),
        (
          zoom, "",
          [
            "X-Code": "b295fc13b2ad9a0f867286d0ef7edf2629d186cec611cc552feb9969f3eb0815",
            "X-Time": "1796082000\r\nX-Time: 1",
          ], json, false
        ),
      ]
    let folder = try TemporaryFolder()
    for (settings, query, headers, body, isRight) in cases {
      let map = try Self.signedMap(settings, in: folder)
      try await withRelay(options { $0.maps = [map] }) { relay async throws in
        let answer = try await relay.ask(
          MapTests.path + query, "POST", headers: headers, body: body)
        #expect(answer.status == (isRight ? 200 : 401), "\(settings) \(query) \(headers)")
      }
    }
  }

  @Test func aSecretMayBeInBase64() async throws {
    let body = #"{"event":"ring","user":1024,"from":"0388202122"}"#
    let code = "b705bdba641d0148e07eca5648d88b5e44930243e5cb201ec344a501ec4a7cf5"
    let folder = try TemporaryFolder()
    for (secret, status) in [("base64:Z2VoZWlt", 200), ("Z2VoZWlt", 401)] {
      let map = try Self.signedMap("", secret: secret, in: folder)
      try await withRelay(options { $0.maps = [map] }) { relay async throws in
        let answer = try await relay.ask(
          MapTests.path, "POST", headers: ["X-Code": code], body: body)
        #expect(answer.status == status, "\(secret)")
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
            MapTests.path + query, "POST", headers: header.map { ["Authorization": $0] } ?? [:],
            body: body)
          let isInBody = body.contains("key") && query.isEmpty
          #expect(answer.status == (isInBody && !hasKey ? 401 : status), "\(query) \(body)")
        }
        let metrics = try await relay.ask("/metrics?token=token-of-a-window").body
        let label = #"ctirelay_webhooks_total{map="hook",result="refused",reason="token"} "#
        #expect(metrics.count(of: label) == (hasKey ? 4 : 5))
      }
    }
  }
}

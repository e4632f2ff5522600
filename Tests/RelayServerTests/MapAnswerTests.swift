import RelayServer
import TestSupport
import Testing

/// What vendors want back for their webhooks.
struct MapAnswerTests {
  private static let path = RelayClient.prefix + "hook"
  private static let map = """
    path = "hook"
    fields = { event = "event", station = "user", number = "from" }
    [answer]
    echo = ["query zd_echo", "query validationToken", "header Validation-Token"]
    text = "<Response/>"
    type = "application/xml"
    """

  @Test func aTextIsGivenBack() async throws {
    let folder = try TemporaryFolder()
    let map = try folder.write(Self.map, to: "own.toml")
    let long = String(repeating: "x", count: 2049)
    let cases: [(query: String, method: String, headers: [String: String], told: String)] = [
      ("?zd_echo=abc123", "GET", [:], "abc123"),
      ("?x=1&validationToken=Validation%3A+a%2Fb%3D%3D", "POST", [:], "Validation: a/b=="),
      // No document of a stranger's, and no line of a header.
      ("?zd_echo=a%0D%0AX-Y%3A%20z", "GET", [:], "<Response/>"),
      ("?zd_echo=", "GET", [:], "<Response/>"),
      ("?zd_echo=\(long)", "GET", [:], "<Response/>"), ("?other=a", "GET", [:], "<Response/>"),
      ("", "POST", ["Validation-Token": "ab-12"], ""),
    ]
    try await withRelay(options { $0.maps = [map] }) { relay async throws in
      for (query, method, headers, told) in cases {
        let answer = try await relay.ask(
          Self.path + query, method, headers: headers, body: method == "POST" ? "" : nil)
        let shown = query.prefix(40)
        #expect(answer.status == 200, "\(shown)")
        #expect(answer.body == told, "\(shown)")
        let type = told.hasPrefix("<") ? "application/xml" : "text/plain"
        #expect(answer.headers["content-type"] == type, "\(shown)")
        #expect(answer.headers["validation-token"] == headers["Validation-Token"])
      }
      let ring = try await relay.ask(
        Self.path, "POST", body: "event=ring&user=1024&from=%2B33388202122")
      #expect(ring.body == "<Response/>")
      #expect(try await relay.get().hasPrefix(#"{"tel":"+33388202122","event":"ring""#))
      let parts = try await relay.ask(
        Self.path, "POST", headers: ["Content-Type": "multipart/form-data; boundary=x"],
        body: "--x\r\n")
      #expect(parts.status == 415)
      #expect(parts.body == "the body is multipart/form-data; JSON and forms are read\n")
    }
  }
}

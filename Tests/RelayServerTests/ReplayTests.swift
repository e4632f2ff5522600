import Glibc
import TestSupport
import Testing

/// A trace of a relay is a test: its requests are asked again, and give what they gave.
struct ReplayTests {
  private func same(_ told: [String], _ known: [String]) {
    #expect(told.count == known.count)
    for (told, known) in zip(told, known) { #expect(told == known) }
  }

  /// One run of a relay with other names and paths than usual, and tokens; where its trace is.
  private func day(_ folder: TemporaryFolder, _ options: String...) async throws -> String {
    let tokens = try folder.write("both phone-token-of-1024\n", to: "tokens")
    try #require(chmod(tokens, 0o600) == 0)
    let path = folder.file("trace")
    let map = try folder.write(
      """
      path = "hook"
      fields = { event = "event", station = "user", number = "from", token = "key" }
      """, to: "map.toml")
    let relay = try await RunningRelay(
      [
        "--map", map, "--token-file", tokens, "--path-prefix", "/calls/", "--rename", "tel=caller",
        "--rename",
        "token=pass", "--deliver-once", "--trace", path,
      ] + options)
    let bearer = ["--header", "Authorization: Bearer phone-token-of-1024"]
    let window = try RunningRelay.Window(
      url: "\(relay.root)/calls/events?telorg=1024",
      headers: ["Authorization: Bearer phone-token-of-1024"])
    try await window.wait(for: "\n:\n")
    try await relay.curl(
      "/calls/setevent?telorg=1024&caller=03%2088%2020%2021%2022&pass=phone-token-of-1024")
    try await relay.curl("/calls/getevent?telorg=1024", bearer)
    try await relay.curl("/calls/getevent?telorg=1024", bearer)
    let json = #"{"telorg":"1024","caller":"+33388202122","event":"answer"}"#
    try await relay.curl(
      "/calls/setevent", bearer + ["--header", "Transfer-Encoding: chunked", "--data", json])
    try await relay.curl("/calls/setevent?telorg=1024&event=end&pass=guess")
    try await relay.curl("/calls/setevent?telorg=1024&event=end&caller=0199001111", bearer)
    try await relay.curl("/calls/nothing", bearer)
    let hook = #"{"event":"setup","user":1025,"from":199001111,"key":"phone-token-of-1024"}"#
    try await relay.curl("/calls/hook", ["--json", hook])
    try await window.wait(for: #""event":"end""#)
    relay.program.signal(SIGTERM)
    #expect(try await relay.program.status() == 0)
    return path
  }

  @Test func aTraceOfARealRunGivesTheSame() async throws {
    let folder = try TemporaryFolder()
    let replay = try await run(
      builtProgram("ctirelay"), ["replay", day(folder, "--trace-numbers")])
    #expect(replay.status == 0, "\(replay.output)")
    // Time and port are another each time.
    let lines = replay.output.split(separator: "\n").map {
      String($0).replacing(/^\d+\.\d{3} (127\.0\.0\.1:\d+ )?/, with: "")
        .replacing(/"id":"\d+"/, with: #""id":"N""#)
    }
    same(
      lines,
      [
        "GET /calls/events?telorg=1024 200",
        "GET /calls/setevent?telorg=1024&caller=03%2088%2020%2021%2022&pass=******************* 200",
        #"station 1024 {"caller":"03 88 20 21 22","event":"ring","id":"N","age":0}"#,
        #"GET /calls/getevent?telorg=1024 200 {"caller":"03 88 20 21 22","event":"ring","id":"N","age":0}"#,
        #"GET /calls/getevent?telorg=1024 200 {"caller":"","event":""}"#,
        "POST /calls/setevent 200",
        #"station 1024 {"caller":"+33388202122","event":"answer","id":"N","age":0}"#,
        "GET /calls/setevent?telorg=1024&event=end&pass=***** 401 then,"
          + " and is not asked again without its token",
        "GET /calls/setevent?telorg=1024&event=end&caller=0199001111 200",
        #"station 1024 {"caller":"0199001111","event":"end","age":0}"#,
        "GET /calls/nothing 404 there is nothing at this path",
        "POST /calls/hook 200",
        #"station 1025 {"caller":"199001111","event":"ring","id":"N","age":0}"#,
      ])
  }

  @Test func maskedNumbersStayMasked() async throws {
    let folder = try TemporaryFolder()
    let path = try await day(folder)
    let replay = try await run(builtProgram("ctirelay"), ["replay", path])
    #expect(replay.status == 0, "\(replay.output)")
    #expect(replay.output.split(separator: "\n").count == 13)
    for secret in ["phone-token", "guess", "88202122", "88%2020", "99001111"] {
      #expect(!replay.output.contains(secret) && !contents(ofFile: path).contains(secret))
    }
  }

  /// Lines as a relay writes them, of a run without options.
  private static let heading = """
    # ScreenPop trace 1
    0.000 screenpop ! begin 1795920931123 3600 0.1.0 at 2026-11-29T05:15:31+01:00

    """

  @Test func whatIsAnsweredOtherwiseIsSaid() async throws {
    let folder = try TemporaryFolder()
    let set = "/DhDivaltoServerCTI/api/cti/setevent?telorg=1024&tel=0388202122"
    let trace = try folder.write(
      Self.heading + #"""
        1.000 2001:db8::1:40000 < GET \#(set) HTTP/1.0\r\nHost: localhost\r\n\r\n
        1.001 2001:db8::1:40000 > 200 OK\r\n\r\n
        2.000 127.0.0.1:40001 < GET \#(set) HTTP/1.1\r\nHost: other.example\r\n\r\n
        2.001 127.0.0.1:40001 > 200 OK\r\n\r\n
        2.002 127.0.0.1:40001 ! closed
        3.000 127.0.0.1:40002 < PUT \#(set) HTTP/1.1\r\nHost: localhost\r\n\r\n
        4.000 127.0.0.1:40002 < none
        a line that is none
        70.000 127.0.0.1:40003 < GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n

        """#, to: "trace")
    let replay = try await run(builtProgram("ctirelay"), ["replay", trace])
    #expect(replay.status == 1)
    same(
      replay.output.split(separator: "\n").map { String($0.prefix { $0 != "{" }) },
      [
        "1.000 2001:db8::1:40000 GET \(set) 200", "1.000 station 1024 ",
        "2.000 127.0.0.1:40001 GET \(set) 403, but 200 then this relay does not go by that Host:"
          + " name it with --host",
        "3.000 127.0.0.1:40002 PUT \(set) 405 this path is not asked in that way",
        "4.000 127.0.0.1:40002 what was asked is no request",
        "70.000 127.0.0.1:40003 GET /health 200 ok",
      ])
  }

  @Test(
    arguments: [
      "", "what it is", "# ScreenPop trace 1\n",
      heading + "0.000 screenpop ! option station = \"1024\"\n",
    ])
  func whatIsNoTraceOfARelayIsSaid(text: String) async throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(text, to: "trace")
    let replay = try await run(builtProgram("ctirelay"), ["replay", file])
    #expect(replay.status == 65)
    #expect(replay.output.hasPrefix("ctirelay: \(file) is no trace of a relay"))
  }
}

import Foundation
import Glibc
import TestSupport
import Testing

/// The program around the relay: its options, what it says, how it ends.
struct ProgramTests {
  @Test(
    arguments: [
      (["--address", "0.0.0.0"], 78, "--token-file, or --open"),
      (["--token-file", "/nonexistent"], 78, "could not take the tokens from /nonexistent"),
      (["--allow", "all"], 78, "all is not a network"),
      (["--rename", "x=y"], 78, "x=y renames no parameter"),
      (
        ["--tls-certificate", "/nonexistent", "--tls-key", "/nonexistent"], 78,
        "could not take the certificate or its key from /nonexistent"
      ),
      (["--tls-key", "/nonexistent"], 78, "--tls-certificate and --tls-key"),
      (["--store", "paper"], 78, "paper is not a store"),
      (["--store", "rediss://host"], 78, "ctirelay speaks to Redis without TLS"),
      (
        ["--store", "redis://host", "--store-password-file", "/nonexistent"], 78,
        "could not take the store's password from /nonexistent"
      ),
      (["--trace", "/nonexistent/trace"], 78, "/nonexistent/trace cannot be written"),
      (["--port", "many"], 64, "many"), (["--nonsense"], 64, "--nonsense"),
      (["--address", "198.51.100.1", "--open"], 69, "could not listen on 198.51.100.1"),
    ] as [([String], Int32, String)])
  func whatCannotBeIsSaid(arguments: [String], status: Int32, sentence: String) async throws {
    let relay = try await run(builtProgram("ctirelay"), arguments)
    #expect(relay.status == status)
    #expect(relay.output.contains(sentence), "\(relay.output)")
  }

  @Test func aPortThatIsTakenIsSaid() async throws {
    let first = try await RunningRelay()
    let second = try await run(builtProgram("ctirelay"), ["--port", "\(first.port)"])
    #expect(second.status == 69)
    #expect(second.output.contains("could not listen on 127.0.0.1, port \(first.port)"))
  }

  /// A journal that hangs, or a program that shows the log and was stopped.
  @Test func aLogThatNobodyReadsHoldsNothingUp() async throws {
    let folder = try TemporaryFolder()
    let pipe = folder.file("log")
    try #require(mkfifo(pipe, 0o600) == 0)
    let reader = open(pipe, O_RDWR | O_CLOEXEC)
    defer { close(reader) }
    // F_SETPIPE_SZ: which a GNU switch hides from Swift.
    try #require(fcntl(reader, 1031, 4096) == 4096)
    let relay = try await RunningRelay(["--verbose"], streams: "2>'\(pipe)'")
    let many = RelayClient.prefix + "setevent?telorg=1024&tel=01990010[10-99]"
    let answers = try await run(
      "curl", ["--silent", "--max-time", "20", "--write-out", "%{http_code} ", relay.root + many],
      environment: RunningRelay.environment)
    #expect(answers.output.split(separator: "200").count >= 90, "\(answers.output)")
    relay.program.signal(SIGTERM)
    #expect(try await relay.program.status() == 0)
  }

  /// What is meant for people never goes to whoever has the first connection.
  @Test func aRelayWithoutStandardStreamsOpensSome() async throws {
    let relay = try await RunningRelay(["--verbose"], streams: "<&- 2>&-")
    #expect(try await relay.status("setevent?telorg=1024&tel=0199001234") == "200")
    for descriptor in [0, 2] {
      let link = "/proc/\(relay.program.pid)/fd/\(descriptor)"
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "/dev/null")
    }
  }

  @Test func numbersAreMaskedInTheLog() async throws {
    let relay = try await RunningRelay(["--verbose"])
    try await relay.curl("setevent?telorg=1024&tel=sip:0388202122@pbx&name=Dupont")
    try await relay.curl("setevent?telorg=1024&tel=%2B33388202122")
    try await relay.curl("getevent?telorg=1024")
    try await waitUntil("both reports in the log", instead: relay.output) {
      relay.output.contains("+33*****2122")
    }
    #expect(relay.output.contains("03****2122"))
    for secret in ["388202122", "820212", "Dupont"] { #expect(!relay.output.contains(secret)) }
  }

  @Test func whatPassesIsRecordedWithoutNumbersAndTokens() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("both phone-token-of-1024\n", to: "tokens")
    try #require(chmod(file, 0o600) == 0)
    let path = folder.file("trace")
    let relay = try await RunningRelay([
      "--token-file", file, "--rename", "token=pass", "--trace", path,
    ])
    let bearer = ["--header", "Authorization: Bearer phone-token-of-1024"]
    try await relay.curl("setevent?telorg=1024&tel=03%2088%2020%2021%2022&pass=phone-token-of-1024")
    try await relay.curl("getevent?telorg=1024", bearer)
    try await relay.curl("setevent?telorg=1024&tel=0388202122&pass=guess&event=end")
    try await waitUntil("four exchanges", instead: contents(ofFile: path)) {
      contents(ofFile: path).split(separator: "\n").count { $0.contains(" ! closed") } == 3
    }
    let text = contents(ofFile: path)
    #expect(text.contains(" < GET ") && text.contains(" > 200 OK") && text.contains(" > 401 "))
    for secret in ["phone-token", "guess", "88202122", "88%2020"] {
      #expect(!text.contains(secret), "\(text)")
    }
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
  }

  @Test func theNetworkIsServedWithAToken() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("write phone\nread window\n", to: "tokens")
    try #require(chmod(file, 0o600) == 0)
    let relay = try await RunningRelay(
      ["--address", "0.0.0.0", "--token-file", file, "--host", "relay.example.com"],
      root: "127.0.0.1")
    #expect(try await relay.status("setevent?telorg=1024&tel=0388202122") == "401")
    #expect(try await relay.status("setevent?telorg=1024&tel=0388202122&token=phone") == "200")
    #expect(try await relay.status("getevent?telorg=1024&token=phone") == "403")
    let bearer = ["--header", "Authorization: Bearer window"]
    #expect(try await relay.curl("getevent?telorg=1024", bearer).contains("0388202122"))
    for (host, status) in [("relay.example.com:8083", "200"), ("other.example.com", "403")] {
      let asked = try await relay.status(
        "getevent?telorg=1024", bearer + ["--header", "Host: \(host)"])
      #expect(asked == status)
    }
  }

  @Test func otherNetworksAreNotServed() async throws {
    // This machine itself always is, so it is asked by an address that is not loopback.
    let addresses = try await run("hostname", ["-I"], environment: ["PATH": "/usr/bin:/bin"]).output
    guard let address = addresses.split(whereSeparator: \.isWhitespace).first,
      !address.contains(":")
    else { return }
    let options = ["--address", "0.0.0.0", "--open"]
    let narrow = try await RunningRelay(
      options + ["--allow", "198.51.100.0/24"], root: String(address))
    #expect(try await narrow.status("/health") == "403")
    let wide = try await RunningRelay(options + ["--allow", "\(address)/8"], root: String(address))
    #expect(try await wide.status("/health") == "200")
  }

  @Test func itSpeaksTLS() async throws {
    let folder = try TemporaryFolder()
    let (certificate, key) = (folder.file("chain.pem"), folder.file("key.pem"))
    let made = try await run(
      "openssl",
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
        "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
        "-keyout",
        key, "-out", certificate,
      ], environment: ["PATH": "/usr/bin:/bin"])
    try #require(made.status == 0, "\(made.output)")
    let relay = try await RunningRelay(
      ["--tls-certificate", certificate, "--tls-key", key], root: "localhost")
    let trust = ["--cacert", certificate]
    #expect(try await relay.status("setevent?telorg=1024&tel=0388202122", trust) == "200")
    #expect(try await relay.curl("getevent?telorg=1024", trust).contains("0388202122"))
    await #expect(throws: RunningRelay.NoAnswer.self) {
      try await relay.curl("getevent?telorg=1024")
    }

    for (version, isTaken) in [
      ("tls1", false), ("tls1_1", false), ("tls1_2", true), ("tls1_3", true),
    ] {
      let talk = try await run(
        "openssl",
        [
          "s_client", "-\(version)", "-cipher", "ALL:@SECLEVEL=0", "-connect",
          "127.0.0.1:\(relay.port)",
        ], environment: ["PATH": "/usr/bin:/bin"])
      #expect(talk.output.contains("alert protocol version") != isTaken, "\(talk.output)")
    }

    let wrong = try await run(
      builtProgram("ctirelay"), ["--tls-certificate", key, "--tls-key", certificate])
    #expect(wrong.status == 78)
    let other = folder.file("other.pem")
    _ = try await run(
      "openssl",
      ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", other],
      environment: ["PATH": "/usr/bin:/bin"])
    let another = try await run(
      builtProgram("ctirelay"), ["--tls-certificate", certificate, "--tls-key", other])
    #expect(another.status == 78)
    #expect(
      another.output.contains("\(other): it is not the key of the certificate in \(certificate)"),
      "\(another.output)")
  }
}

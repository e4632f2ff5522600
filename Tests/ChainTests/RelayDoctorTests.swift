import Glibc
import TestSupport
import Testing

/// What `screenpop doctor` says of a real relay: a token is not a right, and an answer is not a call.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct RelayDoctorTests {
  /// A desk phone's token reports calls, and is not for windows.
  @Test(arguments: [
    ("phone", "answered 403 (this token is not for asking for calls): check the token"),
    ("guess", "answered 401 (a token is needed"),
  ])
  func aTokenThatMayNotReadIsSaid(token: String, words: String) async throws {
    let place = try await Workplace(sample: false)
    let port = try LoopbackPort.free()
    let tokens = try place.folder.write("write phone\nread window\n", to: "tokens")
    let own = try place.folder.write("\(token)\n", to: "token")
    for file in [tokens, own] { try #require(chmod(file, 0o600) == 0) }
    let relay = try Child(
      builtProgram("ctirelay"), ["--port", "\(port)", "--token-file", tokens],
      output: place.folder.file("relay"))
    try await waitUntil("a relay") { LoopbackPort.isHeard(on: port) }
    try place.configure(
      """
      station = "1024"
      relay_url = "http://127.0.0.1:\(port)/DhDivaltoServerCTI/api/cti/getevent"
      relay_token_file = "\(own)"
      """)
    let doctor = try await place.screenpop("doctor", "--json")
    #expect(doctor.status == 1)
    #expect(doctor.output.contains(words), "\(doctor.output)")
    relay.signal(15)
    try await relay.status()
  }

  /// Calls come up all the same, later.
  @Test(arguments: [RelaySite.Path.buffered, .withoutStream])
  func aStreamThatDoesNotComeThroughIsSaid(path: RelaySite.Path) async throws {
    let site = try await RelaySite(path)
    var output = ""
    try await waitUntil("a note on the stream", instead: output) {
      output = try await site.workplace.screenpop("doctor", "--json").output
      return output.contains("offers to tell of calls at once, and that does not come through")
    }
    #expect(output.contains("up to 1 s late"))
  }
}

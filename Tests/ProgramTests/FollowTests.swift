import Glibc
import TestSupport
import Testing

extension ProgramTests {
  /// The journal as a stream for other programs.
  struct FollowTests {
    @Test func aCallIsToldWhenItRingsAndWhenItEnds() async throws {
      let workplace = try await Workplace()
      let window = try await workplace.openWindow()
      let output = workplace.folder.file("news")
      let follower = try Child(
        builtProgram("screenpop"), ["calls", "--follow", "--json"],
        environment: workplace.environment, output: output)
      func lines(until what: String) async throws -> [Substring] {
        try await waitFor(what, instead: contents(ofFile: output)) {
          let lines = contents(ofFile: output).split(separator: "\n")
          return lines.last?.contains(what) == true ? lines : nil
        }
      }

      try await workplace.clicktocall("0388202122", "--call-id", "a")
      let ring = try await lines(until: #""outcome":"ringing""#)
      #expect(ring.last?.contains(#""name":"Dupont SA","code":"C00123""#) == true, "\(ring)")
      try await workplace.clicktocall("--event", "end", "--call-id", "a")
      let all = try await lines(until: #""outcome":"missed""#)
      // Each line begins with `{"call":1,`.
      #expect(Set(all.map { $0.prefix { $0 != "," } }).count == 1, "\(all)")

      follower.signal(SIGTERM)
      #expect(try await follower.status() == 128 + SIGTERM)
      try await window.press("q")
    }
  }
}

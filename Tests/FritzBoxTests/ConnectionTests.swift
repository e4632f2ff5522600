import Connector
import LauncherSupport
import NIOCore
import NIOPosix
import PhoneNumbers
import Telephony
import TestSupport
import Testing

@testable import FritzBox

/// The driver over TCP, against a program that says lines as a box does.
struct ConnectionTests {
  @Test func aCallIsFollowedInPiecesAndThroughARestart() async throws {
    let clock = TestClock(pauses: 0)
    let box = try await StandInBox()
    let heard = HeardSource(driver(box.port, clock))
    let line = try await box.connected()
    for piece in ["28.11.26 15:17:43;RING;2;0699", "0009123;493023125012;SIP0;\r", "\n28.11"] {
      try await box.say(piece)
    }
    try await waitUntil("the ring", instead: "\(heard.reports)") { heard.reports.events.count == 1 }
    #expect(heard.reports.healths == [.up])
    try await box.hangUp()
    try await waitUntil("the break", instead: "\(heard.reports)") { heard.reports.reason != nil }
    #expect(
      heard.reports.reason
        == "127.0.0.1:\(box.port) ended the connection: the FRITZ!Box is perhaps being restarted")
    clock.allow(1)
    #expect(try await box.connected() != line)
    try await box.say("28.11.26 15:17:51;CONNECT;2;10;06990009123;\n")
    try await box.say("28.11.26 15:19:02;DISCONNECT;2;71;\n")
    try await waitUntil("the end", instead: "\(heard.reports)") { heard.reports.events.count == 3 }
    #expect(heard.reports.events.map(\.what) == ["ring", "answer", "end normal"])
    await heard.stop()
    try await box.close()
  }

  @Test func aClosedPortTellsTheCode() async throws {
    let clock = TestClock(pauses: 0)
    let box = try await StandInBox()
    try await box.close()
    let heard = HeardSource(driver(box.port, clock))
    try await waitUntil("the refusal", instead: "\(heard.reports)") {
      heard.reports.reason != nil && clock.nextWake == .seconds(1)
    }
    #expect(
      heard.reports.reason
        == "127.0.0.1:\(box.port) could not be reached (Connection refused): dial #96*5* on a "
        + "telephone of the FRITZ!Box, which switches its call monitor on, or check the address")
    await heard.stop()
  }

  /// A box whose line was cut by a router says nothing, like one at rest: the system has to ask, after a minute.
  @Test func theSystemAsksWhetherTheBoxIsThere() async throws {
    let clock = TestClock(pauses: 0)
    let box = try await StandInBox()
    let heard = HeardSource(driver(box.port, clock))
    let port = try await box.connected()
    let hex = { (port: Int) in
      let digits = String(port, radix: 16, uppercase: true)
      return ":" + String(repeating: "0", count: 4 - digits.count) + digits
    }
    let row = try await waitFor("the connection in the system's table") {
      let table = contents(ofFile: "/proc/self/net/tcp")
      return table.split(separator: "\n").map { $0.split(separator: " ") }.first {
        $0.count > 5 && $0[1].hasSuffix(hex(port)) && $0[2].hasSuffix(hex(box.port))
      }
    }
    // `02:00001770`: the timer of keep-alive, in hundredths of a second.
    let timer = row[5].split(separator: ":")
    #expect(timer[0] == "02")
    #expect(Int(timer[1], radix: 16).map { (1...6_000).contains($0) } == true)
    await heard.stop()
    try await box.close()
  }

  @Test func itKnowsOfOthersWhereItKnowsItsOwn() {
    let clock = TestClock(pauses: 0)
    #expect(!driver(1012, clock).abilities.contains(.answeredElsewhere))
    #expect(driver(1012, clock, extensions: ["10"]).abilities.contains(.answeredElsewhere))
  }

  /// What comes and goes in a long pause leaves no line: only a peer that always hangs up at once is left in peace.
  @Test(arguments: [(12, [1, 1, 1, 1]), (2, [1, 2, 4, 8])] as [(Int64, [Int64])])
  func aWayThatIsCutAgainAndAgain(seconds: Int64, pauses: [Int64]) throws {
    let monitor = FritzBoxMonitor(address: "192.0.2.1")
    let session = FritzBoxSession(monitor, station: "24", plan: NumberPlan(region: "DE"))
    var line = Reconnection(session, id: FritzBoxDriver.id)
    var now = Moment(milliseconds: 0)
    var waited: [Int64] = []
    for _ in pauses {
      _ = line.linked(from: nil, at: now)
      _ = line.wake(at: try #require(line.nextWake))
      now = now + seconds * 1_000
      _ = line.unlinked(.closed, at: now)
      let next = try #require(line.nextWake)
      waited.append((next - now) / 1_000)
      now = next
      #expect(!line.wake(at: now).isEmpty)
    }
    #expect(waited == pauses)
  }

  private func driver(
    _ port: Int, _ clock: TestClock, extensions: [String] = []
  ) -> FritzBoxDriver {
    FritzBoxDriver(
      FritzBoxMonitor(address: "127.0.0.1", port: port, extensions: extensions), station: "24",
      plan: NumberPlan(region: "DE"), now: { clock.moment }, clock: clock)
  }
}

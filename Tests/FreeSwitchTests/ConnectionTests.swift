import LauncherSupport
import NIOCore
import NIOPosix
import PhoneNumbers
import Telephony
import TestSupport
import Testing

@testable import FreeSwitch

/// The driver over TCP, against a program that sends what a FreeSWITCH sent.
struct ConnectionTests {
  @Test(arguments: ["answered", "answered-json", "pickup", "two-devices"])
  func aRecordedConnectionIsFollowed(capture: String) async throws {
    let bytes = try CaptureTests.bytes(capture)
    let expected = try #require(CaptureTests.stories.first { $0.capture == capture }?.events)
    let clock = TestClock(pauses: 0)
    let (server, port) = try await self.server(saying: bytes)
    let heard = HeardSource(driver(port, clock))
    try await waitUntil("the goodbye", instead: "\(heard.reports)") { heard.reports.reason != nil }
    #expect(heard.reports.healths.first == .up)
    #expect(heard.reports.events.count == expected.count)
    #expect(
      heard.reports.reason
        == "127.0.0.1:\(port) ended the connection: FreeSWITCH is being shut down or restarted")
    await heard.stop()
    try await server.close().get()
  }

  @Test func aRefusedPasswordIsNotTriedAgainSoon() async throws {
    let bytes = try CaptureTests.bytes("login-refused")
    let clock = TestClock(pauses: 0)
    let (server, port) = try await self.server(saying: bytes)
    let heard = HeardSource(driver(port, clock))
    try await waitUntil("the refusal", instead: "\(heard.reports)") {
      heard.reports.reason != nil && clock.nextWake == .seconds(900)
    }
    await heard.stop()
    try await server.close().get()
  }

  /// A context says how to dial; whether the user may, FreeSWITCH says after the login.
  @Test func whoMayNotHaveCallsMadeCannotDial() async throws {
    let clock = TestClock(pauses: 0)
    let (server, port) = try await self.server(saying: try CaptureTests.bytes("login-userauth"))
    let driver = FreeSwitchDriver(
      FreeSwitchServer(
        address: "127.0.0.1", port: port, user: "1024@pbx.example", password: "geheim"),
      station: "1024", plan: NumberPlan(), now: { clock.moment }, clock: clock)
    #expect(driver.abilities.contains(.dialling))
    let heard = HeardSource(driver)
    try await waitUntil("the login", instead: "\(heard.reports)") {
      heard.reports.healths.first == .up
    }
    await heard.stop()
    #expect(!driver.abilities.contains(.dialling))
    try await server.close().get()
  }

  /// A program that says these bytes to whoever connects, and its port.
  private func server(saying bytes: [UInt8]) async throws -> (any Channel, Int) {
    let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    return (server, try #require(server.localAddress?.port))
  }

  private func driver(_ port: Int, _ clock: TestClock) -> FreeSwitchDriver {
    FreeSwitchDriver(
      FreeSwitchServer(address: "127.0.0.1", port: port, password: "geheim"), station: "1024",
      plan: NumberPlan(), now: { clock.moment }, clock: clock)
  }
}

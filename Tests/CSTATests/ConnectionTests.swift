import LauncherSupport
import NIOCore
import NIOPosix
import PhoneNumbers
import Synchronization
import Telephony
import TestSupport
import Testing
import XMLForms

@testable import CSTA

/// The driver over TCP, against a program that speaks as a CSTA server does.
struct ConnectionTests {
  @Test func aCallIsFollowedTakenAndEndedThroughARestart() async throws {
    let clock = TestClock(pauses: 0)
    let server = try await StandInSwitch()
    let driver = driver(server.port, clock)
    let heard = HeardSource(driver)
    try await server.heard("SnapshotDevice")
    try await server.say(
      PlayedSwitch.xml("delivered 901 at=1024 from=0199001111 to=1024 local=alerting"))
    try await waitUntil("the ring", instead: "\(heard.reports)") { heard.reports.events.count == 1 }
    #expect(heard.reports.healths == [.up])
    let name = try #require(heard.reports.events.first?.callID)
    try await driver.answer(callID: name)
    try await server.say(
      PlayedSwitch.xml("established 901 at=1024 from=0199001111 local=connected"))
    try await waitUntil("the answer", instead: "\(heard.reports)") {
      heard.reports.events.count == 2
    }
    try await server.hangUp()
    try await waitUntil("the break", instead: "\(heard.reports)") { heard.reports.reason != nil }
    #expect(
      heard.reports.reason
        == "127.0.0.1:\(server.port) ended the connection: look at the telephone system's log")
    server.calls("901 connected connected")
    clock.allow(1)
    try await waitUntil("the connection", instead: "\(heard.reports)") {
      heard.reports.healths.last == .up
    }
    try await driver.hangUp(callID: name)
    try await server.say(PlayedSwitch.xml("cleared 901 at=1024 local=null"))
    try await waitUntil("the end", instead: "\(heard.reports)") { heard.reports.events.count == 3 }
    #expect(heard.reports.events.map(\.what) == ["ring", "answer", "end normal"])
    let number = try #require(DialledNumber("0261912222"))
    #expect(try await driver.dial(number) == nil)
    server.refuses("MakeCall")
    await #expect(throws: DialError.self) { try await driver.dial(number) }
    #expect(await driver.examine().isEmpty)
    await heard.stop()
    try await server.close()
  }

  @Test func withoutAStationNothingIsAsked() async throws {
    let clock = TestClock(pauses: 0)
    let driver = CSTADriver(
      CSTAServer(address: "127.0.0.1", port: 1), station: nil, plan: NumberPlan(),
      now: { clock.moment }, clock: clock)
    let heard = HeardSource(driver)
    try await waitUntil("the reason", instead: "\(heard.reports)") {
      !heard.reports.healths.isEmpty
    }
    #expect(
      heard.reports.healths == [.off(reason: "no station configured: the CSTA server is not asked")]
    )
    await heard.stop()
  }

  private func driver(_ port: Int, _ clock: TestClock) -> CSTADriver {
    CSTADriver(
      CSTAServer(address: "127.0.0.1", port: port), station: "1024", plan: NumberPlan(),
      now: { clock.moment }, clock: clock)
  }
}

/// A CSTA server with one device, which does what it is asked.
private final class StandInSwitch: Sendable {
  private struct State {
    var client: (any Channel)?
    var heard: [String] = []
    var list = PlayedSwitch.list()
    var refused: String?
  }

  private final class Desk: Sendable {
    let state = Mutex(State())

    /// The answer to a request.
    func answer(_ name: String) -> String {
      state.withLock { state in
        state.heard.append(name)
        if state.refused == name {
          return "<CSTAErrorCode><operation>generic</operation></CSTAErrorCode>"
        }
        return switch name {
        case "MonitorStart":
          "<MonitorStartResponse><monitorCrossRefID>5</monitorCrossRefID></MonitorStartResponse>"
        case "SnapshotDevice": state.list
        default: "<\(name)Response/>"
        }
      }
    }
  }

  private final class Handler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let desk: Desk
    private var reader = CSTAReader()

    init(_ desk: Desk) { self.desk = desk }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let frames = (try? reader.feed(unwrapInboundIn(data).readableBytesView)) ?? []
      for frame in frames {
        let answer = desk.answer(XMLBranch.read(frame.body)?.name ?? "")
        let bytes = CSTAFrame(number: frame.number, body: Array(answer.utf8)).encoded ?? []
        context.writeAndFlush(NIOAny(ByteBuffer(bytes: bytes)), promise: nil)
      }
    }
  }

  private let server: any Channel
  private let desk: Desk
  /// The port where it listens.
  let port: Int

  /// A server on a free port of this machine.
  init() async throws {
    let desk = Desk()
    self.desk = desk
    server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        desk.state.withLock { $0.client = channel }
        return channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Handler(desk))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    port = server.localAddress?.port ?? 0
  }

  /// Waits for a request of this name.
  func heard(_ name: String) async throws {
    try await waitUntil("\(name)") { self.desk.state.withLock { $0.heard.contains(name) } }
  }

  /// The call that goes on from now on.
  func calls(_ call: String) { desk.state.withLock { $0.list = PlayedSwitch.list(call) } }

  /// The requests that are refused from now on.
  func refuses(_ name: String) { desk.state.withLock { $0.refused = name } }

  /// Tells the client of an event.
  func say(_ xml: String) async throws {
    let bytes = CSTAFrame(number: 9999, body: Array(xml.utf8)).encoded ?? []
    try await desk.state.withLock { $0.client }?.writeAndFlush(ByteBuffer(bytes: bytes)).get()
  }

  /// Ends the connection.
  func hangUp() async throws { try await desk.state.withLock { $0.client }?.close().get() }

  /// Listens no more.
  func close() async throws { try await server.close().get() }
}

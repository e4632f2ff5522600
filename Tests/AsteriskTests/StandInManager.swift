import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// The manager of an Asterisk on a free port of this machine: plays what a test wants, over real TCP.
final class StandInManager: Sendable {
  /// An action that came, by its headers.
  typealias Action = [String: String]

  private struct State {
    var greeting = "Asterisk Call Manager/11.0.0\r\n"
    var answer: @Sendable (Action) -> String
    var actions: [Action] = []
    var texts: [String] = []
    var connections: [any Channel] = []
    var accepted = 0
    var sent = 0
    var server: (any Channel)?
    var port = 0
  }

  private let state: Mutex<State>
  private let security: NIOSSLContext?

  /// A manager that answers actions so; ``start()`` makes it listen.
  init(
    security: NIOSSLContext? = nil,
    _ answer: @escaping @Sendable (Action) -> String = { StandInManager.accept($0) }
  ) {
    state = Mutex(State(answer: answer))
    self.security = security
  }

  /// The answers of a manager that accepts everything, and has no channels.
  static func accept(_ action: Action) -> String { accept(action, channels: "") }

  /// The same of one with these channels.
  static func accept(_ action: Action, channels: String) -> String {
    let id = "ActionID: \(action["ActionID"] ?? "")\r\n"
    switch action["Action"] {
    case "Login": return "Response: Success\r\n\(id)Message: Authentication accepted\r\n\r\n"
    case "Ping":
      return "Response: Success\r\n\(id)Ping: Pong\r\nTimestamp: 1795342351.059127\r\n\r\n"
    case "CoreShowChannels":
      return "Response: Success\r\n\(id)EventList: start\r\nMessage: Channels will follow\r\n\r\n"
        + channels.replacing("\r\n\r\n", with: "\r\n\(id)\r\n")
        + "Event: CoreShowChannelsComplete\r\n\(id)EventList: Complete\r\nListItems: 0\r\n\r\n"
    case "Originate":
      return "Response: Success\r\n\(id)Message: Originate successfully queued\r\n\r\n"
    case "Getvar":
      return "Response: Success\r\n\(id)Variable: \(action["Variable"] ?? "")\r\n"
        + "Value: allowed_not_screened\r\n\r\n"
    default: return refuse(action, "Invalid/unknown command")
    }
  }

  /// The answer of a manager that does not do it.
  static func refuse(_ action: Action, _ message: String) -> String {
    "Response: Error\r\nActionID: \(action["ActionID"] ?? "")\r\nMessage: \(message)\r\n\r\n"
  }

  /// Listens; the port is kept over a stop.
  func start() async throws {
    let port = state.withLock { $0.port }
    let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let security = self.security {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: security))
          }
          try channel.pipeline.syncOperations.addHandler(ActionHandler(self))
        }
      }
      .bind(host: "127.0.0.1", port: port).get()
    state.withLock {
      $0.server = server
      $0.port = server.localAddress?.port ?? 0
    }
  }

  /// Stops listening, and ends every connection.
  func stop() async throws {
    hangUp()
    let server = state.withLock { state in
      defer { state.server = nil }
      return state.server
    }
    try await server?.close().get()
  }

  var port: Int { state.withLock { $0.port } }
  /// The actions that came, oldest first.
  var actions: [Action] { state.withLock { $0.actions } }
  /// How many of them ask for something else than who is withheld.
  var looks: Int { actions.count { $0["Action"] != "Getvar" } }
  /// How many connections were accepted.
  var accepted: Int { state.withLock { $0.accepted } }
  /// How many bytes were sent.
  var sent: Int { state.withLock { $0.sent } }

  /// How it greets from now on.
  func greet(_ text: String) { state.withLock { $0.greeting = text } }

  /// How it answers from now on.
  func answer(_ answer: @escaping @Sendable (Action) -> String) {
    state.withLock { $0.answer = answer }
  }

  /// Sends bytes to everybody who is connected, and waits until they are on their way.
  func play(_ bytes: some Collection<UInt8> & Sendable) async throws {
    let connections = state.withLock { state in
      state.sent += bytes.count * state.connections.count
      return state.connections
    }
    for channel in connections { try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get() }
  }

  /// Sends a text.
  func play(_ text: String) async throws { try await play(Array(text.utf8)) }

  /// Ends every connection.
  func hangUp() {
    let connections = state.withLock { state in
      defer { state.connections = [] }
      return state.connections
    }
    for channel in connections { channel.close(promise: nil) }
  }

  fileprivate func admit(_ channel: any Channel) {
    let greeting = state.withLock { state in
      state.connections.append(channel)
      state.accepted += 1
      state.sent += state.greeting.utf8.count
      return state.greeting
    }
    channel.writeAndFlush(ByteBuffer(string: greeting), promise: nil)
  }

  fileprivate func take(_ text: String, _ channel: any Channel) {
    var action: Action = [:]
    for line in text.split(separator: "\r\n") {
      let parts = line.split(separator: ": ", maxSplits: 1)
      if parts.count == 2 { action[String(parts[0])] = String(parts[1]) }
    }
    let answer = state.withLock { $0.answer }(action)
    // Both at once: who has seen the action waits for its answer, too.
    state.withLock { state in
      state.actions.append(action)
      state.sent += answer.utf8.count
    }
    channel.writeAndFlush(ByteBuffer(string: answer), promise: nil)
  }
}

/// Cuts what a client sends into actions.
private final class ActionHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let manager: StandInManager
  private var text = ""

  init(_ manager: StandInManager) { self.manager = manager }

  func channelActive(context: ChannelHandlerContext) { manager.admit(context.channel) }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    text += String(buffer: unwrapInboundIn(data))
    while let end = text.firstRange(of: "\r\n\r\n") {
      manager.take(String(text[..<end.lowerBound]), context.channel)
      text.removeSubrange(..<end.upperBound)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

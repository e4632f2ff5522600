import Baresip
import CTIBlock
import NIOCore
import NIOPosix
import Synchronization

/// A program that listens where a softphone would, and answers commands as a test wants.
final class PlayedSoftphone: Sendable {
  /// One command that came.
  struct Command: Hashable, Sendable {
    var name: String
    var parameter: String?
    var token: String

    /// An answer to the command.
    func answer(_ text: String, isDone: Bool = true) -> String {
      let data = text.replacing("\n", with: "\\n").replacing("\u{1B}", with: "\\u001b")
      return #"{"response":true,"ok":\#(isDone),"data":"\#(data)","token":"\#(token)"}"#
    }
  }

  private struct State {
    var commands: [Command] = []
    var connections: [any Channel] = []
    var accepted = 0
    var port = 0
    var server: (any Channel)?
    var answer: @Sendable (Command) -> String?
  }

  private let state: Mutex<State>

  /// A softphone that answers so; nil: not at all.
  init(_ answer: @escaping @Sendable (Command) -> String? = PlayedSoftphone.version("1.0.0")) {
    state = Mutex(State(answer: answer))
  }

  /// What a softphone of this version answers, which has these calls.
  static func version(
    _ version: String, calls: String = ""
  ) -> @Sendable (Command) -> String? {
    { command in
      switch command.name {
      case "about": command.answer("| \u{1B}[34;1mbare\u{1B}[31;1msip\u{1B}[;m \(version) |\n")
      case "listcalls": command.answer("\n--- Active calls ---\n\(calls)\n")
      case "callfind" where command.parameter == "gone":
        command.answer("call not found (gone)\n")
      default: command.answer(command.name == "dial" ? "" : "\(command.name) done\n")
      }
    }
  }

  /// Listens; the port is kept over a stop.
  func start() async throws {
    let port = state.withLock { $0.port }
    let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          self.state.withLock {
            $0.connections.append(channel)
            $0.accepted += 1
          }
          try channel.pipeline.syncOperations.addHandler(SoftphoneHandler(self))
        }
      }
      .bind(host: "127.0.0.1", port: port).get()
    state.withLock {
      $0.server = server
      $0.port = server.localAddress?.port ?? 0
    }
  }

  /// Ends, with its connections.
  func stop() async throws {
    dropConnections()
    try await state.withLock { $0.server }?.close().get()
  }

  var port: Int { state.withLock { $0.port } }

  /// The commands that came so far.
  var commands: [Command] { state.withLock { $0.commands } }

  /// How many connections came so far.
  var accepted: Int { state.withLock { $0.accepted } }

  /// Answers differently from now on.
  func answer(_ answer: @escaping @Sendable (Command) -> String?) {
    state.withLock { $0.answer = answer }
  }

  /// Ends all connections and goes on listening.
  func dropConnections() {
    for channel in takeConnections() { channel.close(promise: nil) }
  }

  /// Sends bytes as they are.
  func say(raw bytes: [UInt8]) {
    for channel in state.withLock({ $0.connections }) {
      channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
    }
  }

  /// Sends a text as a netstring.
  func say(_ text: String) { say(raw: Array("\(text.utf8.count):\(text),".utf8)) }

  private func takeConnections() -> [any Channel] {
    state.withLock { state in
      defer { state.connections = [] }
      return state.connections
    }
  }

  fileprivate func take(_ command: Command) -> String? {
    state.withLock { state in
      state.commands.append(command)
      return state.answer
    }(command)
  }
}

/// One connection to a ``PlayedSoftphone``.
private final class SoftphoneHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let phone: PlayedSoftphone
  private var reader = NetstringReader()

  init(_ phone: PlayedSoftphone) { self.phone = phone }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard let texts = try? reader.feed(unwrapInboundIn(data).readableBytesView) else {
      return context.close(promise: nil)
    }
    for text in texts {
      guard case .object(let members) = try? JSONValue(text) else { continue }
      let command = PlayedSoftphone.Command(
        name: members["command"]?.text ?? "", parameter: members["params"]?.text,
        token: members["token"]?.text ?? "")
      guard let answer = phone.take(command) else { continue }
      context.writeAndFlush(
        NIOAny(ByteBuffer(string: "\(answer.utf8.count):\(answer),")), promise: nil)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

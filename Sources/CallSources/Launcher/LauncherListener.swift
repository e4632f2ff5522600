import CallWire
import Glibc
import NIOCore
import NIOPosix

/// A window's socket that is being listened on.
struct LauncherListener {
  /// How many launchers are heard at once.
  private static let connectionLimit = 256

  private let socket: WindowSocket
  private let server: any Channel

  /// Claims the station's socket and begins to listen on the group's threads; throws what
  /// ``WindowSocket/claim(_:station:)`` throws.
  init(
    _ directory: RuntimeDirectory, station: String?, on group: any EventLoopGroup,
    handler: @escaping @Sendable () -> LineHandler
  ) async throws(CallWireError) {
    let socket = try WindowSocket.claim(directory, station: station)
    self.socket = socket
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: SOMAXCONN)
      .serverChannelInitializer { server in
        server.eventLoop.makeCompletedFuture {
          try server.pipeline.syncOperations.addHandler(
            ConnectionLimit(limit: Self.connectionLimit))
        }
      }
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelInitializer { Self.admit($0, handler) }
    do {
      server = try await bootstrap.withBoundSocket(socket.descriptor).get()
    } catch {
      socket.removePath()
      throw .system(
        tried: "listen on", path: socket.path, code: (error as? IOError)?.errnoCode ?? EIO)
    }
  }

  /// Whether launchers still find the socket and are heard.
  var isHeard: Bool { server.isActive && socket.isInPlace }

  /// Takes the socket away first, so that a launcher that comes now uses the spool, then stops.
  func close() async {
    socket.removePath()
    // Closing fails only where the channel has been closed already.
    try? await server.close().get()
  }

  /// Lets the peer talk if it runs under this user (R16).
  private static func admit(
    _ channel: any Channel, _ handler: @escaping @Sendable () -> LineHandler
  ) -> EventLoopFuture<Void> {
    guard let options = channel as? any SocketOptionProvider else {
      preconditionFailure("a stream socket's channel has socket options")
    }
    let peer: EventLoopFuture<PeerCredentials> = options.unsafeGetSocketOption(
      level: .socket, name: NIOBSDSocket.Option(rawValue: SO_PEERCRED))
    return peer.flatMapThrowing { peer in
      guard peer.user == geteuid() else { throw ChannelError.operationUnsupported }
      try channel.pipeline.syncOperations.addHandler(handler())
    }
  }
}

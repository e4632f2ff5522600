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

  /// Claims the station's socket and begins to listen on the loop; fails with what
  /// ``WindowSocket/claim(_:station:)`` throws.
  static func open(
    _ directory: RuntimeDirectory, station: String?, on loop: any EventLoop,
    refused: @escaping @Sendable (String) -> Void,
    handler: @escaping @Sendable () -> LineHandler
  ) -> EventLoopFuture<LauncherListener> {
    let socket: WindowSocket
    do {
      socket = try WindowSocket.claim(directory, station: station)
    } catch {
      return loop.makeFailedFuture(error)
    }
    return ServerBootstrap(group: loop)
      .serverChannelOption(.backlog, value: SOMAXCONN)
      .serverChannelInitializer { server in
        server.eventLoop.makeCompletedFuture {
          try server.pipeline.syncOperations.addHandler(
            ConnectionLimit(limit: connectionLimit))
        }
      }
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelInitializer { admit($0, refused, handler) }
      .withBoundSocket(socket.descriptor)
      .map { LauncherListener(socket: socket, server: $0) }
      .flatMapErrorThrowing { error in
        socket.removePath()
        let code = (error as? IOError)?.errnoCode ?? EIO
        throw CallWireError.system(tried: "listen on", path: socket.path, code: code)
      }
  }

  /// Whether launchers still find the socket and are heard.
  var isHeard: Bool { server.isActive && socket.isInPlace }

  /// Takes the socket away first, so that a launcher that comes now uses the spool, then stops.
  func close() -> EventLoopFuture<Void> {
    socket.removePath()
    // Closing fails only where the channel has been closed already.
    return server.close().recover { _ in }
  }

  /// Lets the peer talk if it runs under this user (R16).
  private static func admit(
    _ channel: any Channel, _ refused: @escaping @Sendable (String) -> Void,
    _ handler: @escaping @Sendable () -> LineHandler
  ) -> EventLoopFuture<Void> {
    guard let options = channel as? any SocketOptionProvider else {
      preconditionFailure("a stream socket's channel has socket options")
    }
    let peer: EventLoopFuture<PeerCredentials> = options.unsafeGetSocketOption(
      level: .socket, name: NIOBSDSocket.Option(rawValue: SO_PEERCRED))
    return peer.flatMapThrowing { peer in
      guard peer.user == geteuid() else {
        refused("a program of the user \(peer.user) wanted to tell of a call")
        throw ChannelError.operationUnsupported
      }
      try channel.pipeline.syncOperations.addHandler(handler())
    }
  }
}

import NIOCore
import NIOPosix
import Synchronization
import TestSupport

/// A program that says lines to whoever is connected, as the call monitor of a box does: it reads nothing.
final class StandInBox: Sendable {
  private let server: any Channel
  private let clients: Accepted
  /// The port where it listens.
  let port: Int

  private final class Accepted: Sendable {
    let latest = Mutex<(any Channel)?>(nil)
  }

  /// A box that listens on a free port of this machine.
  init() async throws {
    let clients = Accepted()
    self.clients = clients
    server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        clients.latest.withLock { $0 = channel }
        return channel.eventLoop.makeSucceededVoidFuture()
      }
      .bind(host: "127.0.0.1", port: 0).get()
    port = server.localAddress?.port ?? 0
  }

  /// Waits until somebody is connected; the client's port.
  func connected() async throws -> Int {
    try await waitFor("a client", instead: "nobody") {
      let client = clients.latest.withLock { $0 }
      return client?.isActive == true ? client?.remoteAddress?.port : nil
    }
  }

  /// Says this to the latest client.
  func say(_ text: String) async throws {
    try await clients.latest.withLock { $0 }?.writeAndFlush(ByteBuffer(string: text)).get()
  }

  /// Ends the connection with the latest client.
  func hangUp() async throws {
    let client = clients.latest.withLock { client in
      defer { client = nil }
      return client
    }
    try await client?.close().get()
  }

  /// Listens no more.
  func close() async throws { try await server.close().get() }
}

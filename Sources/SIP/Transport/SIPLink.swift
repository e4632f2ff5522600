import Connector
import Glibc
import NIOCore
import NIOPosix

/// The way to the server, by UDP, TCP or TLS, on one event loop.
struct SIPLink {
  /// What comes in on a way.
  struct Listener: Sendable {
    /// All that comes, before it is read.
    var bytes: @Sendable ([UInt8]) -> Void
    /// A message, and who sent it.
    var message: @Sendable (SIPMessage, SIPHop) -> Void
    /// The way is no more; the end of a sentence.
    var closed: @Sendable (String) -> Void
  }

  private let channel: any Channel
  private let server: SocketAddress
  private let transport: SIPAccount.Transport
  /// Where this side is.
  let local: SIPHop

  /// Makes the way.
  static func open(
    _ server: SocketAddress, of account: SIPAccount, on loop: any EventLoop, _ listener: Listener
  ) -> EventLoopFuture<SIPLink> {
    let transport = account.transport
    let channel =
      transport.isStream
      ? connection(server, account, loop, listener) : datagrams(server, loop, listener)
    return channel.flatMapThrowing { channel in
      guard let local = channel.localAddress.flatMap({ SIPHop($0) }) else {
        throw ChannelError.unknownLocalAddress
      }
      return SIPLink(channel: channel, server: server, transport: transport, local: local)
    }
  }

  /// Sends a message; to another place than the server only by UDP, and only to an address.
  func send(_ bytes: [UInt8], to hop: SIPHop?) {
    let buffer = ByteBuffer(bytes: bytes)
    if transport == .udp {
      let address = hop.flatMap { try? SocketAddress(ipAddress: $0.host, port: $0.port) }
      let envelope = AddressedEnvelope(remoteAddress: address ?? server, data: buffer)
      channel.writeAndFlush(envelope, promise: nil)
    } else {
      // A server that asks and does not listen must not fill the memory.
      guard channel.isWritable else { return close() }
      channel.writeAndFlush(buffer, promise: nil)
    }
  }

  /// Ends the way.
  func close() { channel.close(promise: nil) }

  private static func datagrams(
    _ server: SocketAddress, _ loop: any EventLoop, _ listener: Listener
  ) -> EventLoopFuture<any Channel> {
    // A connected socket tells which of this machine's addresses leads to the server; messages come from
    // other places as well, so it is not the one that is used.
    DatagramBootstrap(group: loop).connect(to: server).flatMap { probe in
      let local = probe.localAddress?.ipAddress
      return probe.close().flatMap {
        guard let local, let address = try? SocketAddress(ipAddress: local, port: 0) else {
          return loop.makeFailedFuture(ChannelError.unknownLocalAddress)
        }
        return DatagramBootstrap(group: loop)
          // A datagram that does not fit would be cut.
          .channelOption(
            .recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 65_536)
          )
          .channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
              try channel.pipeline.syncOperations.addHandler(SIPDatagramHandler(listener))
            }
          }
          .bind(to: address)
      }
    }
  }

  private static func connection(
    _ server: SocketAddress, _ account: SIPAccount, _ loop: any EventLoop, _ listener: Listener
  ) -> EventLoopFuture<any Channel> {
    // The kernel notices a server that vanished, and no timer of ours is needed [s].
    let keepAlive = [(TCP_KEEPIDLE, 60), (TCP_KEEPINTVL, 10), (TCP_KEEPCNT, 3)]
    let secure: (@Sendable (any Channel) throws -> Void)?
    do {
      secure = try account.transport == .tls ? account.peer.securing() : nil
    } catch {
      return loop.makeFailedFuture(error)
    }
    var bootstrap = ClientBootstrap(group: loop)
      .connectTimeout(.seconds(5))
      .channelOption(.socketOption(.so_keepalive), value: 1)
    for (option, value) in keepAlive {
      bootstrap = bootstrap.channelOption(
        .tcpOption(.init(rawValue: option)), value: SocketOptionValue(value))
    }
    return
      bootstrap
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try secure?(channel)
          try channel.pipeline.syncOperations.addHandler(
            SIPStreamHandler(listener, peer: SIPHop(server)))
        }
      }
      .connect(to: server)
  }
}

extension SIPAccount {
  /// The server, as connections know it.
  fileprivate var peer: ConnectorPeer {
    ConnectorPeer(host: server.host, port: server.port, trust: trust)
  }
}

extension SIPHop {
  /// The address of a socket; nil when it has no port.
  init?(_ address: SocketAddress) {
    guard let host = address.ipAddress, let port = address.port else { return nil }
    self.init(host: host, port: port)
  }
}

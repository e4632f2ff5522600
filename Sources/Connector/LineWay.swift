package import NIOCore

/// How a way to a peer is made.
package protocol LineCarrier: Sendable {
  /// Whether what comes is a stream in pieces, in which messages begin and end anywhere.
  var isStream: Bool { get }
  /// Makes a way, on the runtime's loop; the listener is told there what comes of it.
  func open(_ runtime: ConnectorRuntime, _ listener: LineListener)
}

/// What comes in on a way to a peer.
package struct LineListener: Sendable {
  /// There is one.
  package var opened: @Sendable (any LineWay) -> Void
  /// A message, or the next piece of a stream, and who sent it.
  package var received: @Sendable (ByteBuffer, LineAddress?) -> Void
  /// There is no more, or none came.
  package var ended: @Sendable (ConnectionFailure) -> Void
}

/// A way to a peer.
package protocol LineWay: Sendable {
  /// Where this side is.
  var local: LineAddress? { get }
  /// Completes once it is closed.
  var closed: EventLoopFuture<Void> { get }
  /// Sends; nil: to the peer. What cannot be sent ends it, which is told then.
  func send(_ bytes: [UInt8], to place: LineAddress?)
  /// Ends it.
  func close()
}

/// A connection, or a socket for datagrams.
struct ChannelWay: LineWay {
  let channel: any Channel
  /// Where datagrams go; nil: it is a connection.
  let peer: SocketAddress?

  var local: LineAddress? { channel.localAddress.flatMap { LineAddress($0) } }
  var closed: EventLoopFuture<Void> { channel.closeFuture }

  /// Only a datagram can go elsewhere than to the peer, and only to an address.
  func send(_ bytes: [UInt8], to place: LineAddress?) {
    let buffer = ByteBuffer(bytes: bytes)
    if let peer {
      let address = place.flatMap { try? SocketAddress(ipAddress: $0.host, port: $0.port) }
      let envelope = AddressedEnvelope(remoteAddress: address ?? peer, data: buffer)
      channel.writeAndFlush(envelope, promise: nil)
    } else {
      // A peer that asks and does not listen must not fill the memory.
      guard channel.isWritable else { return close() }
      channel.writeAndFlush(buffer, promise: nil)
    }
  }

  func close() { channel.close(promise: nil) }
}

extension LineAddress {
  /// The address of a socket; nil when it has no port.
  init?(_ address: SocketAddress) {
    guard let host = address.ipAddress, let port = address.port else { return nil }
    self.init(host: host, port: port)
  }
}

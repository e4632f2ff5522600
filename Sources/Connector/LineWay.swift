import NIOCore

/// What comes in on a way to a peer.
struct LineListener: Sendable {
  /// There is one.
  var opened: @Sendable (LineWay) -> Void
  /// A datagram, or the next piece of a stream, and who sent it.
  var received: @Sendable (ByteBuffer, LineAddress?) -> Void
  /// There is no more, or none came.
  var ended: @Sendable (ConnectionFailure) -> Void
}

/// A way to a peer: a connection, or a socket for datagrams.
struct LineWay {
  let channel: any Channel
  /// Where datagrams go; nil: it is a connection.
  let peer: SocketAddress?

  /// Where this side is.
  var local: LineAddress? { channel.localAddress.flatMap { LineAddress($0) } }
  /// Comes true when it is no more.
  var closed: EventLoopFuture<Void> { channel.closeFuture }

  /// Sends; elsewhere than to the peer only a datagram, and only to an address. What cannot be sent ends a connection,
  /// which is told then.
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

  /// Ends it.
  func close() { channel.close(promise: nil) }
}

extension LineAddress {
  /// The address of a socket; nil when it has no port.
  init?(_ address: SocketAddress) {
    guard let host = address.ipAddress, let port = address.port else { return nil }
    self.init(host: host, port: port)
  }
}

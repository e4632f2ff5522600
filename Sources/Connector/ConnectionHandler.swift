import NIOCore
import NIOSSL

/// The end of one connection's pipeline: tells the listener what happens.
final class ConnectionHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let listener: LineListener
  private var peer: LineAddress?
  private var failure: ConnectionFailure?

  /// The end of a connection whose news go to the listener.
  init(_ listener: LineListener) { self.listener = listener }

  func channelActive(context: ChannelHandlerContext) {
    peer = context.channel.remoteAddress.flatMap { LineAddress($0) }
    listener.opened(ChannelWay(channel: context.channel, peer: nil))
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    listener.received(unwrapInboundIn(data), peer)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    failure = failure ?? ConnectionFailure(error, certificate: Self.certificate(context))
    context.close(promise: nil)
  }

  /// The certificate that the peer has shown, trusted or not.
  private static func certificate(_ context: ChannelHandlerContext) -> NIOSSLCertificate? {
    // Throws where there is no TLS.
    try? context.pipeline.syncOperations.nioSSL_peerCertificate()
  }

  func channelInactive(context: ChannelHandlerContext) { listener.ended(failure ?? .closed) }
}

/// The end of a socket's pipeline: tells the listener of datagrams.
final class DatagramHandler: ChannelInboundHandler {
  typealias InboundIn = AddressedEnvelope<ByteBuffer>

  private let listener: LineListener
  private let peer: SocketAddress
  private let unheard: @Sendable () -> Void
  private var isHeard = false

  /// The end of a socket for datagrams to `peer`, whose news go to the listener; `unheard` is called when it closes before
  /// anything has come.
  init(_ listener: LineListener, peer: SocketAddress, unheard: @escaping @Sendable () -> Void) {
    self.listener = listener
    self.peer = peer
    self.unheard = unheard
  }

  func channelActive(context: ChannelHandlerContext) {
    listener.opened(ChannelWay(channel: context.channel, peer: peer))
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let envelope = unwrapInboundIn(data)
    isHeard = true
    listener.received(envelope.data, LineAddress(envelope.remoteAddress))
  }

  /// One datagram that could not be delivered says nothing of the next.
  func errorCaught(context: ChannelHandlerContext, error: any Error) {}

  func channelInactive(context: ChannelHandlerContext) {
    if !isHeard { unheard() }
    listener.ended(.closed)
  }
}

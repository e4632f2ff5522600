import Connector
import NIOCore

/// Reads messages from datagrams, one each; what is none is dropped.
final class SIPDatagramHandler: ChannelInboundHandler {
  typealias InboundIn = AddressedEnvelope<ByteBuffer>

  private let listener: SIPLink.Listener

  /// Hands messages to the listener.
  init(_ listener: SIPLink.Listener) { self.listener = listener }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let envelope = unwrapInboundIn(data)
    let bytes = Array(envelope.data.readableBytesView)
    listener.bytes(bytes)
    guard let peer = SIPHop(envelope.remoteAddress),
      let message = SIPMessage(bytes)
    else { return }
    listener.message(message, peer)
  }

  func channelInactive(context: ChannelHandlerContext) { listener.closed("the socket was closed") }

  /// One datagram that could not be delivered says nothing of the next.
  func errorCaught(context: ChannelHandlerContext, error: any Error) {}
}

/// Reads messages from a connection; what is no SIP ends it.
final class SIPStreamHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let listener: SIPLink.Listener
  private let peer: SIPHop?
  private var stream = SIPStream()
  private var end = "it closed the connection"

  /// Hands the messages of `peer` to the listener.
  init(_ listener: SIPLink.Listener, peer: SIPHop?) {
    self.listener = listener
    self.peer = peer
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let bytes = Array(unwrapInboundIn(data).readableBytesView)
    listener.bytes(bytes)
    do throws(SIPStream.Broken) {
      for message in try stream.feed(bytes) {
        guard let peer, context.channel.isActive else { return }
        listener.message(message, peer)
      }
    } catch {
      end = "what it sends is no SIP"
      context.close(promise: nil)
    }
  }

  func channelInactive(context: ChannelHandlerContext) { listener.closed(end) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    end = networkDetail(error)
    context.close(promise: nil)
  }
}

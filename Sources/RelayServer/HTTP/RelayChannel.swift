import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// One connection: HTTP/1 as Hummingbird sets it up, with ``RequestLineMender`` before it and
/// ``ConnectionGuard`` in it.
struct RelayChannel: HTTPChannelHandler {
  typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

  let responder: Responder
  let patience: Patience

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    channel.eventLoop.makeCompletedFuture {
      var limits = NIOHTTPDecoderLimitConfiguration()
      // Of a line and of all headers; what the relay itself allows is less, and is answered properly.
      limits.maxHeaderFieldSize = RequestLineMender.longest
      limits.maxHeaderListSize = RequestLineMender.longest + ConnectionGuard.longestHeaders
      limits.maxHeaderFieldCount = 100
      let pipeline = channel.pipeline.syncOperations
      try pipeline.addHandler(RequestLineMender())
      try pipeline.configureHTTPServerPipeline(
        withPipeliningAssistance: false, withErrorHandling: false,
        withOutboundHeaderValidation: false, withEncoderConfiguration: .init(),
        withDecoderLimitConfiguration: limits)
      try pipeline.addHandler(ConnectionGuard(patience))
      try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
      // Closes the connections that wait for nothing when the relay stops.
      try pipeline.addHandler(HTTPConnectionStateHandler(logger: logger))
      return try NIOAsyncChannel(
        wrappingChannelSynchronously: channel,
        configuration: .init(isOutboundHalfClosureEnabled: true))
    }
  }

  func handle(value: Value, logger: Logger) async {
    await handleHTTP(asyncChannel: value, logger: logger)
  }
}

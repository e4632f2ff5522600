package import AsyncHTTPClient
package import NIOCore
package import NIOHTTP1

/// Takes one answer as it comes, on an event loop: a task that waits for it would wake the process once a second.
package final class WebExchange: HTTPClientResponseDelegate {
  package typealias Response = Void

  private let loop: any EventLoop
  private let head: @Sendable (HTTPResponseHead) throws -> Void
  private let piece: @Sendable (ByteBuffer) throws -> Void

  /// An answer whose parts go to these, which end it by what they throw.
  package init(
    on loop: any EventLoop, head: @escaping @Sendable (HTTPResponseHead) throws -> Void,
    piece: @escaping @Sendable (ByteBuffer) throws -> Void
  ) {
    self.loop = loop
    self.head = head
    self.piece = piece
  }

  package func didReceiveHead(
    task: HTTPClient.Task<Void>, _ head: HTTPResponseHead
  ) -> EventLoopFuture<Void> { loop.makeCompletedFuture { try self.head(head) } }

  package func didReceiveBodyPart(
    task: HTTPClient.Task<Void>, _ buffer: ByteBuffer
  ) -> EventLoopFuture<Void> { loop.makeCompletedFuture { try piece(buffer) } }

  package func didFinishRequest(task: HTTPClient.Task<Void>) throws {}
}

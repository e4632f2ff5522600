package import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// Refuses answers that nobody can use, before the HTTP library has them: there, a status below 100 ends the program.
final class AnswerGuard: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias InboundOut = HTTPClientResponsePart

  /// Whether an answer was refused, with which the connection ends.
  private var isOver = false

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isOver else { return }
    if case .head(let head) = unwrapInboundIn(data), let fault = Self.fault(of: head) {
      isOver = true
      context.fireErrorCaught(WebFailure.nonsense(detail: fault))
      return context.close(promise: nil)
    }
    context.fireChannelRead(data)
  }

  /// What is wrong with an answer; nil: nothing, or its status says what it is.
  private static func fault(of head: HTTPResponseHead) -> String? {
    let code = head.status.code
    guard code >= 100 else { return "it answers with the status \(code)" }
    guard (200...299).contains(code) else { return nil }
    let unread =
      codings(head, "content-encoding").drop { ["gzip", "deflate"].contains($0) }
      + codings(head, "transfer-encoding")
    return unread.first.map { "it answers in the coding \($0), for which it was not asked" }
  }

  private static func codings(_ head: HTTPResponseHead, _ name: String) -> [String] {
    head.headers[canonicalForm: name].map { $0.lowercased() }
      .filter { !["", "identity", "chunked"].contains($0) }
  }
}

extension HTTPClient.Configuration {
  /// As every client of ours has it.
  package init(through proxy: ProxyChoice) {
    self.init()
    connectionPool.retryConnectionEstablishment = false
    httpVersion = .http1Only
    // For servers that compress unasked; with the library's limit on what few bytes may become.
    decompression = Self.singletonConfiguration.decompression
    http1_1ConnectionDebugInitializer = { channel in
      channel.eventLoop.makeCompletedFuture {
        let pipeline = channel.pipeline.syncOperations
        let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
        try pipeline.addHandler(AnswerGuard(), position: .after(decoder))
      }
    }
    if case .proxy(let host, let port, let authorization) = proxy {
      self.proxy = .server(host: host, port: port, authorization: authorization)
    }
  }
}

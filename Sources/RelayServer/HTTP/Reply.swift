import NIOCore
import NIOHTTP1

/// What the relay answers a request.
enum Reply: Sendable {
  /// A whole answer.
  case whole(status: HTTPResponseStatus, headers: HTTPHeaders, body: ByteBuffer)
  /// A stream of events, which goes on until the client goes or the relay stops.
  case events(EventStream.Request)

  /// A text.
  static func text(_ text: String, type: String = "text/plain") -> Reply {
    .whole(status: .ok, headers: ["content-type": type], body: ByteBuffer(string: text))
  }

  /// A refusal's sentence as plain text.
  init(_ refusal: Refusal) {
    var headers = refusal.headers
    headers.add(name: "content-type", value: "text/plain; charset=utf-8")
    self = .whole(
      status: refusal.status, headers: headers, body: ByteBuffer(string: refusal.sentence + "\n"))
  }

  /// The status that the client gets.
  var status: HTTPResponseStatus {
    switch self {
    case .whole(let status, _, _): status
    case .events: .ok
    }
  }
}

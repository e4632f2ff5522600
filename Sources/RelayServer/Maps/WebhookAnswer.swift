import NIOCore
import NIOHTTP1

/// What a vendor wants back, beside the status: a text of its own request, by which it sees that its webhooks are awaited,
/// or a document, without which it tells nothing more of a call.
struct WebhookAnswer: Sendable {
  /// The longest text that is given back [bytes].
  private static let longestEcho = 2048

  /// Where the text is that is given back; the first place that has one counts.
  var echoes: [FieldPath.Place] = []
  /// What every other webhook is answered.
  var text = ""
  /// The media type of that.
  var type = "text/plain"

  /// The answer to what is taken or ignored.
  var reply: Reply { .text(text, type: type) }

  /// The answer to a request that only asks for a text back; nil when it is none.
  func echo(_ head: HTTPRequestHead) throws(Refusal) -> Reply? {
    let query = FormField.all(in: try RequestTarget(head.uri).query)
    for place in echoes {
      switch place {
      case .query(let name):
        if let text = Self.harmless(WebhookContent.text(name, in: query, .blank)) {
          var headers: HTTPHeaders = ["content-type": "text/plain"]
          // A stranger's text is never a page.
          headers.add(name: "x-content-type-options", value: "nosniff")
          return .whole(status: .ok, headers: headers, body: ByteBuffer(string: text))
        }
      case .header(let name):
        if let text = Self.harmless(head.headers.first(name: name)) {
          return .whole(
            status: .ok, headers: ["content-type": "text/plain", name: text], body: ByteBuffer())
        }
      case .body, .element: continue
      }
    }
    return nil
  }

  private static func harmless(_ text: String?) -> String? {
    guard let text, (1...longestEcho).contains(text.utf8.count),
      text.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
    else { return nil }
    return text
  }
}

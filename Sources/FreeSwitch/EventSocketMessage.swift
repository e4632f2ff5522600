/// A message of an event socket: what kind it is, and what is in it.
package struct EventSocketMessage: Hashable {
  /// The lines before the empty one, by name.
  package var head: [String: String] = [:]
  /// The bytes behind it.
  package var body: [UInt8] = []

  /// What the body is: `auth/request`, `command/reply`, `api/response`, `text/event-plain`.
  package var contentType: String { head["Content-Type"] ?? "" }
  /// The answer to a command: `+OK accepted`, `-ERR invalid`; of a command of the console, its output.
  package var reply: String {
    head["Reply-Text"] ?? String(decoding: body.prefix(256), as: UTF8.self)
  }
  /// Whether it says that a filter was added or deleted.
  var isAboutFilter: Bool { head["Reply-Text"]?.hasPrefix("+OK filter ") ?? false }
  /// Whether what was asked for is done.
  package var isDone: Bool { reply.hasPrefix("+OK") }
}

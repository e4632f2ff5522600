import Hummingbird
import NIOCore
import ServiceLifecycle
import Telephony

/// The body of `events`: server-sent events (WHATWG HTML Standard, 9.2).
///
///     id: 1795004662001
///     data: {"tel":"0388202122","event":"ring","id":"1795004662001","age":0}
///
/// and a blank line after each; a line `:` at the beginning and every 15 s.
struct EventStream: Sendable {
  var key: StationKey
  /// The number of the last event that the client has (`Last-Event-ID`).
  var last: UInt64?
  var names: ParameterNames
  var hub: EventHub
  var store: any CallStore
  var now: @Sendable () -> Moment

  /// Writes until the client goes, is too slow, or the relay stops.
  ///
  /// - Parameter connection: Its end ends the stream.
  func body(over connection: any Channel) -> ResponseBody {
    ResponseBody { writer in
      let (queue, missed) = hub.subscribe(to: key, after: last)
      defer { hub.remove(queue, from: key) }
      connection.closeFuture.whenComplete { _ in queue.finish() }
      var reached = last ?? 0
      // At once, so that proxies and clients that wait for a first byte pass the answer's beginning on.
      try await writer.write(Self.comment)
      // Read after listening has begun, so that no event falls between the two.
      let current = try await store.call(of: key, once: false)
      for event in missed + [current].compactMap(\.self) where event.sequence > reached {
        reached = event.sequence
        try await writer.write(text(of: event))
      }
      try await withGracefulShutdownHandler {
        for await item in queue.items {
          switch item {
          case .comment: try await writer.write(Self.comment)
          case .event(let event) where event.sequence > reached:
            reached = event.sequence
            try await writer.write(text(of: event))
          case .event: break
          }
        }
      } onGracefulShutdown: {
        queue.finish()
      }
      try await writer.finish(nil)
    }
  }

  private static let comment = ByteBuffer(string: ":\n\n")

  private func text(of event: RelayedCall) -> ByteBuffer {
    var text = ByteBuffer(string: "id: \(event.sequence)\ndata: ")
    text.writeBytes(event.json(names, at: now()).bytes)
    text.writeString("\n\n")
    return text
  }
}

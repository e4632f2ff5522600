import NIOCore
import NIOHTTP1
import Telephony
import TextForms

/// The body of `events`: server-sent events (WHATWG HTML Standard, 9.2), written on the connection's loop.
///
///     id: 1795004662001
///     data: {"tel":"0388202122","event":"ring","id":"1795004662001","age":0}
///
/// and a blank line after each; a line `:` at the beginning and every 15 s. One that is told after later ones, because a
/// shared store had lost it, has no `id:`.
final class EventStream {
  /// What is asked for.
  struct Request: Sendable {
    var key: StationKey
    /// The number of the last event that the client has (`Last-Event-ID`).
    var last: UInt64?
    var names: ParameterNames
    var hub: EventHub
    var store: any CallStore
    var now: @Sendable () -> Moment
    /// How long the client may take in nothing of what is written.
    var patience: TimeAmount
  }

  private let request: Request
  private let channel: any Channel
  private var queue: EventQueue?
  /// The highest number of an event that the client has.
  private var reached: UInt64 = 0
  /// The number of the station's value, which was written before its event may have come.
  private var shown: UInt64?
  /// Whether what was missed is written, so that news can follow.
  private var hasBegun = false
  private var isOver = false

  /// How many writes the system has not taken, and since when it has taken none.
  private var unsent = 0
  private var movedAt = NIODeadline.now()
  private var timer: Scheduled<Void>?

  init(_ request: Request, over channel: any Channel) {
    self.request = request
    self.channel = channel
  }

  /// Writes what the client has missed, and from then on what happens, until the client goes, takes nothing
  /// in, or the relay stops.
  func begin() {
    let bound = NIOLoopBound(self, eventLoop: channel.eventLoop)
    let loop = channel.eventLoop
    let queue = EventQueue { loop.execute { bound.value.goOn() } }
    self.queue = queue
    let (missed, reached) = request.hub.subscribe(queue, to: request.key, after: request.last)
    self.reached = reached
    // At once, so that proxies and clients that wait for a first byte pass the answer's beginning on.
    write(Self.comment)
    channel.flush()
    // Read after listening has begun, so that no event falls between the two.
    request.store.call(of: request.key, once: false) { current in
      loop.execute { bound.value.begin(missed, current) }
    }
  }

  /// Writes what has come, as far as the client keeps up.
  func goOn() {
    guard hasBegun, !isOver, channel.isWritable, let queue else { return }
    let (items, isFull) = queue.drain()
    for item in items {
      switch item {
      case .comment: write(Self.comment)
      case .event(let event): if event.sequence != shown { write(event) }
      }
    }
    channel.flush()
    if isFull { finish() }
  }

  /// Ends the stream in order.
  func finish() {
    guard !isOver else { return }
    stop()
    channel.writeAndFlush(HTTPServerResponsePart.end(nil), promise: nil)
  }

  /// Stops listening; the connection has gone, or goes.
  func stop() {
    isOver = true
    timer?.cancel()
    if let queue { request.hub.remove(queue, from: request.key) }
  }

  private func begin(_ missed: [RelayedCall], _ current: Result<RelayedCall?, StoreOutage>) {
    guard !isOver else { return }
    // The store has gone meanwhile: the client comes back.
    guard case .success(let current) = current else { return finish() }
    for event in missed { write(event) }
    if let current, current.sequence > reached {
      write(current)
      shown = current.sequence
    }
    hasBegun = true
    goOn()
  }

  private static let comment = ByteBuffer(string: ":\n\n")

  private func write(_ event: RelayedCall) {
    var text = ByteBuffer()
    // An event that is told late does not change where the client goes on when it comes back.
    if event.sequence > reached {
      reached = event.sequence
      text.writeString("id: \(event.sequence)\n")
    }
    text.writeString("data: ")
    text.writeBytes(event.json(request.names, at: request.now()).bytes)
    text.writeString("\n\n")
    write(text)
  }

  private func write(_ text: ByteBuffer) {
    let written = channel.eventLoop.makePromise(of: Void.self)
    if unsent == 0 { movedAt = .now() }
    unsent += 1
    written.futureResult.assumeIsolated().whenComplete { [self] _ in
      unsent -= 1
      movedAt = .now()
    }
    channel.write(HTTPServerResponsePart.body(.byteBuffer(text)), promise: written)
    if timer == nil { watch(until: movedAt + request.patience) }
  }

  /// Who does not read is not waited for: what comes would fill the memory, and the connection is dead or
  /// its window hangs.
  private func watch(until limit: NIODeadline) {
    let bound = NIOLoopBound(self, eventLoop: channel.eventLoop)
    timer = channel.eventLoop.scheduleTask(deadline: limit) {
      let stream = bound.value
      stream.timer = nil
      guard !stream.isOver, stream.unsent > 0 else { return }
      let limit = stream.movedAt + stream.request.patience
      guard limit <= .now() else { return stream.watch(until: limit) }
      stream.channel.close(promise: nil)
    }
  }
}

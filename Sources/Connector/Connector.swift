import NIOCore
import NIOPosix
import Synchronization
package import Telephony

/// Keeps one session in conversation with its peer: connects, hands bytes over, waits, tells how it is, and
/// tries again.
///
/// A connection that fails is tried again after 1 s, then less and less often, at last once a minute. One that
/// was up for a minute was a good one, and the next try comes soon. All of it happens on one event loop.
package final class Connector<Session: ConnectorSession>: Sendable {
  private struct State {
    var session: Session
    var backoff = Backoff(interval: .seconds(1))
    /// Counts connections: news of an earlier one is old.
    var ticket = 0
    var channel: (any Channel)?
    var downSince: Moment?
    var upSince: Moment?
    var callOff: (@Sendable () -> Void)?
    var lastOrder = 0
    var orders: [Int: @Sendable (Result<String?, DialError>) -> Void] = [:]
    var report: (@Sendable (SourceReport) -> Void)?
  }

  /// A connection that was up for so long was a good one [ms].
  private static var goodLife: Int64 { 60_000 }

  private let id: SourceID
  private let peer: ConnectorPeer
  private let now: @Sendable () -> Moment
  private let timer: LoopTimer
  private let runtime: ConnectorRuntime
  private let trace: (any ConnectorTrace)?
  private let state: NIOLoopBoundBox<State>

  /// A connector that begins with ``run(_:)``.
  ///
  /// - Parameters:
  ///   - now: The window's clock, which events carry.
  ///   - clock: What pauses are waited on; nil: the timers of the runtime's loop.
  package init(
    _ session: sending Session, id: SourceID, peer: ConnectorPeer,
    now: @escaping @Sendable () -> Moment, clock: (any Clock<Duration>)? = nil,
    trace: (any ConnectorTrace)? = nil, runtime: ConnectorRuntime = .shared
  ) {
    self.id = id
    self.peer = peer
    self.now = now
    self.trace = trace
    self.runtime = runtime
    timer = LoopTimer(loop: runtime.loop, clock: clock)
    state = .makeBoxSendingValue(State(session: session), eventLoop: runtime.loop)
  }

  /// Listens until the task is cancelled.
  package func run(_ report: @escaping @Sendable (SourceReport) -> Void) async {
    timer.loop.execute {
      self.state.value.report = report
      self.connect()
    }
    await untilCancelled()
    // Ending cannot fail: what is closed already stays so.
    try? await stop().get()
  }

  /// Has the peer do something; its words for the operator.
  ///
  /// Throws when there is no connection, when the peer refuses, or does not answer within `patience`.
  package func order(_ order: Session.Order, patience: Duration) async throws(DialError) -> String?
  where Session.Order: Sendable {
    let result: Result<String?, DialError> = await withCheckedContinuation { continuation in
      timer.loop.execute {
        self.begin(order, patience) { continuation.resume(returning: $0) }
      }
    }
    return try result.get()
  }

  /// What the session says of itself, read on its loop.
  package func inspect<Value: Sendable>(
    _ read: @escaping @Sendable (Session) -> Value
  ) async -> Value? {
    // Reading fails only when the loop has ended, with the program.
    try? await timer.loop.submit { read(self.state.value.session) }.get()
  }

  // MARK: - One connection

  private var isRunning: Bool { state.value.report != nil }

  private func connect() {
    guard isRunning else { return }
    state.value.ticket += 1
    let ticket = state.value.ticket
    let opening: EventLoopFuture<any Channel>
    do {
      opening = try ConnectionOpener(peer: peer, runtime: runtime).open {
        ConnectionHandler(
          opened: { self.opened($0, $1, ticket) }, received: { self.received($0, ticket) },
          ended: { self.ended(Session.Outage($0), ticket) })
      }
    } catch {
      return ended(Session.Outage(ConnectionFailure(error)), ticket)
    }
    opening.whenFailure { self.ended(Session.Outage(ConnectionFailure($0)), ticket) }
  }

  private func opened(_ channel: any Channel, _ place: ConnectionPlace, _ ticket: Int) {
    guard ticket == state.value.ticket, isRunning else { return channel.close(promise: nil) }
    state.value.channel = channel
    let moment = now()
    trace?.note(id, .opened, at: moment)
    perform(state.value.session.begin(place, at: moment), moment)
    wait()
  }

  private func received(_ buffer: ByteBuffer, _ ticket: Int) {
    guard ticket == state.value.ticket, state.value.channel != nil else { return }
    let moment = now()
    trace?.note(id, .received(Array(buffer.readableBytesView)), at: moment)
    let steps = buffer.withUnsafeReadableBytes { state.value.session.take($0, at: moment) }
    perform(steps, moment)
    if ticket == state.value.ticket { wait() }
  }

  /// The connection has gone, or none came.
  private func ended(_ outage: Session.Outage, _ ticket: Int) {
    guard ticket == state.value.ticket, isRunning else { return }
    let reason = outage.sentence(peer: peer.name)
    detach(reason)
    let moment = now()
    if let upSince = state.value.upSince, moment - upSince >= Self.goodLife {
      state.value.backoff.succeed()
    }
    state.value.upSince = nil
    let since = state.value.downSince ?? moment
    state.value.downSince = since
    let pause = pause(outage.retry)
    let nextTry = pause.map { moment + Int64($0 / .milliseconds(1)) }
    tell(.health(id, .down(reason: reason, since: since, nextTry: nextTry)))
    guard let pause else { return }
    state.value.callOff = timer.after(pause) { self.connect() }
  }

  private func pause(_ retry: Retry) -> Duration? {
    switch retry {
    case .never: nil
    case .after(let pause): pause
    case .backoff: state.value.backoff.fail()
    }
  }

  /// Has nothing more to do with the present connection.
  private func detach(_ reason: String) {
    let channel = state.value.channel
    state.value.channel = nil
    state.value.ticket += 1
    state.value.callOff?()
    state.value.callOff = nil
    let moment = now()
    if channel != nil {
      trace?.note(id, .closed(reason), at: moment)
      perform(state.value.session.end(at: moment), moment)
    }
    channel?.close(promise: nil)
    let orders = state.value.orders
    state.value.orders = [:]
    for answer in orders.values {
      answer(.failure(DialError("the connection to \(peer.name) was lost before it answered")))
    }
  }

  private func stop() -> EventLoopFuture<Void> {
    timer.loop.flatSubmit {
      let moment = self.now()
      if self.state.value.channel != nil {
        self.perform(self.state.value.session.farewell(at: moment), moment)
      }
      let closed = self.state.value.channel?.closeFuture
      self.state.value.report = nil
      self.detach("the source was stopped")
      return closed?.recover { _ in } ?? self.timer.loop.makeSucceededVoidFuture()
    }
  }

  // MARK: - What the session wants done

  private func perform(_ steps: [SessionStep<Session.Outage>], _ moment: Moment) {
    for step in steps {
      switch step {
      case .send(let bytes, let shown):
        guard let channel = state.value.channel else { continue }
        trace?.note(id, .sent(shown.map { Array($0.utf8) } ?? bytes), at: moment)
        // What cannot be written ends the connection, which is told then.
        channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
      case .tell(let event): tell(.event(event))
      case .up:
        state.value.upSince = moment
        state.value.downSince = nil
        tell(.health(id, .up))
      case .lost(let outage): ended(outage, state.value.ticket)
      case .answered(let ticket, let result):
        state.value.orders.removeValue(forKey: ticket)?(result)
      }
    }
  }

  private func tell(_ report: SourceReport) { state.value.report?(report) }

  /// Calls the session when it wants to be.
  private func wait() {
    state.value.callOff?()
    state.value.callOff = nil
    guard let wake = state.value.session.nextWake else { return }
    let ticket = state.value.ticket
    state.value.callOff = timer.after(.milliseconds(max(1, wake - now()))) {
      guard ticket == self.state.value.ticket, self.isRunning else { return }
      let moment = self.now()
      self.perform(self.state.value.session.wake(at: moment), moment)
      if ticket == self.state.value.ticket { self.wait() }
    }
  }

  private func begin(
    _ order: Session.Order, _ patience: Duration,
    _ done: @escaping @Sendable (Result<String?, DialError>) -> Void
  ) {
    guard state.value.upSince != nil else {
      return done(.failure(DialError("there is no connection to \(peer.name): nothing was done")))
    }
    state.value.lastOrder += 1
    let ticket = state.value.lastOrder
    let callOff = timer.after(patience) {
      self.state.value.session.abandon(ticket: ticket)
      self.state.value.orders.removeValue(forKey: ticket)?(
        .failure(DialError("\(self.peer.name) did not answer: look whether it was done")))
    }
    state.value.orders[ticket] = {
      callOff()
      done($0)
    }
    let moment = now()
    perform(state.value.session.order(order, ticket: ticket, at: moment), moment)
    wait()
  }
}

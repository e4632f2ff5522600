import NIOCore
import NIOPosix
import Synchronization
package import Telephony
package import TrafficTrace

/// Keeps one session in conversation with its peer: connects, hands bytes over, waits, tells how it is, and
/// tries again.
///
/// A connection that fails is tried again after 1 s, then less and less often, at last once a minute. One that
/// was up for a minute was a good one, and the next try comes soon. All of it happens on one event loop.
package final class Connector<Session: ConnectorSession>: Sendable {
  private struct State {
    var session: Session
    var health = ConnectionHealth(interval: .seconds(1), goodLife: 60_000)
    /// Counts connections: news of an earlier one is old.
    var ticket = 0
    var channel: (any Channel)?
    /// When the loop calls again, and how it is kept from it.
    var wake: (moment: Moment?, callOff: @Sendable () -> Void)?
    var lastOrder = 0
    var orders: [Int: @Sendable (Session.Answer?) -> Void] = [:]
    var report: (@Sendable (SourceReport) -> Void)?
  }

  private let id: SourceID
  private let peer: ConnectorPeer
  private let now: @Sendable () -> Moment
  private let timer: LoopTimer
  private let runtime: ConnectorRuntime
  private let trace: Trace?
  private let state: NIOLoopBoundBox<State>
  private let tally: Mutex<Session.Counts>
  private let inUse = Atomic(false)

  /// A connector that begins with ``run(_:)``.
  ///
  /// - Parameters:
  ///   - now: The window's clock, which events carry.
  ///   - clock: What pauses are waited on; nil: the timers of the runtime's loop.
  ///   - trace: What is told of all that passes; ``SessionPlayer`` plays it again.
  package init(
    _ session: sending Session, id: SourceID, peer: ConnectorPeer,
    now: @escaping @Sendable () -> Moment, clock: (any Clock<Duration>)? = nil,
    runtime: ConnectorRuntime = .shared, trace: Trace? = nil
  ) {
    self.id = id
    self.peer = peer
    self.now = now
    self.runtime = runtime
    self.trace = trace
    timer = LoopTimer(loop: runtime.loop, clock: clock)
    tally = Mutex(session.counts)
    state = .makeBoxSendingValue(State(session: session), eventLoop: runtime.loop)
  }

  /// What was heard so far, and what could not be used.
  package var counts: Session.Counts { tally.withLock { $0 } }

  /// Whether it runs.
  package var isInUse: Bool { inUse.load(ordering: .relaxed) }

  /// Listens until the task is cancelled.
  package func run(_ report: @escaping @Sendable (SourceReport) -> Void) async {
    inUse.store(true, ordering: .relaxed)
    timer.loop.execute {
      self.state.value.report = report
      self.connect()
    }
    await untilCancelled()
    inUse.store(false, ordering: .relaxed)
    // Ending cannot fail: what is closed already stays so.
    try? await stop().get()
  }

  /// Has the peer do something; nil: it is not connected, or something else stands in the way.
  ///
  /// After `patience` it ends with what is known then; nil: the session sees to time limits.
  package func order(_ order: Session.Order, patience: Duration? = nil) async -> Session.Answer? {
    await withCheckedContinuation { continuation in
      timer.loop.execute {
        self.begin(order, patience) { continuation.resume(returning: $0) }
      }
    }
  }

  // MARK: - One connection

  private var isRunning: Bool { state.value.report != nil }

  private func connect() {
    guard isRunning else { return }
    state.value.ticket += 1
    let ticket = state.value.ticket
    let opening: EventLoopFuture<any Channel>
    do {
      opening = try peer.connect(runtime) {
        ConnectionHandler(
          opened: { self.opened($0, ticket) }, received: { self.received($0, ticket) },
          ended: { self.ended(Session.Outage($0), ticket) })
      }
    } catch {
      return ended(Session.Outage(ConnectionFailure(error)), ticket)
    }
    opening.whenFailure { self.ended(Session.Outage(ConnectionFailure($0)), ticket) }
  }

  private func opened(_ channel: any Channel, _ ticket: Int) {
    guard ticket == state.value.ticket, isRunning else { return channel.close(promise: nil) }
    state.value.channel = channel
    let moment = now()
    trace?.note(id, "open", at: moment)
    perform(state.value.session.begin(at: moment), moment)
  }

  private func received(_ buffer: ByteBuffer, _ ticket: Int) {
    guard ticket == state.value.ticket, state.value.channel != nil else { return }
    let moment = now()
    trace?.note(.piece, id, Array(buffer.readableBytesView), at: moment)
    perform(buffer.withUnsafeReadableBytes { state.value.session.receive($0, at: moment) }, moment)
  }

  /// The connection has gone, or none came.
  private func ended(_ outage: Session.Outage, _ ticket: Int) {
    guard ticket == state.value.ticket, isRunning else { return }
    detach()
    let moment = now()
    let reason = state.value.session.sentence(outage)
    let pause = state.value.health.fall(reason, outage.retry, at: moment)
    let duration = state.value.health.outage(at: moment)
    trace?.note(id, "missed \(duration)", at: moment)
    perform(state.value.session.missed(duration, at: moment), moment)
    reportHealth()
    guard let pause else { return }
    state.value.wake = (nil, timer.after(pause) { self.connect() })
  }

  /// Has nothing more to do with the present connection.
  private func detach() {
    let channel = state.value.channel
    state.value.channel = nil
    state.value.ticket += 1
    sleep(until: nil)
    let moment = now()
    if channel != nil { trace?.note(id, "closed", at: moment) }
    perform(state.value.session.end(at: moment), moment)
    channel?.close(promise: nil)
  }

  private func stop() -> EventLoopFuture<Void> {
    timer.loop.flatSubmit {
      let closed = self.state.value.channel?.closeFuture
      self.state.value.report = nil
      self.detach()
      return closed?.recover { _ in } ?? self.timer.loop.makeSucceededVoidFuture()
    }
  }

  // MARK: - What the session wants done

  private func perform(_ steps: [Session.Step], _ moment: Moment) {
    for step in steps {
      switch step {
      case .send(let bytes):
        trace?.note(.sent, id, bytes, at: moment)
        // What cannot be written ends the connection, which is told then.
        state.value.channel?.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
      case .tell(let event): state.value.report?(.event(event))
      case .up: if state.value.health.rise(at: moment) { reportHealth() }
      case .lost(let outage): ended(outage, state.value.ticket)
      case .answered(let ticket, let answer):
        state.value.orders.removeValue(forKey: ticket)?(answer)
      }
    }
    let counts = state.value.session.counts
    tally.withLock { $0 = counts }
    if state.value.channel != nil { sleep(until: state.value.session.nextWake) }
  }

  private func reportHealth() {
    if let health = state.value.health.latest { state.value.report?(.health(id, health)) }
  }

  /// Calls the session when it wants to be; a moment that was moved on is still kept, which spares a timer
  /// for every piece that comes.
  private func sleep(until moment: Moment?) {
    if let moment, let kept = state.value.wake?.moment, kept <= moment { return }
    state.value.wake?.callOff()
    state.value.wake = nil
    guard let moment else { return }
    let ticket = state.value.ticket
    let callOff = timer.after(.milliseconds(max(1, moment - now()))) {
      guard ticket == self.state.value.ticket, self.isRunning else { return }
      self.state.value.wake = nil
      let moment = self.now()
      self.trace?.note(self.id, "wake", at: moment)
      self.perform(self.state.value.session.wake(at: moment), moment)
    }
    state.value.wake = (moment, callOff)
  }

  private func begin(
    _ order: Session.Order, _ patience: Duration?,
    _ done: @escaping @Sendable (Session.Answer?) -> Void
  ) {
    guard state.value.channel != nil, state.value.health.isUp else { return done(nil) }
    state.value.lastOrder += 1
    let ticket = state.value.lastOrder
    let callOff = patience.map {
      timer.after($0) {
        let answer = self.state.value.session.abandon(ticket: ticket)
        self.state.value.orders.removeValue(forKey: ticket)?(answer)
      }
    }
    state.value.orders[ticket] = {
      callOff?()
      done($0)
    }
    let moment = now()
    perform(state.value.session.order(order, ticket: ticket, at: moment), moment)
  }
}

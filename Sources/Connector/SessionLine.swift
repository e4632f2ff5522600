import NIOCore
package import Telephony
package import TrafficTrace

/// The driver of every connection: carries what its session wants done, all of it on one event loop.
///
/// It makes ways to the peer and ends them, hands over what comes, waits, and tells the trace all that passes, so that
/// a ``SessionPlayer`` can play it again.
package final class SessionLine<Session: LineSession>: Sendable {
  /// An object: a value would be copied, session and all, whenever one of its properties is looked at.
  private final class State {
    var session: Session
    var way: (any LineWay)?
    /// Counts the ways, so that news of an old one is not taken for news of the present one.
    var generation = 0
    /// When the session is called again, and how that is called off.
    var wake: (moment: Moment, callOff: @Sendable () -> Void)?
    /// Nil while it does not run.
    var report: (@Sendable (SourceReport) -> Void)?
    /// Kept once the end has begun.
    var over: (promise: EventLoopPromise<Void>, callOff: @Sendable () -> Void)?

    init(session: Session) { self.session = session }
  }

  private let id: SourceID
  private let peer: any LineCarrier
  private let now: @Sendable () -> Moment
  private let timer: LoopTimer
  private let runtime: ConnectorRuntime
  private let trace: Trace?
  private let heard: @Sendable (Session.Counts) -> Void
  private let pass: @Sendable (String) -> Void
  private let state: NIOLoopBoundBox<State>

  /// A line that begins with ``run(_:)``.
  ///
  /// - Parameters:
  ///   - now: The window's clock, which events carry.
  ///   - clock: The clock that measures pauses; nil: the timers of the runtime's loop.
  ///   - trace: What is told of all that passes.
  ///   - heard: Takes the counts, last of all: whoever sees something counted has been told of it already, and what
  ///     follows from it is under way.
  ///   - pass: Takes what the session has to tell the one beside it.
  package init(
    _ session: sending Session, id: SourceID, peer: any LineCarrier,
    now: @escaping @Sendable () -> Moment, clock: (any Clock<Duration>)? = nil,
    runtime: ConnectorRuntime = .shared, trace: Trace?,
    heard: @escaping @Sendable (Session.Counts) -> Void,
    pass: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.id = id
    self.peer = peer
    self.now = now
    self.runtime = runtime
    self.trace = trace
    self.heard = heard
    self.pass = pass
    timer = LoopTimer(loop: runtime.loop, clock: clock)
    state = .makeBoxSendingValue(State(session: session), eventLoop: runtime.loop)
  }

  /// Goes on until the task is cancelled; then takes leave of the peer, for a second at most.
  package func run(_ report: @escaping @Sendable (SourceReport) -> Void) async {
    timer.loop.execute {
      self.state.value.report = report
      self.perform("start") { $0.start(at: $1) }
    }
    await untilCancelled()
    // This cannot fail: it only ends what was begun here.
    try? await timer.loop.flatSubmit { self.stop() }.get()
  }

  /// Has the session do something, and does what it wants done.
  package func act(
    _ change: @escaping @Sendable (inout Session, Moment) -> [LineStep]
  ) {
    timer.loop.execute { self.perform { change(&$0, $1) } }
  }

  /// Calls back after a time.
  package func after(
    _ pause: Duration, _ work: @escaping @Sendable () -> Void
  ) -> @Sendable () -> Void { timer.after(pause, work) }

  /// Tells the session something that this program learned elsewhere, in words that may depend on it; nil: nothing.
  ///
  /// What one session tells another takes effect before it is reported: they live on one loop.
  package func inform(_ words: @escaping @Sendable (Session) -> String?) {
    guard timer.loop.inEventLoop else { return timer.loop.execute { self.inform(words) } }
    guard isRunning, let word = words(state.value.session) else { return }
    perform(word) { $0.learn(word, at: $1) }
  }

  private var isRunning: Bool { state.value.report != nil }

  private func stop() -> EventLoopFuture<Void> {
    let over = timer.loop.makePromise(of: Void.self)
    let closed = state.value.way?.closed ?? timer.loop.makeSucceededVoidFuture()
    state.value.over = (over, timer.after(.seconds(1)) { self.end() })
    perform("stop") { $0.stop(at: $1) }
    return over.futureResult.flatMap { closed }
  }

  private func end() {
    guard let over = state.value.over else { return }
    close()
    (state.value.over, state.value.report) = (nil, nil)
    over.callOff()
    over.promise.succeed()
  }

  // MARK: - What the session wants done

  /// Calls the session, and does what it wants done; the trace notes what happened.
  private func perform(
    _ event: String? = nil, piece: ByteBuffer? = nil,
    _ call: (inout Session, Moment) -> [LineStep]
  ) {
    let moment = now()
    if let trace {
      if let event { trace.note(id, event, at: moment) }
      if let bytes = piece?.readableBytesView {
        trace.note(peer.isStream ? .piece : .received, id, Array(bytes), at: moment)
      }
    }
    let steps = call(&state.value.session, moment)
    for step in steps {
      switch step {
      case .open: open()
      case .close: close()
      case .send(let bytes, let address):
        trace?.note(.sent, id, bytes, at: moment)
        state.value.way?.send(bytes, to: address)
      case .report(let news): state.value.report?(news)
      case .pass(let word): pass(word)
      case .answer(let tell): tell()
      }
    }
    if state.value.over != nil, state.value.session.hasLeft { end() }
    sleep(from: moment)
    heard(state.value.session.counts)
  }

  /// Calls the session when it wants to be; a moment that was moved on is still kept, which spares a timer for every
  /// piece that comes.
  private func sleep(from now: Moment) {
    let moment = isRunning ? state.value.session.nextWake : nil
    if let moment, let kept = state.value.wake?.moment, kept <= moment { return }
    state.value.wake?.callOff()
    state.value.wake = nil
    guard let moment else { return }
    let callOff = timer.after(.milliseconds(max(1, moment - now))) {
      // One that was called off too late.
      guard self.state.value.wake?.moment == moment else { return }
      self.state.value.wake = nil
      self.perform("wake") { $0.wake(at: $1) }
    }
    state.value.wake = (moment, callOff)
  }

  // MARK: - The way

  private func open() {
    state.value.generation += 1
    let generation = state.value.generation
    let isPresent: @Sendable () -> Bool = { [state] in
      state.value.generation == generation && state.value.report != nil
    }
    peer.open(
      runtime,
      LineListener(
        opened: { way in
          guard isPresent() else { return way.close() }
          self.state.value.way = way
          let local = way.local
          self.perform("linked \(local?.text ?? "")") { $0.linked(from: local, at: $1) }
        },
        received: { buffer, peer in
          guard isPresent() else { return }
          self.perform(piece: buffer) { session, moment in
            buffer.withUnsafeReadableBytes { session.receive($0, from: peer, at: moment) }
          }
        },
        ended: { failure in
          guard isPresent() else { return }
          self.state.value.generation += 1
          self.state.value.way = nil
          self.perform("unlinked \(failure.detail)") { $0.unlinked(failure, at: $1) }
        }))
  }

  private func close() {
    state.value.generation += 1
    state.value.wake?.callOff()
    state.value.wake = nil
    if let way = state.value.way {
      state.value.way = nil
      way.close()
    }
  }
}

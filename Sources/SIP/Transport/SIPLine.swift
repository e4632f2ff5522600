import Connector
import NIOCore
import Telephony
import TrafficTrace

/// One run of a source, all on one event loop: carries what its ``SIPSession`` wants done.
final class SIPLine<Session: SIPSession>: Sendable {
  private struct State {
    var session: Session
    var link: SIPLink?
    /// Counts the ways, so that news of an old one is not taken for news of the present one.
    var generation = 0
    var wake: Scheduled<Void>?
    /// Kept once the end has begun.
    var over: EventLoopPromise<Void>?
    var isOver = false
  }

  private let runtime = ConnectorRuntime.shared
  private let now: @Sendable () -> Moment
  private let trace: Trace?
  private let heard: @Sendable (Session.Hearing) -> Void
  private let report: @Sendable (SourceReport) -> Void
  private let pass: @Sendable (String) -> Void
  private let state: NIOLoopBoundBox<State>

  /// A run that begins with ``run()``; `heard` takes what was heard, before what is reported of it.
  init(
    _ session: sending Session, now: @escaping @Sendable () -> Moment,
    trace: Trace?, heard: @escaping @Sendable (Session.Hearing) -> Void,
    report: @escaping @Sendable (SourceReport) -> Void,
    pass: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.pass = pass
    self.now = now
    self.trace = trace
    self.heard = heard
    self.report = report
    state = .makeBoxSendingValue(State(session: session), eventLoop: runtime.loop)
  }

  /// Goes on until the task is cancelled; then takes leave of the server, for a second at most.
  func run() async {
    runtime.loop.execute {
      let now = self.noted("start")
      self.perform(self.state.value.session.start(at: now))
    }
    await untilCancelled()
    // This cannot fail: it only ends what was begun here.
    try? await runtime.loop.flatSubmit { self.stop() }.get()
  }

  /// Has the session told something that this window learned elsewhere; it says in what words, or nil.
  ///
  /// What one session tells another takes effect before it is reported: they live on one loop.
  func inform(_ words: @escaping @Sendable (Session) -> String?) {
    guard runtime.loop.inEventLoop else { return runtime.loop.execute { self.inform(words) } }
    guard !state.value.isOver, let word = words(state.value.session) else { return }
    let now = noted(word)
    perform(state.value.session.learn(word, at: now))
  }

  private func stop() -> EventLoopFuture<Void> {
    let over = runtime.loop.makePromise(of: Void.self)
    state.value.over = over
    let now = noted("stop")
    perform(state.value.session.stop(at: now))
    runtime.loop.scheduleTask(in: .seconds(1)) { self.end() }
    return over.futureResult
  }

  private func end() {
    guard !state.value.isOver else { return }
    close()
    state.value.isOver = true
    state.value.wake?.cancel()
    state.value.over?.succeed()
  }

  private func perform(_ actions: [SIPAction]) {
    heard(state.value.session.hearing)
    for action in actions {
      switch action {
      case .open: open()
      case .close: close()
      case .send(let bytes, let hop):
        trace?.note(.sent, state.value.session.id, bytes, at: now())
        state.value.link?.send(bytes, to: hop)
      case .report(let news): report(news)
      case .pass(let word): pass(word)
      }
    }
    if state.value.over != nil, state.value.session.hasLeft { end() }
    sleep()
  }

  private func open() {
    state.value.generation += 1
    let generation = state.value.generation
    let isPresent: @Sendable () -> Bool = { [state] in
      state.value.generation == generation && !state.value.isOver
    }
    let listener = SIPLink.Listener(
      bytes: { bytes in
        guard isPresent() else { return }
        self.trace?.note(
          self.state.value.session.account.transport.isStream ? .piece : .received,
          self.state.value.session.id, bytes, at: self.now())
      },
      message: { message, peer in
        guard isPresent() else { return }
        self.perform(self.state.value.session.receive(message, from: peer, at: self.now()))
      },
      closed: { detail in
        guard isPresent() else { return }
        self.state.value.link = nil
        self.unlinked(detail)
      })
    let account = state.value.session.account
    let server = account.server
    ThreadResolver(runtime).address(of: server.host, port: server.port).whenComplete { found in
      if isPresent() { self.connect(found, account, listener, isPresent) }
    }
  }

  private func connect(
    _ found: Result<SocketAddress, any Error>, _ account: SIPAccount, _ listener: SIPLink.Listener,
    _ isPresent: @escaping @Sendable () -> Bool
  ) {
    let server: SocketAddress
    switch found {
    case .success(let address): server = address
    case .failure(let error):
      return unlinked(networkDetail(error))
    }
    SIPLink.open(server, of: account, on: runtime.loop, listener).whenComplete { result in
      switch result {
      case .success(let link) where isPresent():
        self.state.value.link = link
        let now = self.noted("linked \(link.local.text)")
        self.perform(self.state.value.session.linked(local: link.local, at: now))
      case .success(let link): link.close()
      case .failure(let error) where isPresent():
        self.unlinked(networkDetail(error))
      case .failure: break
      }
    }
  }

  private func unlinked(_ detail: String) {
    let now = noted("unlinked \(detail)")
    perform(state.value.session.unlinked(detail, at: now))
  }

  /// Tells the trace what happens, and says what time it is.
  private func noted(_ event: String) -> Moment {
    let now = now()
    trace?.note(state.value.session.id, event, at: now)
    return now
  }

  private func close() {
    state.value.generation += 1
    state.value.link?.close()
    state.value.link = nil
  }

  /// Sleeps until the subscription has something to do by itself.
  private func sleep() {
    state.value.wake?.cancel()
    state.value.wake = nil
    guard !state.value.isOver, let wake = state.value.session.nextWake else { return }
    let wait = TimeAmount.milliseconds(max(1, wake - now()))
    state.value.wake = runtime.loop.scheduleTask(in: wait) {
      let now = self.noted("wake")
      self.perform(self.state.value.session.tick(at: now))
    }
  }
}

import Connector
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization
import Telephony

/// One run of an ``AsteriskSource``: one connection after the other, and what comes over them. All of it
/// happens on one event loop.
final class AMILine: Sendable {
  private struct State {
    var session: AMISession
    var backoff = Backoff(interval: .seconds(1))
    /// Counts connections: news of an earlier one is old.
    var ticket = 0
    var channel: (any Channel)?
    var downSince: Moment?
    var upSince: Moment?
    var callOff: (@Sendable () -> Void)?
    var dialling: [String: @Sendable (AMIDialResult) -> Void] = [:]
    var trying: (@Sendable (AMITrial?) -> Void)?
    var isStopped = false
  }

  /// After a refused login: long enough that no guard against guessed passwords shuts us out.
  private static let refusedPause: Duration = .seconds(900)
  /// A connection that was up for so long was a good one [ms].
  private static let goodLife: Int64 = 60_000
  /// Calls are given up that long after the connection was lost: Asterisk itself may have died [ms].
  private static let callPatience: Int64 = 90_000
  /// How long a trial waits for the events of its calls.
  private static let trialPatience: Duration = .seconds(3)
  /// The longest time from the start to the established connection.
  private static let connectPatience: TimeAmount = .seconds(10)

  private let manager: AsteriskManager
  private let id: SourceID
  private let now: @Sendable () -> Moment
  private let timer: LoopTimer
  private let threads: NIOThreadPool
  private let report: @Sendable (SourceReport) -> Void
  private let state: NIOLoopBoundBox<State>
  private let tally = Mutex(AsteriskCounts())

  /// A line to the manager that begins with ``start()``; `threads` look names up.
  init(
    _ manager: AsteriskManager, id: SourceID, calls: AMICalls,
    now: @escaping @Sendable () -> Moment,
    timer: LoopTimer, threads: NIOThreadPool, report: @escaping @Sendable (SourceReport) -> Void
  ) {
    self.manager = manager
    self.id = id
    self.now = now
    self.timer = timer
    self.threads = threads
    self.report = report
    let session = AMISession(
      user: manager.user, secret: manager.secret,
      idPrefix: "screenpop-" + String(UInt64.random(in: .min ... .max), radix: 36), calls: calls)
    state = .makeBoxSendingValue(State(session: session), eventLoop: timer.loop)
  }

  /// What was heard so far.
  var counts: AsteriskCounts { tally.withLock { $0 } }

  /// Connects, and again whenever the connection ends.
  func start() { timer.loop.execute { self.connect() } }

  /// Ends the connection for good.
  func stop() -> EventLoopFuture<Void> {
    timer.loop.flatSubmit {
      self.state.value.isStopped = true
      self.state.value.callOff?()
      let channel = self.detach()
      // Closing fails only where the channel has been closed already.
      return channel?.close().recover { _ in } ?? self.timer.loop.makeSucceededVoidFuture()
    }
  }

  /// Has Asterisk make a call; what became of it, after `patience` at the latest; nil: not connected.
  func dial(_ action: AMIAction, patience: Duration) async -> AMIDialResult? {
    await withCheckedContinuation { continuation in
      timer.loop.execute {
        self.dial(action, patience: patience) { continuation.resume(returning: $0) }
      }
    }
  }

  /// Tries whether the user hears of calls, with names as channels of this station have; nil: not
  /// connected.
  func examine(_ channel: String) async -> AMITrial? {
    await withCheckedContinuation { continuation in
      timer.loop.execute {
        guard self.state.value.session.isUp, let link = self.state.value.channel,
          self.state.value.trying == nil
        else { return continuation.resume(returning: nil) }
        let callOff = self.timer.after(Self.trialPatience) { self.endTrial() }
        self.state.value.trying = {
          callOff()
          continuation.resume(returning: $0)
        }
        let bytes = self.state.value.session.beginTrial(channel)
        link.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
      }
    }
  }

  private func endTrial() {
    let done = state.value.trying
    state.value.trying = nil
    done?(state.value.session.trial)
  }

  // MARK: - One connection

  private func connect() {
    guard !state.value.isStopped else { return }
    state.value.ticket += 1
    let ticket = state.value.ticket
    let bootstrap: ClientBootstrap
    do {
      let context = try secureContext()
      bootstrap = ClientBootstrap(group: timer.loop)
        .resolver(ThreadResolver(threads: threads, loop: timer.loop))
        .connectTimeout(Self.connectPatience)
        .channelInitializer { [self] channel in
          channel.eventLoop.makeCompletedFuture { try furnish(channel, context, ticket) }
        }
    } catch {
      return ended(AMIOutage(error), ticket)
    }
    bootstrap.connect(host: manager.address, port: manager.port).whenFailure {
      self.ended(AMIOutage($0), ticket)
    }
  }

  private func secureContext() throws -> NIOSSLContext? {
    var configuration = TLSConfiguration.makeClientConfiguration()
    switch manager.security {
    case .none: return nil
    case .system: break
    case .certificates(let path): configuration.trustRoots = .file(path)
    }
    return try NIOSSLContext(configuration: configuration)
  }

  private func furnish(_ channel: any Channel, _ context: NIOSSLContext?, _ ticket: Int) throws {
    if let context {
      // Server names are never addresses (RFC 6066, 3); a certificate may be for an address all the same.
      let isAddress = (try? SocketAddress(ipAddress: manager.address, port: 0)) != nil
      try channel.pipeline.syncOperations.addHandler(
        NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : manager.address))
    }
    try channel.pipeline.syncOperations.addHandler(AMIHandler(self, ticket: ticket))
  }

  /// A connection is there.
  func opened(_ channel: any Channel, _ ticket: Int) {
    guard ticket == state.value.ticket, !state.value.isStopped else {
      return channel.close(promise: nil)
    }
    state.value.channel = channel
    state.value.session.begin(at: now())
    wait()
  }

  /// Bytes came.
  func received(_ buffer: ByteBuffer, _ ticket: Int) {
    guard ticket == state.value.ticket, state.value.channel != nil else { return }
    let moment = now()
    let steps = buffer.withUnsafeReadableBytes { state.value.session.take($0, at: moment) }
    let passedOver = state.value.session.passedOver
    let mayList = state.value.session.mayList
    let hearing = state.value.session.calls.hearing
    perform(steps, moment)
    if state.value.session.trial?.isOver == true { endTrial() }
    tally.withLock { counts in
      counts.bytes += buffer.readableBytes
      counts.passedOver = passedOver
      counts.mayList = mayList
      counts.hearing = hearing
    }
  }

  /// A connection has gone, or none came.
  func ended(_ outage: AMIOutage, _ ticket: Int) {
    guard ticket == state.value.ticket, !state.value.isStopped else { return }
    _ = detach()
    let moment = now()
    if let upSince = state.value.upSince, moment - upSince >= Self.goodLife {
      state.value.backoff.succeed()
    }
    state.value.upSince = nil
    let since = state.value.downSince ?? moment
    state.value.downSince = since
    if moment - since >= Self.callPatience {
      perform(state.value.session.giveUp(at: moment), moment)
    }
    let pause = pause(after: outage)
    report(
      .health(
        id,
        .down(
          reason: outage.sentence(server: name, user: manager.user), since: since,
          nextTry: pause.map { moment + Int64($0 / .milliseconds(1)) })))
    guard let pause else { return }
    state.value.callOff = timer.after(pause) { self.connect() }
  }

  /// How long to wait before the next try; nil: no try would help.
  private func pause(after outage: AMIOutage) -> Duration? {
    switch outage {
    case .unsupported: nil
    case .refused: Self.refusedPause
    default: state.value.backoff.fail()
    }
  }

  /// Has nothing more to do with the present connection; it.
  private func detach() -> (any Channel)? {
    let channel = state.value.channel
    state.value.channel = nil
    state.value.ticket += 1
    state.value.callOff?()
    state.value.callOff = nil
    if state.value.trying != nil { endTrial() }
    perform(state.value.session.end(), now())
    return channel
  }

  /// Host and port.
  var name: String { "\(manager.address):\(manager.port)" }

  // MARK: - What the session wants done

  private func perform(_ steps: [AMISession.Step], _ moment: Moment) {
    for step in steps {
      switch step {
      case .send(let bytes):
        state.value.channel?.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
      case .tell(let event):
        tally.withLock { $0.events += 1 }
        report(.event(event))
      case .up:
        state.value.upSince = moment
        state.value.downSince = nil
        tally.withLock { $0.logins += 1 }
        report(.health(id, .up))
      case .lost(let outage):
        let channel = state.value.channel
        ended(outage, state.value.ticket)
        channel?.close(promise: nil)
      case .dialled(let id, let result): state.value.dialling.removeValue(forKey: id)?(result)
      }
    }
  }

  /// Calls the session when it wants to be; what comes meanwhile only moves that moment on.
  private func wait() {
    let pause = max(1, state.value.session.nextWake - now())
    let ticket = state.value.ticket
    state.value.callOff = timer.after(.milliseconds(pause)) {
      guard ticket == self.state.value.ticket, !self.state.value.isStopped else { return }
      let moment = self.now()
      self.perform(self.state.value.session.wake(at: moment), moment)
      if ticket == self.state.value.ticket { self.wait() }
    }
  }

  private func dial(
    _ action: AMIAction, patience: Duration, _ done: @escaping @Sendable (AMIDialResult?) -> Void
  ) {
    guard state.value.session.isUp, let channel = state.value.channel else { return done(nil) }
    let (id, bytes) = state.value.session.dial(action)
    let callOff = timer.after(patience) {
      self.state.value.session.giveUp(dialling: id)
      self.state.value.dialling.removeValue(forKey: id)?(.unknown)
    }
    state.value.dialling[id] = {
      callOff()
      done($0)
    }
    channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
  }
}

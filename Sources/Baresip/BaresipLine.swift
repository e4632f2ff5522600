import Connector
import NIOCore
import NIOPosix
import NumberForms
import PhoneNumbers
import Telephony

/// The connection to a softphone, made again whenever it is lost: what it reports, and our commands.
actor BaresipLine {
  /// A connection that lasted so long is forgotten by the back-off [ms]: one that another program keeps
  /// taking is asked for less and less often.
  private static let steadyTime: Int64 = 60_000

  private let source: SourceID
  private let address: String
  private let port: Int
  private let now: @Sendable () -> Moment
  private let givenClock: (any Clock<Duration>)?
  private let patience: Duration

  private var calls: BaresipCalls
  private var connections = Backoff(interval: .seconds(1))
  private var downSince: Moment?
  private var stage = Stage.closed
  private var link: Link?
  private var pending: [String: CheckedContinuation<BaresipAnswer?, Never>] = [:]
  private var tokens = 0
  private var isOrdering = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// What it takes to send commands, as long as there is a connection.
  private struct Link {
    let channel: any Channel
    let clock: any Clock<Duration>
  }

  /// How far a connection has come.
  private enum Stage {
    case closed
    /// Asked for the version.
    case greeting
    /// Asked for the calls that there are.
    case listing
    case open
  }

  /// A line of the softphone at `address` and `port`; without a clock, the event loop's timers wait.
  init(
    source: SourceID, address: String, port: Int, plan: NumberPlan,
    now: @escaping @Sendable () -> Moment, clock: (any Clock<Duration>)?, patience: Duration
  ) {
    self.source = source
    self.address = address
    self.port = port
    self.now = now
    givenClock = clock
    self.patience = patience
    calls = BaresipCalls(source: source, plan: plan)
  }

  private var place: String { "\(address):\(port)" }

  /// Holds the connection until the task is cancelled.
  func run(_ report: @escaping @Sendable (SourceReport) -> Void) async {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let threads = NIOThreadPool(numberOfThreads: 1)
    threads.start()
    let clock = givenClock ?? LoopClock(loop: group.any())
    while !Task.isCancelled {
      let begun = now()
      let failure = await hold(group, threads, clock, report)
      guard !Task.isCancelled else { break }
      if now() - begun >= Self.steadyTime { connections.succeed() }
      let pause = failure.isFinal ? nil : connections.fail()
      tell(failure, nextTry: pause.map { now() + Int64($0 / .milliseconds(1)) }, report)
      if let pause {
        try? await clock.sleep(for: pause)
      } else {
        await untilCancelled()
      }
    }
    // Neither fails: both only end what was begun here.
    try? await threads.shutdownGracefully()
    try? await group.shutdownGracefully()
  }

  private func tell(
    _ failure: BaresipFailure, nextTry: Moment?, _ report: (SourceReport) -> Void
  ) {
    let since = downSince ?? now()
    downSince = since
    let reason = failure.sentence(address: place)
    report(.health(source, .down(reason: reason, since: since, nextTry: nextTry)))
  }

  // MARK: - One connection

  /// Connects, and reads until the connection ends; why it did.
  private func hold(
    _ group: MultiThreadedEventLoopGroup, _ threads: NIOThreadPool,
    _ clock: any Clock<Duration>,
    _ report: @escaping @Sendable (SourceReport) -> Void
  ) async -> BaresipFailure {
    do {
      let connection = try await ClientBootstrap(group: group)
        .resolver(ThreadResolver(threads: threads, loop: group.any()))
        .connectTimeout(TimeAmount(patience))
        .channelOption(.socketOption(.so_keepalive), value: 1)
        .connect(host: address, port: port) { channel in
          channel.eventLoop.makeCompletedFuture {
            try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
          }
        }
      return try await connection.executeThenClose { inbound, _ in
        await converse(inbound, Link(channel: connection.channel, clock: clock), report)
      }
    } catch {
      return BaresipFailure(error)
    }
  }

  /// Greets, and reads what comes; ends with the connection, or when the softphone is silent.
  private func converse(
    _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>, _ link: Link,
    _ report: @escaping @Sendable (SourceReport) -> Void
  ) async -> BaresipFailure {
    self.link = link
    stage = .greeting
    send(BaresipCommand("about"), token: Self.greeting)
    defer { close() }
    return await withTaskGroup(of: BaresipFailure?.self) { group in
      group.addTask { await self.read(inbound, report) }
      group.addTask { await self.waitForGreeting(link.clock) }
      var failure: BaresipFailure?
      while failure == nil, let end = await group.next() { failure = end }
      group.cancelAll()
      return failure ?? .closed
    }
  }

  private func close() {
    stage = .closed
    link = nil
    let open = pending
    pending = [:]
    for answer in open.values { answer.resume(returning: nil) }
  }

  /// Fails when the softphone has not said who it is in time.
  private func waitForGreeting(_ clock: any Clock<Duration>) async -> BaresipFailure? {
    do {
      try await clock.sleep(for: patience)
    } catch {
      return nil
    }
    return stage == .open ? nil : .silent
  }

  private func read(
    _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>,
    _ report: (SourceReport) -> Void
  ) async -> BaresipFailure {
    var reader = NetstringReader()
    do {
      for try await buffer in inbound {
        for text in try reader.take(buffer.readableBytesView) {
          // What is no message of baresip's is passed over, like events of other kinds.
          guard let message = BaresipMessage(text) else { continue }
          try take(message, report)
        }
      }
      return .closed
    } catch {
      return BaresipFailure(error)
    }
  }

  private func take(
    _ message: BaresipMessage, _ report: (SourceReport) -> Void
  ) throws(BaresipFailure) {
    switch (message, stage) {
    case (.answer(let answer), .greeting) where answer.token == Self.greeting:
      try check(answer)
      stage = .listing
      send(BaresipCommand("listcalls"), token: Self.listing)
    case (.answer(let answer), .listing) where answer.token == Self.listing:
      stage = .open
      downSince = nil
      report(.health(source, .up))
      for event in calls.adopt(BaresipListing.calls(in: answer.text), at: now()) {
        report(.event(event))
      }
    case (.answer(let answer), _):
      answer.token.flatMap { pending.removeValue(forKey: $0) }?.resume(returning: answer)
    case (.event(let event), .listing), (.event(let event), .open):
      for news in calls.take(event, at: now()) { report(.event(news)) }
    case (.event, .greeting), (.event, .closed):
      // Not before the version is known; the list of calls makes up for it.
      break
    }
  }

  /// Refuses what is no supported baresip (R38).
  private func check(_ about: BaresipAnswer) throws(BaresipFailure) {
    guard about.isDone else { throw .noMenu }
    guard let version = BaresipVersion(about: about.text) else { throw .stranger }
    guard version.isSupported else { throw .unsupported(version: version.text) }
  }

  // MARK: - Commands

  private static let greeting = "about"
  private static let listing = "listcalls"

  /// Has the softphone do one thing after the other, each only if the one before succeeded; what it
  /// printed last.
  func order(_ commands: [BaresipCommand]) async throws(DialError) -> String {
    // The softphone's commands are about its current call: two orders must not mix.
    while isOrdering { await withCheckedContinuation { waiting.append($0) } }
    isOrdering = true
    defer {
      isOrdering = false
      if !waiting.isEmpty { waiting.removeFirst().resume() }
    }
    var printed = ""
    for command in commands {
      guard stage == .open, let link else {
        throw DialError("baresip at \(place) is not connected: start it, or look at its port")
      }
      guard let answer = await ask(command, link.clock) else {
        throw DialError("baresip at \(place) did not answer the command \(command.name)")
      }
      printed = PlainText.cleaned(answer.text, limit: 200)
      // `callfind` says so and counts as done.
      guard answer.isDone, !printed.contains("not found") else {
        throw DialError("baresip refused the command \(command.name): \(printed)")
      }
    }
    return printed
  }

  /// Sends the command and waits for the answer; nil when none came in time.
  private func ask(_ command: BaresipCommand, _ clock: any Clock<Duration>) async -> BaresipAnswer?
  {
    tokens += 1
    let token = String(tokens)
    return await withTaskGroup { group in
      group.addTask {
        guard (try? await clock.sleep(for: self.patience)) != nil else { return }
        await self.expire(token)
      }
      defer { group.cancelAll() }
      return await withCheckedContinuation { answer in
        pending[token] = answer
        send(command, token: token)
      }
    }
  }

  private func expire(_ token: String) {
    pending.removeValue(forKey: token)?.resume(returning: nil)
  }

  private func send(_ command: BaresipCommand, token: String) {
    // What cannot be written ends the connection, which is told then.
    link?.channel.writeAndFlush(ByteBuffer(bytes: command.encoded(token: token)), promise: nil)
  }
}

import CallWire
import NIOCore
import Telephony

/// The looks of one run of a ``LauncherSource``, all on one event loop: keeps the socket listened on
/// and empties the spool.
final class LauncherWatch: Sendable {
  /// How long a launcher waits for a name: shorter than its own patience of 200 ms (R20).
  private static let patienceForName = TimeAmount.milliseconds(150)

  private let runtime: RuntimeDirectory
  private let station: String?
  private let patience: TimeAmount
  private let inbox: CallInbox
  private let knowledge: WindowKnowledge
  private let rank: WindowRank
  private let loop: any EventLoop
  private let report: @Sendable (SourceReport) -> Void
  private let listener: NIOLoopBoundBox<LauncherListener?>
  private let downSince: NIOLoopBoundBox<Moment?>
  /// The end of the latest look.
  private let latest: NIOLoopBoundBox<EventLoopFuture<Void>?>

  /// A watch on the station's socket that hands on what `inbox` makes of the lines.
  init(
    runtime: RuntimeDirectory, station: String?, patience: TimeAmount, inbox: CallInbox,
    knowledge: WindowKnowledge, rank: WindowRank, loop: any EventLoop,
    report: @escaping @Sendable (SourceReport) -> Void
  ) {
    self.runtime = runtime
    self.station = station
    self.patience = patience
    self.inbox = inbox
    self.knowledge = knowledge
    self.rank = rank
    self.loop = loop
    self.report = report
    listener = .makeEmptyBox(eventLoop: loop)
    downSince = .makeEmptyBox(eventLoop: loop)
    latest = .makeEmptyBox(eventLoop: loop)
  }

  /// Makes sure that launchers find the socket, then reads the spool; `interval` [ms] is the time to the
  /// next look. Never fails.
  func look(interval: Int64) -> EventLoopFuture<Void> {
    let look: EventLoopFuture<Void>
    if listener.value?.isHeard == true {
      readSpool()
      look = loop.makeSucceededVoidFuture()
    } else {
      look = listen(interval: interval)
    }
    latest.value = look
    return look
  }

  /// Stops listening, and removes the socket, once the latest look has ended.
  func stop() -> EventLoopFuture<Void> {
    (latest.value ?? loop.makeSucceededVoidFuture()).flatMap { self.close() }
  }

  private func listen(interval: Int64) -> EventLoopFuture<Void> {
    close().flatMap { self.open() }.map { opened in
      self.listener.value = opened
      self.downSince.value = nil
      self.rank.set(isFirst: true)
      self.report(.health(.launcher, .up))
      self.readSpool()
    }.recover { error in
      self.reportDown(error, interval: interval)
      // Another window of this station reads the spool; without any socket it is all there is.
      if case CallWireError.windowExists = error { return self.rank.set(isFirst: false) }
      self.rank.set(isFirst: true)
      self.readSpool()
    }
  }

  private func close() -> EventLoopFuture<Void> {
    defer { listener.value = nil }
    return listener.value?.close() ?? loop.makeSucceededVoidFuture()
  }

  private func open() -> EventLoopFuture<LauncherListener> {
    let (patience, inbox) = (patience, inbox)
    return LauncherListener.open(runtime, station: station, on: loop) {
      LineHandler(
        patience: patience, take: { self.answer($0) }, refuse: { inbox.refuse($0) })
    }
  }

  /// Takes a line of the socket; the answer comes at once, or soon when it holds a name.
  private func answer(_ line: [UInt8]) -> EventLoopFuture<CallReply> {
    if line + [UInt8(ascii: "\n")] == WindowState.question {
      let told = inbox.counts.fields.merging(knowledge.sources()) { first, _ in first }
      return loop.makeSucceededFuture(.state(WindowState(told)))
    }
    let receipt = inbox.take(line, report)
    guard let number = receipt.wanted else { return loop.makeSucceededFuture(receipt.reply) }
    let promise = loop.makePromise(of: CallReply.self)
    // The telephone rings only once it has its answer.
    let limit = loop.scheduleTask(in: Self.patienceForName) { promise.succeed(receipt.reply) }
    knowledge.name(number) { name in
      limit.cancel()
      promise.succeed(name.map { .name($0) } ?? receipt.reply)
    }
    return promise.futureResult
  }

  private func reportDown(_ error: any Error, interval: Int64) {
    let since = downSince.value ?? inbox.now()
    downSince.value = since
    let reason = (error as? CallWireError)?.sentence ?? "could not listen: \(error)"
    let next = inbox.now() + interval
    report(.health(.launcher, .down(reason: reason, since: since, nextTry: next)))
  }

  private func readSpool() {
    let spool = runtime.spool
    let listing = spool.list(station: station)
    for entry in listing.entries {
      if case .refused = inbox.take(entry.line, age: entry.age, report).reply {
        spool.setAside(entry.name)
      } else {
        spool.remove(entry.name)
      }
    }
    for name in listing.faults {
      _ = inbox.refuse(CallWireError.spoolFile(path: "\(spool.path)/\(name)").sentence)
      spool.setAside(name)
    }
    inbox.noteForeignFiles(listing.foreign)
  }
}

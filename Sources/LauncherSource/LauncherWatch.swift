import CallWire
import NIOCore
import Synchronization
import Telephony
import TrafficTrace

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
  private let trace: Trace?
  private let report: @Sendable (SourceReport) -> Void
  private let listener: NIOLoopBoundBox<LauncherListener?>
  private let downSince: NIOLoopBoundBox<Moment?>
  /// Whether the latest message could not be kept.
  private let isFailing: NIOLoopBoundBox<Bool>
  /// Whether nothing is taken any more.
  private let isOver: NIOLoopBoundBox<Bool>
  /// The spool's files that are on their way into the inbox, or have been refused and are still there.
  private let onTheWay = Mutex<Set<String>>([])
  /// The end of the latest look.
  private let latest: NIOLoopBoundBox<EventLoopFuture<Void>?>

  /// A watch on the station's socket that hands on what `inbox` makes of the lines.
  init(
    runtime: RuntimeDirectory, station: String?, patience: TimeAmount, inbox: CallInbox,
    knowledge: WindowKnowledge, rank: WindowRank, loop: any EventLoop, trace: Trace?,
    report: @escaping @Sendable (SourceReport) -> Void
  ) {
    self.runtime = runtime
    self.station = station
    self.patience = patience
    self.inbox = inbox
    self.knowledge = knowledge
    self.rank = rank
    self.loop = loop
    self.trace = trace
    self.report = report
    listener = .makeEmptyBox(eventLoop: loop)
    downSince = .makeEmptyBox(eventLoop: loop)
    isFailing = .makeBoxSendingValue(false, eventLoop: loop)
    isOver = .makeBoxSendingValue(false, eventLoop: loop)
    latest = .makeEmptyBox(eventLoop: loop)
  }

  /// Makes sure that launchers find the socket, then reads the spool; `interval` [ms] is the time to the
  /// next look. Never fails.
  func look(interval: Int64) -> EventLoopFuture<Void> {
    let look: EventLoopFuture<Void>
    if listener.value?.isHeard == true {
      inbox.retry()
      readSpool()
      look = loop.makeSucceededVoidFuture()
    } else {
      look = listen(interval: interval)
    }
    latest.value = look
    return look
  }

  /// Takes no line any more and stops listening, and removes the socket, once the latest look has ended.
  func stop() -> EventLoopFuture<Void> {
    isOver.value = true
    return (latest.value ?? loop.makeSucceededVoidFuture()).flatMap { self.close() }
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
    let patience = patience
    return LauncherListener.open(
      runtime, station: station, on: loop, refused: knowledge.refused
    ) {
      LineHandler(
        patience: patience, take: { self.answer($0) }, refuse: { self.refuse($0) })
    }
  }

  /// Takes a line of the socket; the answer comes once it is on the disk, and a little later when it holds a
  /// name. It fails when the line could not be kept: a launcher that hears nothing uses the spool.
  private func answer(_ line: [UInt8]) -> EventLoopFuture<CallReply> {
    if line + [UInt8(ascii: "\n")] == WindowState.question {
      let told = inbox.counts.fields.merging(knowledge.sources()) { first, _ in first }
      return loop.makeSucceededFuture(.state(WindowState(told)))
    }
    guard !isOver.value else {
      return loop.makeFailedFuture(Unkept(sentence: "the window is being closed"))
    }
    let promise = loop.makePromise(of: Bool.self)
    trace?.note(.received, .launcher, line, at: inbox.now())
    do throws(CallWireError) {
      let wanted = try inbox.accept(line, report) { answer in
        switch answer {
        case .kept(let isNew): promise.succeed(isNew)
        case .refused(let sentence): promise.fail(Unkept(sentence: sentence))
        }
      }
      let kept = promise.futureResult
      kept.whenComplete { self.noteKeeping($0) }
      guard let wanted else { return kept.map { _ in .ok } }
      return kept.and(name(wanted)).map { isNew, name in
        isNew ? name.map { .name($0) } ?? .ok : .ok
      }
    } catch {
      // Nobody waits for the promise.
      promise.succeed(false)
      return loop.makeSucceededFuture(refuse(error.sentence))
    }
  }

  private func refuse(_ sentence: String) -> CallReply {
    knowledge.refused(sentence)
    return inbox.refuse(sentence)
  }

  /// The name of the number's owner; nil when nobody's is sure, or when the telephone must ring.
  private func name(_ number: PhoneNumber) -> EventLoopFuture<String?> {
    let promise = loop.makePromise(of: String?.self)
    // The telephone rings only once it has its answer.
    let limit = loop.scheduleTask(in: Self.patienceForName) { promise.succeed(nil) }
    knowledge.name(number) { name in
      limit.cancel()
      promise.succeed(name)
    }
    return promise.futureResult
  }

  /// A message could not be kept.
  private struct Unkept: Error {
    var sentence: String
  }

  /// Shows that messages cannot be kept, until one is.
  private func noteKeeping(_ result: Result<Bool, any Error>) {
    switch result {
    case .success where isFailing.value:
      isFailing.value = false
      downSince.value = nil
      report(.health(.launcher, .up))
    case .failure(let error as Unkept) where !isFailing.value:
      isFailing.value = true
      let since = inbox.now()
      downSince.value = since
      report(.health(.launcher, .down(reason: error.sentence, since: since, nextTry: nil)))
    default: break
    }
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
    let now = inbox.now()
    for entry in listing.entries where onTheWay.withLock({ $0.insert(entry.name).inserted }) {
      keep(entry, of: spool, at: now)
    }
    for name in listing.faults where onTheWay.withLock({ $0.insert(name).inserted }) {
      refuse(name, of: spool, CallWireError.spoolFile(path: "\(spool.path)/\(name)").sentence)
    }
    inbox.noteForeignFiles(listing.foreign)
  }

  /// Moves a message into the inbox; its file goes only when it is there.
  private func keep(_ entry: SpoolListing.Entry, of spool: Spool, at now: Moment) {
    trace?.note(.launcher, "spool \(entry.age) \(entry.name)", at: now)
    trace?.note(.received, .launcher, entry.line, at: now)
    do throws(CallWireError) {
      try inbox.accept(entry.line, at: now - entry.age, name: entry.name, report) { answer in
        if case .kept = answer { spool.remove(entry.name) }
        self.onTheWay.withLock { _ = $0.remove(entry.name) }
      }
    } catch {
      // It waits for a window of that release; this one has said so once.
      if case .version(_?) = error {
        _ = refuse(error.sentence)
      } else {
        refuse(entry.name, of: spool, error.sentence)
      }
    }
  }

  /// Takes a file that is no message out of the way; one that stays, such as a folder, is said once all the same.
  private func refuse(_ name: String, of spool: Spool, _ sentence: String) {
    _ = refuse(sentence)
    if spool.setAside(name) { onTheWay.withLock { _ = $0.remove(name) } }
  }
}

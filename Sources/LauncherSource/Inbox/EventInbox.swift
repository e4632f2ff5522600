import NIOPosix
import Synchronization
public import Telephony

/// Everything that sources tell goes through here on its way to the window: kept first, so that it outlives the
/// window, each event once, and then told.
///
/// Three threads: one keeps, one waits for the disk, one reads what an earlier window left. So a call is shown before
/// the disk has turned, who waits for an acknowledgement shares the wait with all who came meanwhile, and an event is
/// on the disk while the past is still read. What nobody waits for, as a driver's events, which never come twice, is
/// told before it is kept: a disk that hangs does not hide who is calling.
public final class EventInbox: Sendable {
  /// What became of an event.
  public enum Answer: Hashable, Sendable {
    /// It is on the disk, from now on or since it came the first time.
    case kept(isNew: Bool)
    /// It could not be kept, for the reason in the sentence; the window has been told of it all the same.
    case refused(String)
  }

  /// What an earlier window left in the file. It is told before anything that came later, so that news of its calls
  /// finds them.
  public struct Past: Sendable {
    /// Reads it; fails while the file cannot be had, and is asked again.
    var read: @Sendable () throws -> [KeptEvent]
    /// Takes what of it the window was not told of yet.
    var tell: @Sendable ([KeptEvent]) -> Void
    /// Told why it cannot be read, once for each reason.
    var failed: @Sendable (_ sentence: String) -> Void
    /// Lets another window have the file.
    var letGo: @Sendable () -> Void

    /// A past that is read, told and let go of like this.
    public init(
      read: @escaping @Sendable () throws -> [KeptEvent],
      tell: @escaping @Sendable ([KeptEvent]) -> Void,
      failed: @escaping @Sendable (_ sentence: String) -> Void,
      letGo: @escaping @Sendable () -> Void
    ) {
      self.read = read
      self.tell = tell
      self.failed = failed
      self.letGo = letGo
    }
  }

  private struct Entry {
    var event: CallEvent
    var tell: @Sendable (CallEvent) -> Void
    var answer: (@Sendable (Answer) -> Void)?
    /// Whether the window was told when it came.
    var isTold = false
    /// Whether the window knows it by its name.
    var isRepeated = false
    /// Why it could not be kept.
    var failure: String?
    var name: String { event.keptAs ?? "" }
  }

  private struct State {
    var entries: [Entry] = []
    var receipts: [Receipt] = []
    var isKeeping = false
    /// What the window was told of, and what of that could not be kept.
    var told = SeenMessages()
    var unkept: Set<String> = []
    /// How many events that nobody waits for are told after they are kept: behind them none is told before.
    var untold = 0
    var answers: [@Sendable (String?) -> Void] = []
    var isFlushing = false
    var arrived = 0
    /// Nil: there is none, or it was read.
    var unread: Past?
    var past: Past?
    /// Whether it is being read or told.
    var isReading = false
    /// What is told after it, whether it could be read or not.
    var waiting: [Entry] = []
    /// Why it could not be read at the last try.
    var failure: String?
    /// Whether this window takes its station's calls; one that only watches has nothing of the file.
    var isFirst = true

    /// Whether the thread that keeps has to be woken.
    mutating func claimKeeper() -> Bool {
      defer { isKeeping = true }
      return !isKeeping
    }
  }

  private let keepAll: @Sendable ([CallEvent], [Receipt]) throws -> [Bool]
  private let flush: @Sendable () throws -> Void
  private let state = Mutex(State())
  private let keeper = NIOThreadPool(numberOfThreads: 1)
  private let flusher = NIOThreadPool(numberOfThreads: 1)
  private let reader = NIOThreadPool(numberOfThreads: 1)

  /// An inbox in front of a file: `keep` writes events, all or none, and says which are new; what is kept before
  /// a `flush` outlives the machine after it.
  public init(
    keep: @escaping @Sendable (_ events: [CallEvent], _ settled: [Receipt]) throws -> [Bool],
    flush: @escaping @Sendable () throws -> Void
  ) {
    keepAll = keep
    self.flush = flush
    keeper.start()
    flusher.start()
    reader.start()
  }

  /// Keeps an event under its name, tells the window of it unless it was told before, and answers once it is on
  /// the disk. Without `answer`, nobody waits for the disk, nor does the window: the event is told at once, unless what
  /// an earlier window left has to be told first.
  public func accept(
    _ event: CallEvent, tell: @escaping @Sendable (CallEvent) -> Void,
    answer: (@Sendable (Answer) -> Void)? = nil
  ) {
    var entry = Entry(event: event, tell: tell, answer: answer)
    let isFirst = state.withLock { state in
      if answer == nil {
        entry.isTold = state.unread == nil && !state.isReading && state.untold == 0
        if entry.isTold { state.unkept.insert(entry.name) } else { state.untold += 1 }
      }
      state.entries.append(entry)
      state.arrived += 1
      return state.claimKeeper()
    }
    if entry.isTold { tell(event) }
    if isFirst { keeper.submit { _ in self.keepWaiting() } }
  }

  /// Notes what the journal has by now.
  public func settle(_ receipts: [Receipt]) {
    let isFirst = state.withLock { state in
      state.receipts += receipts
      return state.claimKeeper()
    }
    if isFirst { keeper.submit { _ in self.keepWaiting() } }
  }

  /// Has what an earlier window left read, once ``setRank(isFirst:)`` says that this one takes the calls.
  public func follow(_ past: Past) { state.withLock { $0.past = past } }

  /// Whether this window takes its station's calls. One that no longer does lets go of the file; one that does from
  /// now on reads first what the one before has left there.
  public func setRank(isFirst: Bool) {
    state.withLock { state in
      state.isFirst = isFirst
      state.unread = isFirst ? state.past : nil
    }
    if isFirst { startReading() }
    keeper.submit { _ in
      if isFirst { self.keepWaiting() } else { self.letGo() }
    }
  }

  /// Tries again to read what an earlier window left, where that has failed.
  public func retryPast() {
    guard state.withLock({ $0.failure != nil && $0.unread != nil }) else { return }
    startReading()
  }

  /// How many events have come in so far.
  public var arrived: Int { state.withLock { $0.arrived } }

  /// The names of the events that the window was told of and that could not be kept so far.
  public var unkept: Set<String> { state.withLock { $0.unkept } }

  /// Waits until everything that was taken is kept and answered.
  public func drain() async {
    // Cannot fail: the threads run.
    try? await keeper.runIfActive {}
    try? await reader.runIfActive {}
    try? await keeper.runIfActive {}
    try? await flusher.runIfActive {}
  }

  /// The same, and then lets go of the file and ends: nothing may be taken afterwards.
  public func finish() async {
    await drain()
    // There, since it writes: who waits for a disk that hangs can do nothing else, not even end.
    try? await keeper.runIfActive { self.state.withLock { $0.past }?.letGo() }
    try? await keeper.shutdownGracefully()
    try? await reader.shutdownGracefully()
    try? await flusher.shutdownGracefully()
  }

  private func letGo() {
    guard let past = state.withLock({ $0.isFirst ? nil : $0.past }) else { return }
    past.letGo()
  }

  private func startReading() {
    let isFirst = state.withLock { state in
      defer { state.isReading = true }
      return !state.isReading
    }
    if isFirst { reader.submit { _ in self.readPast() } }
  }

  private func readPast() {
    guard let past = state.withLock({ $0.unread }) else {
      return keeper.submit { _ in self.reportWaiting() }
    }
    let left = Result { try past.read() }
    // There, as what is being kept at this moment may have been read, too.
    keeper.submit { _ in
      self.tell(past, left)
      self.reportWaiting()
    }
  }

  private func tell(_ past: Past, _ left: Result<[KeptEvent], any Error>) {
    do {
      let left = try left.get()
      past.tell(
        state.withLock { state in
          (state.unread, state.failure) = (nil, nil)
          return left.filter { state.told.insert($0.event.keptAs ?? "") }
        })
    } catch {
      let sentence = (error as? DirectoryError)?.sentence ?? "\(error)"
      let isNews = state.withLock { state in
        defer { state.failure = sentence }
        return state.failure != sentence
      }
      if isNews { past.failed(sentence) }
    }
  }

  private func reportWaiting() {
    let waiting = state.withLock { state in
      defer { (state.waiting, state.isReading) = ([], false) }
      return state.waiting
    }
    report(waiting)
  }

  private func keepWaiting() {
    var (entries, receipts, isFirst) = state.withLock { state in
      defer { (state.entries, state.receipts, state.isKeeping) = ([], [], false) }
      return (state.entries, state.receipts, state.isFirst)
    }
    var isNew = entries.map { _ in true }
    do {
      // What the journal has is in its own receipts, too.
      guard isFirst else { throw Watching() }
      isNew = try keepAll(entries.map(\.event), receipts)
      state.withLock { $0.unkept.subtract(entries.map(\.name)) }
    } catch {
      // The next turn offers them again.
      state.withLock { state in
        if isFirst { state.receipts = receipts + state.receipts }
        state.unkept.formUnion(entries.map(\.name))
      }
      for index in entries.indices { entries[index].failure = "\(error)" }
    }
    // Told once, even what could not be kept and comes again; that includes what is read of the past.
    let waits = state.withLock { state in
      for (index, isNew) in zip(entries.indices, isNew) where !entries[index].isTold {
        entries[index].isRepeated = !isNew || !state.told.insert(entries[index].name)
      }
      let waits = state.unread != nil || state.isReading
      if waits { state.waiting += entries }
      return waits
    }
    if waits { startReading() } else { report(entries) }
    for (entry, isNew) in zip(entries, isNew) where entry.failure == nil {
      guard let answer = entry.answer else { continue }
      flushLater { failure in answer(failure.map { .refused($0) } ?? .kept(isNew: isNew)) }
    }
  }

  /// The file is another window's.
  private struct Watching: Error, CustomStringConvertible {
    var description: String { "another window of this station takes the calls by now" }
  }

  /// Tells the window what it does not know yet, and who waits for an answer what could not be kept.
  private func report(_ entries: [Entry]) {
    for entry in entries {
      if !entry.isTold && !entry.isRepeated { entry.tell(entry.event) }
      if let failure = entry.failure { entry.answer?(.refused(failure)) }
    }
    let told = entries.count { $0.answer == nil && !$0.isTold }
    if told > 0 { state.withLock { $0.untold -= told } }
  }

  private func flushLater(_ answer: @escaping @Sendable (_ failure: String?) -> Void) {
    let isFirst = state.withLock { state in
      state.answers.append(answer)
      defer { state.isFlushing = true }
      return !state.isFlushing
    }
    if isFirst { flusher.submit { _ in self.flushWaiting() } }
  }

  private func flushWaiting() {
    let answers = state.withLock { state in
      defer { (state.answers, state.isFlushing) = ([], false) }
      return state.answers
    }
    do {
      try flush()
      for answer in answers { answer(nil) }
    } catch {
      for answer in answers { answer("\(error)") }
    }
  }
}

import Connector
import ERPSync
import NIOCore
import OperatorConfiguration
import Telephony
import ThirdPartyStore

/// The way to the ERP: one order at a time, on a thread of its own that may block for as long as the ERP does.
///
///     → look           ← later 240000
///     → check          ← answered
///     → copy full      ← answered⏎the copy would have removed …
///     → copy changes   ← failed⏎connecting to PostgreSQL Unicode failed: …
final class ERPWay: LineWay {
  /// How long the end waits for a copy to give up: a server that is silent holds it up.
  private static let patience: TimeAmount = .milliseconds(500)

  private let carrier: ERPCarrier
  private let loop: any EventLoop
  private let listener: LineListener
  /// The copy under way.
  private let run: NIOLoopBoundBox<ERPCopyRun?>
  private let isClosed: NIOLoopBoundBox<Bool>
  private let over: EventLoopPromise<Void>

  init(_ carrier: ERPCarrier, on loop: any EventLoop, _ listener: LineListener) {
    self.carrier = carrier
    self.loop = loop
    self.listener = listener
    run = .makeBoxSendingValue(nil, eventLoop: loop)
    isClosed = .makeBoxSendingValue(false, eventLoop: loop)
    over = loop.makePromise()
  }

  let local: LineAddress? = nil
  var closed: EventLoopFuture<Void> { over.futureResult }

  func send(_ bytes: [UInt8], to place: LineAddress?) {
    switch ERPOrder(String(decoding: bytes, as: UTF8.self)) {
    case .look: look()
    case .check: check()
    case .copy(let extent): copy(extent)
    case nil: break
    }
  }

  func close() {
    isClosed.value = true
    guard let run = run.value else { return over.succeed() }
    run.stop()
    loop.scheduleTask(in: Self.patience) { self.over.succeed() }
  }

  private func copied(_ news: ERPNews) {
    run.value = nil
    if isClosed.value { over.succeed() }
    answer(news)
  }

  /// Tells what became of an order, not before the call that gave it has ended.
  private func answer(_ news: ERPNews) {
    loop.execute { self.listener.received(ByteBuffer(string: news.text), nil) }
  }

  private func look() {
    let isStarted = OwnThread.start { self.answer(self.carrier.due()) }
    if !isStarted { answer(.failed(ERPOutage("no further thread can be started"))) }
  }

  private func check() {
    let access = carrier.access
    BlockingThread.start { () throws(ERPError) in
      try access.check()
    } done: { outcome in
      self.answer(self.carrier.news(outcome))
    }
  }

  private func copy(_ extent: PartyCopy.Extent) {
    do throws(StoreError) {
      run.value = ERPCopyRun(try carrier.copy(), extent, at: WindowClock.wall()) { outcome in
        let news = self.carrier.news(outcome)
        self.loop.execute { self.copied(news) }
      }
    } catch {
      answer(.failed(ERPOutage(error.sentence)))
    }
  }
}

/// How the way to the ERP is made: it is there at once, and each order makes a connection of its own.
struct ERPCarrier: LineCarrier {
  let profile: ERPProfile
  let access: ERPAccess
  let store: StoreAccess
  let settings: Settings

  var isStream: Bool { false }

  func open(_ runtime: ConnectorRuntime, _ listener: LineListener) {
    listener.opened(ERPWay(self, on: runtime.loop, listener))
  }

  /// The copy that brings the ERP's third parties into the store.
  fileprivate func copy() throws(StoreError) -> ERPCopy {
    ERPCopy(profile, from: access, into: try store.partyStore(), plan: settings.plan)
  }

  /// What the store says is due.
  fileprivate func due() -> ERPNews {
    let copied: CopyState?
    do throws(StoreError) {
      copied = try store.erpStore()?.copies(of: ERPCopy.source)
    } catch {
      return .failed(ERPOutage(error.sentence))
    }
    let (schedule, wall) = (settings.copySchedule, WindowClock.wall())
    if let extent = schedule.due(copied, at: wall) { return .due(extent) }
    return .later(schedule.interval > 0 ? schedule.pause(copied, at: wall) : nil)
  }

  fileprivate func news<Value>(_ outcome: Result<Value, ERPError>) -> ERPNews {
    switch outcome {
    case .success: return .answered(refusal: refusal)
    case .failure(let error):
      switch error.kind {
      case .store(.busy): return .busy
      case .store(.badInput): return .answered(refusal: refusal)
      default: return .failed(ERPOutage(error))
      }
    }
  }

  /// What the ERP brought last and the store refused. A store that cannot be read says so at the next look at it.
  private var refusal: String? {
    (try? store.erpStore()?.copies(of: ERPCopy.source))?.refusal.map {
      ERPCopy.advising($0.sentence)
    }
  }
}

extension ERPOutage {
  /// What is wrong with the ERP.
  init(_ error: ERPError) { self.init(error.sentence, wasRefused: error.kind == .refused) }
}

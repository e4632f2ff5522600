import Connector
package import ERPSync
package import OperatorConfiguration
package import RecordOpener
import Synchronization
package import Telephony
import ThirdPartyStore

/// The window's link with the ERP: it copies what has changed every few minutes, and asks for numbers that
/// the copy does not know.
///
/// Neither holds the window up: both block on threads of their own, which nobody waits for. An ERP that is
/// down, or silent, is a state with the time of the next try, as with a source of calls.
package final class ERPLink: Connection {
  package static let id: SourceID = "erp"
  /// How long a question may wait for its turn [ms].
  private static let patience: Int64 = 6_000

  private struct State {
    var session: ERPSession
    var report: (@Sendable (SourceReport) -> Void)?
  }

  private let erp: ERPSetup
  private let store: StoreAccess
  private let settings: Settings
  private let state: Mutex<State>
  private let questions = Mutex<ERPQuestion?>(nil)
  /// Waits for the answers to questions.
  private let lane = Lane()
  /// Rings for the next copy, or when a question fails.
  private let alarm: LoopAlarm
  private let now: @Sendable () -> Moment

  /// A link that begins with ``run(_:)``; without a clock, the timers of the runtime's loop wait.
  package init(
    _ erp: ERPSetup, _ settings: Settings, _ store: StoreAccess,
    now: @escaping @Sendable () -> Moment = WindowClock.now, clock: (any Clock<Duration>)? = nil
  ) {
    self.erp = erp
    self.store = store
    self.settings = settings
    self.now = now
    alarm = LoopAlarm(clock: clock)
    state = Mutex(State(session: ERPSession(settings.copySchedule)))
  }

  /// Where a record opens in the ERP; nil without its address.
  package var record: OpenTarget? { erp.record }
  /// Where a new third party is entered, in the same way.
  package var newParty: OpenTarget? { erp.newParty }

  // MARK: - Copies

  /// Copies until the task is cancelled.
  package func run(_ report: @escaping @Sendable (SourceReport) -> Void) async {
    state.withLock { $0.report = report }
    while !Task.isCancelled {
      switch next() {
      case .copy(let extent): note(await copy(extent))
      case .check: note(await check())
      case .wait(let pause): await alarm.wait(pause.map { .milliseconds($0) })
      }
    }
  }

  private func next() -> ERPSession.Step {
    if let pause = state.withLock({ $0.session.pause(at: now()) }) { return .wait(pause) }
    let copied: CopyState?
    do throws(StoreError) {
      copied = try store.partyStore().copies(of: ERPCopy.source)
    } catch {
      note(.failed(error.sentence))
      copied = nil
    }
    return state.withLock { $0.session.next(copied, at: now(), WindowClock.wall()) }
  }

  /// Copies; nil when the window ended meanwhile.
  private func copy(_ extent: PartyCopy.Extent) async -> ERPSession.Outcome? {
    let parties: PartyStore
    do throws(StoreError) {
      parties = try store.partyStore()
    } catch {
      return .failed(error.sentence)
    }
    let copy = ERPCopy(erp.profile, from: erp.access, into: parties, plan: settings.plan)
    let answer = OneAnswer<Result<ERPCopyReport, ERPError>>()
    let run = ERPCopyRun(copy, extent, at: WindowClock.wall()) { answer.give($0) }
    return await answer.value { run.stop() }.map { outcome in
      switch outcome {
      case .success: .answered
      case .failure(let error):
        switch error.kind {
        case .store(.busy): .busy
        // The ERP is well; what it brought was refused.
        case .store(.badInput): .answered
        default: .failed(error)
        }
      }
    }
  }

  private func check() async -> ERPSession.Outcome? {
    let access = erp.access
    let answer = OneAnswer<Result<Void, ERPError>>()
    BlockingThread.start { () throws(ERPError) in
      try access.check()
    } done: {
      answer.give($0)
    }
    return await answer.value().map { outcome in
      switch outcome {
      case .success: .answered
      case .failure(let error): .failed(error)
      }
    }
  }

  // MARK: - Questions

  /// Asks the ERP who has a number, and calls `answer`, on another thread unless the ERP is not asked.
  ///
  /// One question after the other; one that the ERP has not answered within its time limit, or that has waited
  /// too long for its turn, is answered with nobody, whatever the ERP does.
  package func ask(_ number: PhoneNumber, _ answer: @escaping @Sendable (ERPAnswer) -> Void) {
    guard settings.erpLive, ERPQuestion.isWorthAsking(number), mayAsk, let question = question()
    else { return answer(.nobody) }
    let asked = now()
    lane.run { [self] in
      let hasWaited = now() - asked > Self.patience
      answer(hasWaited || !mayAsk ? .nobody : wait(for: question, number))
    }
  }

  private var mayAsk: Bool { state.withLock { $0.session.mayAsk } }

  private func question() -> ERPQuestion? {
    questions.withLock { known in
      if known == nil, let parties = try? store.partyStore() {
        known = ERPQuestion(erp.profile, to: erp.access, for: parties, plan: settings.plan)
      }
      return known
    }
  }

  private func wait(for question: ERPQuestion, _ number: PhoneNumber) -> ERPAnswer {
    state.withLock { $0.session.beginQuestion() }
    let answer = OneAnswer<Result<ERPAnswer, ERPError>>()
    BlockingThread.start { () throws(ERPError) in
      try question.ask(number)
    } done: { [self] in
      answer.give($0)
      state.withLock { $0.session.endQuestion() }
    }
    switch answer.wait(seconds: ERPQuestion.timeLimit) {
    case .success(let said): return said
    case .failure(let error): note(.failed(error))
    case nil: note(.failed(erp.access.silence(ERPQuestion.timeLimit)))
    }
    return .nobody
  }

  // MARK: - Health

  private func note(_ outcome: ERPSession.Outcome?) {
    guard let outcome else { return }
    let (report, health) = state.withLock { state in
      state.session.note(outcome, at: now())
      return (state.report, state.session.health.latest)
    }
    guard outcome != .busy, let health else { return }
    report?(.health(Self.id, health == .up ? refusal ?? .up : health))
    // The time of the next try may be nearer than that of the next copy.
    if health != .up { alarm.ring() }
  }

  /// What the ERP brought last and the store refused. A store that cannot be read says so at the next look at it.
  private var refusal: SourceHealth? {
    (try? store.partyStore().copies(of: ERPCopy.source))?.refusal.map {
      .down(reason: ERPCopy.advising($0.sentence), since: now(), nextTry: nil)
    }
  }
}

extension ERPSession.Outcome {
  fileprivate static func failed(_ error: ERPError) -> Self {
    .failed(error.sentence, wasRefused: error.kind == .refused)
  }
}

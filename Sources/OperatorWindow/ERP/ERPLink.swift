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
  /// How long after it refused the user: no guard against guessed passwords is to shut the user out.
  private static let pauseOfRefused: Duration = .seconds(900)
  /// How long after the store could not be read [ms].
  private static let pauseOfStore: Int64 = 60_000
  /// How long after another program held the store [ms]: it may bring what is due here.
  private static let pauseOfBusy: Int64 = 15_000
  /// How long a question may wait for its turn [ms].
  private static let patience: Int64 = 6_000
  /// So many questions that hang may have been given up; then the ERP is asked no more.
  private static let mostUnanswered = 3

  private struct State {
    var health = ConnectionHealth(interval: .seconds(5), goodLife: 0)
    /// Questions under way, those included that nobody waits for any more: each holds a thread.
    var unanswered = 0
    var report: (@Sendable (SourceReport) -> Void)?
  }

  private let erp: ERPSetup
  private let store: StoreAccess
  private let settings: Settings
  private let schedule: CopySchedule
  private let state = Mutex(State())
  private let questions = Mutex<ERPQuestion?>(nil)
  /// Waits for the answers to questions.
  private let lane = Lane()
  /// Rings for the next copy, or when a question fails.
  private let alarm = LoopAlarm()

  package init(_ erp: ERPSetup, _ settings: Settings, _ store: StoreAccess) {
    self.erp = erp
    self.store = store
    self.settings = settings
    schedule = settings.copySchedule
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
      await alarm.wait(await turn().map { .milliseconds($0) })
    }
  }

  /// Does what is due; how long nothing is [ms], nil: for good, or until a question fails.
  private func turn() async -> Int64? {
    let (nextTry, isKnown) = state.withLock { ($0.health.nextTry, $0.health.latest != nil) }
    if let nextTry, nextTry > WindowClock.now() { return nextTry - WindowClock.now() }
    do throws(StoreError) {
      let copied = try store.partyStore().copies(of: ERPCopy.source)
      if let due = schedule.due(copied, at: WindowClock.wall()) {
        guard await copy(due) else { return Self.pauseOfBusy }
      } else if nextTry != nil || !isKnown {
        await check()
      }
      let after = try store.partyStore().copies(of: ERPCopy.source)
      if let next = state.withLock({ $0.health.nextTry }) {
        return max(0, next - WindowClock.now())
      }
      guard schedule.interval > 0 else { return nil }
      return max(1_000, schedule.pause(after, at: WindowClock.wall()))
    } catch {
      fail(error.sentence)
      return Self.pauseOfStore
    }
  }

  /// Copies; false when another program copies or imports.
  private func copy(_ extent: PartyCopy.Extent) async -> Bool {
    guard let parties = try? store.partyStore() else { return true }
    let copy = ERPCopy(erp.profile, from: erp.access, into: parties, plan: settings.plan)
    let answer = OneAnswer<Result<ERPCopyReport, ERPError>>()
    let run = ERPCopyRun(copy, extent, at: WindowClock.wall()) { answer.give($0) }
    let outcome = await answer.value { run.stop() }
    switch outcome {
    case nil: break
    case .success: succeed()
    case .failure(let error):
      switch error.kind {
      case .store(.busy): return false
      // The ERP is well; what it brought was refused.
      case .store(.badInput): succeed()
      default: fail(error)
      }
    }
    return true
  }

  private func check() async {
    let access = erp.access
    let answer = OneAnswer<Result<Void, ERPError>>()
    BlockingThread.start { () throws(ERPError) in
      try access.check()
    } done: {
      answer.give($0)
    }
    let outcome = await answer.value()
    switch outcome {
    case nil: return
    case .success: succeed()
    case .failure(let error): fail(error)
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
    let asked = WindowClock.now()
    lane.run { [self] in
      let hasWaited = WindowClock.now() - asked > Self.patience
      answer(hasWaited || !mayAsk ? .nobody : wait(for: question, number))
    }
  }

  /// Whether the ERP is not known to be down, and not silent to too many questions.
  private var mayAsk: Bool {
    state.withLock { $0.health.nextTry == nil && $0.unanswered < Self.mostUnanswered }
  }

  private func question() -> ERPQuestion? {
    questions.withLock { known in
      if known == nil, let parties = try? store.partyStore() {
        known = ERPQuestion(erp.profile, to: erp.access, for: parties, plan: settings.plan)
      }
      return known
    }
  }

  private func wait(for question: ERPQuestion, _ number: PhoneNumber) -> ERPAnswer {
    state.withLock { $0.unanswered += 1 }
    let answer = OneAnswer<Result<ERPAnswer, ERPError>>()
    BlockingThread.start { () throws(ERPError) in
      try question.ask(number)
    } done: { [self] in
      answer.give($0)
      state.withLock { $0.unanswered -= 1 }
    }
    switch answer.wait(seconds: ERPQuestion.timeLimit) {
    case .success(let said): return said
    case .failure(let error): fail(error)
    case nil: fail(erp.access.silence(ERPQuestion.timeLimit))
    }
    return .nobody
  }

  // MARK: - Health

  private func succeed() {
    let report = state.withLock { state in
      state.health.rise(at: WindowClock.now())
      return state.report
    }
    // A store that cannot be read says so at the next look at it.
    guard let refusal = (try? store.partyStore().copies(of: ERPCopy.source))?.refusal else {
      report?(.health(Self.id, .up))
      return
    }
    let reason = ERPCopy.advising(refusal.sentence)
    report?(.health(Self.id, .down(reason: reason, since: WindowClock.now(), nextTry: nil)))
  }

  private func fail(_ error: ERPError) {
    fail(error.sentence, wasRefused: error.kind == .refused)
  }

  private func fail(_ reason: String, wasRefused: Bool = false) {
    let now = WindowClock.now()
    let (report, health) = state.withLock { state in
      state.health.fall(reason, wasRefused ? .after(Self.pauseOfRefused) : .backoff, at: now)
      return (state.report, state.health.latest)
    }
    if let health { report?(.health(Self.id, health)) }
    // The time of the next try may be nearer than that of the next copy.
    alarm.ring()
  }
}

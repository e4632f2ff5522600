import Connector
package import ERPSync
package import OperatorConfiguration
package import RecordOpener
import Synchronization
package import Telephony
package import TrafficTrace

/// The window's link with the ERP: it copies what has changed every few minutes, and asks for numbers that
/// the copy does not know.
///
/// Neither holds the window up: both block on threads of their own, which nobody waits for. An ERP that is
/// down, or silent, is a state with the time of the next try, as with a source of calls.
package final class ERPLink: Connection {
  /// How long a question may wait for its turn [ms].
  private static let patience: Int64 = 6_000

  /// Whether the ERP may be asked, as the session last said.
  private final class Permission: Sendable {
    let isGiven = Atomic(true)
  }

  private let erp: ERPSetup
  private let store: StoreAccess
  private let settings: Settings
  /// Nil: only the machine's service may ask the ERP.
  private let line: SessionLine<ERPSession>?
  private let permission: Permission
  private let questions = Mutex<ERPQuestion?>(nil)
  /// Waits for the answers to questions.
  private let lane = Lane()
  private let now: @Sendable () -> Moment

  /// A link that begins with ``run(_:)``; without a clock, the timers of the runtime's loop wait.
  package init(
    _ erp: ERPSetup, _ settings: Settings, _ store: StoreAccess, trace: Trace? = nil,
    now: @escaping @Sendable () -> Moment = WindowClock.now, clock: (any Clock<Duration>)? = nil
  ) {
    let permission = Permission()
    self.erp = erp
    self.store = store
    self.settings = settings
    self.permission = permission
    self.now = now
    line = erp.access.map { access in
      SessionLine(
        ERPSession(), id: .erp,
        peer: ERPCarrier(profile: erp.profile, access: access, store: store, settings: settings),
        now: now, clock: clock, trace: trace,
        heard: { permission.isGiven.store($0, ordering: .relaxed) })
    }
  }

  /// Where a record opens in the ERP; nil without its address.
  package var record: OpenTarget? { erp.record }
  /// Where a new third party is entered, in the same way.
  package var newParty: OpenTarget? { erp.newParty }

  /// Copies until the task is cancelled.
  package func run(_ report: @escaping @Sendable (SourceReport) -> Void) async {
    await line?.run { [permission] news in
      // Before anybody hears of it: what was not found meanwhile is asked for at once.
      if case .health(_, .up) = news { permission.isGiven.store(true, ordering: .relaxed) }
      report(news)
    }
  }

  // MARK: - Questions

  /// Asks the ERP who has a number, and calls `answer`, on another thread unless the ERP is not asked.
  ///
  /// One question after the other; one that the ERP has not answered within its time limit, or that has waited
  /// too long for its turn, is answered with nobody, whatever the ERP does.
  package func ask(_ number: PhoneNumber, _ answer: @escaping @Sendable (ERPAnswer) -> Void) {
    guard settings.erpLive, ERPQuestion.isWorthAsking(number), mayAsk, let access = erp.access,
      let question = question(to: access)
    else { return answer(.nobody) }
    let asked = now()
    lane.run { [self] in
      let hasWaited = now() - asked > Self.patience
      answer(hasWaited || !mayAsk ? .nobody : wait(for: question, number, access))
    }
  }

  private var mayAsk: Bool { permission.isGiven.load(ordering: .relaxed) }

  private func question(to access: ERPAccess) -> ERPQuestion? {
    questions.withLock { known in
      // The machine's file takes no answers: whom the ERP names, the next copy brings.
      if known == nil, let parties = try? store.erpStore() {
        known = ERPQuestion(erp.profile, to: access, for: parties, plan: settings.plan)
      }
      return known
    }
  }

  private func wait(
    for question: ERPQuestion, _ number: PhoneNumber, _ access: ERPAccess
  ) -> ERPAnswer {
    tell(.asking)
    let answer = OneAnswer<Result<ERPAnswer, ERPError>>()
    BlockingThread.start { () throws(ERPError) in
      try question.ask(number)
    } done: { [self] in
      answer.give($0)
      tell(.asked)
    }
    switch answer.wait(seconds: ERPQuestion.timeLimit) {
    case .success(let said): return said
    case .failure(let error): fail(error)
    case nil: fail(access.silence(ERPQuestion.timeLimit))
    }
    return .nobody
  }

  /// The next question is not to ask before the session has heard of it.
  private func fail(_ error: ERPError) {
    permission.isGiven.store(false, ordering: .relaxed)
    tell(.failed(ERPOutage(error)))
  }

  private func tell(_ news: ERPQuestionNews) {
    line?.inform { _ in news.text }
  }
}

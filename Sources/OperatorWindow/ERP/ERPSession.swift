package import Connector
package import Telephony

/// What is due with the ERP, and what its answers mean: the link without the ERP, the store and the clock, all
/// of which it is told of. An ``ERPWay`` says what there is to send, and what comes back.
package struct ERPSession: LineSession {
  /// How long after it refused the user: no guard against guessed passwords is to shut the user out.
  private static let pauseOfRefused: Duration = .seconds(900)
  /// How long after another program held the store [ms].
  private static let pauseOfBusy: Int64 = 15_000
  /// The shortest time between two copies [ms]: a store may not note them.
  private static let shortestPause: Int64 = 1_000
  /// So many questions that hang may have been given up; then the ERP is asked no more.
  private static let mostUnanswered = 3

  /// How the way to the ERP is.
  private var health = ConnectionHealth(interval: .seconds(5), goodLife: 0)
  /// Questions under way, those included that nobody waits for any more: each holds a thread.
  private var unanswered = 0
  /// Whether something was sent and is not answered yet.
  private var isAtWork = false
  /// Whether the ERP was asked since the last pause.
  private var hasJustDone = false
  /// When to look next; nil: when something fails.
  private var lookAt: Moment?

  /// A link that has done nothing yet.
  package init() {}

  /// Whether the ERP is not known to be down, and not silent to too many questions.
  package var counts: Bool { health.nextTry == nil && unanswered < Self.mostUnanswered }
  package var nextWake: Moment? { isAtWork ? nil : lookAt }
  /// It owes the ERP no farewell.
  package var hasLeft: Bool { true }

  package mutating func start(at now: Moment) -> [LineStep] { [.open] }

  package mutating func linked(from local: LineAddress?, at now: Moment) -> [LineStep] {
    send(.look)
  }

  package mutating func wake(at now: Moment) -> [LineStep] {
    guard !isAtWork, let lookAt, lookAt <= now else { return [] }
    hasJustDone = false
    return send(.look)
  }

  /// A way to the ERP is no connection, and does not end.
  package mutating func unlinked(_ failure: ConnectionFailure, at now: Moment) -> [LineStep] { [] }

  package mutating func receive(
    _ bytes: UnsafeRawBufferPointer, from peer: LineAddress?, at now: Moment
  ) -> [LineStep] {
    guard let news = ERPNews(String(decoding: bytes, as: UTF8.self)) else { return [] }
    isAtWork = false
    switch news {
    case .due(let extent):
      if hasJustDone || isDown(at: now) { return wait(until: now + Self.shortestPause, now) }
      return send(.copy(extent))
    case .later(let pause):
      let isKnown = health.latest != nil && health.nextTry == nil
      if !isKnown, !hasJustDone, !isDown(at: now) { return send(.check) }
      return wait(until: pause.map { now + max(Self.shortestPause, $0) }, now)
    case .busy: return wait(until: now + Self.pauseOfBusy, now)
    case .answered(let refusal):
      hasJustDone = true
      health.rise(at: now)
      // The ERP is well; what it brought was refused.
      let shown = refusal.map { SourceHealth.down(reason: $0, since: now, nextTry: nil) }
      return [.report(.health(.erp, shown ?? .up))] + send(.look)
    case .failed(let outage): return fall(outage, now)
    }
  }

  /// What became of a question, which goes another way.
  package mutating func learn(_ word: String, at now: Moment) -> [LineStep] {
    switch ERPQuestionNews(word) {
    case .asking: unanswered += 1
    case .asked: unanswered = max(0, unanswered - 1)
    case .failed(let outage): return fall(outage, now)
    case nil: break
    }
    return []
  }

  package mutating func stop(at now: Moment) -> [LineStep] { [.close] }

  private mutating func send(_ order: ERPOrder) -> [LineStep] {
    (isAtWork, lookAt) = (true, nil)
    return [.send(Array(order.text.utf8), to: nil)]
  }

  /// Whether it is not time yet to try again: a question may have failed meanwhile.
  private func isDown(at now: Moment) -> Bool { health.nextTry.map { $0 > now } ?? false }

  private mutating func wait(until moment: Moment?, _ now: Moment) -> [LineStep] {
    lookAt = isDown(at: now) ? health.nextTry : moment
    return []
  }

  private mutating func fall(_ outage: ERPOutage, _ now: Moment) -> [LineStep] {
    health.fall(
      outage.sentence, outage.wasRefused ? .after(Self.pauseOfRefused) : .backoff, at: now)
    // The time of the next try may be nearer than that of the next copy.
    lookAt = health.nextTry
    return health.latest.map { [.report(.health(.erp, $0))] } ?? []
  }
}

package import Telephony

/// Keeps a ``ConnectorSession`` connected: tells how the way to its peer is, and tries again when there is none.
///
/// A connection that fails is tried again after 1 s, then less and less often, at last once a minute. One that was up for
/// some seconds was a good one, and the next try comes soon: of calls that come and go in a long pause nobody hears.
package struct Reconnection<Session: ConnectorSession>: LineSession {
  /// What becomes of an order, told to who gave it.
  package typealias Done = @Sendable (Session.Answer?) -> Void

  private let id: SourceID
  private var session: Session
  private var health = ConnectionHealth(interval: .seconds(1), goodLife: 10_000)
  private var isLinked = false
  /// When the next try is due.
  private var retryAt: Moment?
  private var orders: [Int: Done] = [:]

  /// A session that has not begun.
  package init(_ session: Session, id: SourceID) {
    self.session = session
    self.id = id
  }

  package var counts: Session.Counts { session.counts }
  package var nextWake: Moment? { isLinked ? session.nextWake : retryAt }
  /// It takes its leave without waiting for an answer.
  package var hasLeft: Bool { true }

  package mutating func start(at now: Moment) -> [LineStep] { [.open] }

  package mutating func linked(from local: LineAddress?, at now: Moment) -> [LineStep] {
    isLinked = true
    retryAt = nil
    return steps(session.begin(at: now), now)
  }

  package mutating func receive(
    _ bytes: UnsafeRawBufferPointer, from peer: LineAddress?, at now: Moment
  ) -> [LineStep] { steps(session.receive(bytes, at: now), now) }

  package mutating func wake(at now: Moment) -> [LineStep] {
    guard !isLinked else { return steps(session.wake(at: now), now) }
    guard let due = retryAt, due <= now else { return [] }
    retryAt = nil
    return [.open]
  }

  package mutating func unlinked(_ failure: ConnectionFailure, at now: Moment) -> [LineStep] {
    lose(.connection(failure), now)
  }

  package mutating func learn(_ word: String, at now: Moment) -> [LineStep] { [] }

  package mutating func stop(at now: Moment) -> [LineStep] { end(now) + [.close] }

  /// Has the peer do something; `done` is told nil when it is not connected, or something else stands in the way.
  package mutating func order(
    _ order: Session.Order, ticket: Int, at now: Moment, _ done: @escaping Done
  ) -> [LineStep] {
    guard isLinked, health.isUp else { return [.answer { done(nil) }] }
    orders[ticket] = done
    return steps(session.order(order, ticket: ticket, at: now), now)
  }

  /// Nobody waits for what becomes of an order any more; who gave it is told what is known.
  package mutating func abandon(_ ticket: Int) -> [LineStep] {
    orders[ticket] == nil ? [] : answered(ticket, session.abandon(ticket: ticket))
  }

  // MARK: - What the session wants done

  private mutating func steps(_ wanted: [Session.Step], _ now: Moment) -> [LineStep] {
    var steps: [LineStep] = []
    for step in wanted {
      switch step {
      case .send(let bytes): if isLinked { steps.append(.send(bytes, to: nil)) }
      case .tell(let event): steps.append(.report(.event(event)))
      case .up: if health.rise(at: now) { steps += reported() }
      case .lost(let outage): steps += lose(outage, now)
      case .answered(let ticket, let answer): steps += answered(ticket, answer)
      }
    }
    return steps
  }

  private mutating func answered(_ ticket: Int, _ answer: Session.Answer?) -> [LineStep] {
    orders.removeValue(forKey: ticket).map { done in [.answer { done(answer) }] } ?? []
  }

  /// The connection has gone, or is of no use, or none came.
  private mutating func lose(_ outage: Session.Outage, _ now: Moment) -> [LineStep] {
    var steps = end(now)
    health.fall(session.sentence(outage), outage.retry, at: now)
    retryAt = health.nextTry
    steps.append(.close)
    steps += self.steps(session.missed(health.outage(at: now), at: now), now)
    return steps + reported()
  }

  /// Nothing more comes from the present connection, and nothing goes there.
  private mutating func end(_ now: Moment) -> [LineStep] {
    isLinked = false
    retryAt = nil
    return steps(session.end(at: now), now)
  }

  private func reported() -> [LineStep] { health.latest.map { [.report(.health(id, $0))] } ?? [] }
}

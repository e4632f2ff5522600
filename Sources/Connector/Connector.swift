import Synchronization
package import Telephony
package import TrafficTrace

/// Keeps one session in conversation with its peer: a ``Reconnection`` on a ``SessionLine`` that others can ask what was
/// heard, and give orders to.
package final class Connector<Session: ConnectorSession>: Sendable {
  private let line: SessionLine<Reconnection<Session>>
  private let tally: Tally<Session.Counts>
  private let inUse = Atomic(false)
  private let tickets = Atomic(0)

  /// A connector that begins with ``run(_:)``; see ``SessionLine``.
  package init(
    _ session: sending Session, id: SourceID, peer: ConnectorPeer,
    now: @escaping @Sendable () -> Moment, clock: (any Clock<Duration>)? = nil,
    runtime: ConnectorRuntime = .shared, trace: Trace? = nil
  ) {
    let tally = Tally(session.counts)
    self.tally = tally
    line = SessionLine(
      Reconnection(session, id: id), id: id, peer: peer, now: now, clock: clock, runtime: runtime,
      trace: trace, heard: { tally.note($0) })
  }

  /// What was heard so far, and what could not be used.
  package var counts: Session.Counts { tally.counts }

  /// Whether it runs.
  package var isInUse: Bool { inUse.load(ordering: .relaxed) }

  /// Listens until the task is cancelled.
  package func run(_ report: @escaping @Sendable (SourceReport) -> Void) async {
    inUse.store(true, ordering: .relaxed)
    await line.run(report)
    inUse.store(false, ordering: .relaxed)
  }

  /// Has the peer do something; nil: it is not connected, or something else stands in the way.
  ///
  /// After `patience` it ends with what is known by then; nil: the session keeps its own time limits.
  package func order(_ order: Session.Order, patience: Duration? = nil) async -> Session.Answer? {
    let ticket = tickets.add(1, ordering: .relaxed).newValue
    return await withCheckedContinuation { continuation in
      line.act { [line] reconnection, now in
        let callOff = patience.map {
          line.after($0) { line.act { reconnection, _ in reconnection.abandon(ticket) } }
        }
        return reconnection.order(order, ticket: ticket, at: now) {
          callOff?()
          continuation.resume(returning: $0)
        }
      }
    }
  }
}

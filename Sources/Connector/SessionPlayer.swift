package import Telephony
package import TrafficTrace

/// Plays the lines that a ``Connector`` wrote into a trace to another session of the same kind.
///
/// The trace says when the session was called, and with what; nothing is sent, and orders are not repeated.
package struct SessionPlayer<Session: ConnectorSession>: TracePlayer {
  private var session: Session

  /// A player to a session that has not begun.
  package init(_ session: Session) { self.session = session }

  package mutating func play(_ line: TraceLine, at now: Moment) -> [CallEvent] {
    steps(line, now).compactMap { if case .tell(let event) = $0 { event } else { nil } }
  }

  private mutating func steps(_ line: TraceLine, _ now: Moment) -> [Session.Step] {
    switch line.mark {
    case .sent: return []
    case .received, .piece: return line.bytes.withUnsafeBytes { session.receive($0, at: now) }
    case .event:
      let words = line.words.split(separator: " ")
      switch words.first {
      case "open": return session.begin(at: now)
      case "closed": return session.end(at: now)
      case "wake": return session.wake(at: now)
      case "missed": return session.missed(words.last.flatMap { Int64($0) } ?? 0, at: now)
      default: return []
      }
    }
  }
}

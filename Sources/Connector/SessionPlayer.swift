package import Telephony
package import TrafficTrace

/// Plays the lines that a ``SessionLine`` wrote into a trace to another session of the same kind.
///
/// The trace says when the session was called, and with what; nothing is sent, and orders are not repeated.
package struct SessionPlayer<Session: LineSession>: TracePlayer {
  private let make: () -> Session
  private var session: Session?

  /// A player to a session that is made when the one of the trace began.
  package init(_ make: @escaping () -> Session) { self.make = make }

  /// A player to a session that has not begun.
  package init<Conversation>(_ session: Conversation)
  where Session == Reconnection<Conversation> {
    self.init { Reconnection(session, id: Trace.own) }
  }

  package mutating func play(_ line: TraceLine, at now: Moment) -> [CallEvent] {
    steps(line, now).compactMap { if case .report(.event(let event)) = $0 { event } else { nil } }
  }

  private mutating func steps(_ line: TraceLine, _ now: Moment) -> [LineStep] {
    let words = line.words.split(separator: " ", maxSplits: 1)
    if line.mark == .event, words.first == "start" { session = make() }
    guard var session else { return [] }
    defer { self.session = session }
    switch line.mark {
    case .sent: return []
    case .received, .piece:
      return line.bytes.withUnsafeBytes { session.receive($0, from: nil, at: now) }
    case .event:
      let rest = words.count == 2 ? String(words[1]) : ""
      switch words.first {
      case "start": return session.start(at: now)
      case "linked": return session.linked(from: LineAddress(traced: rest), at: now)
      case "unlinked": return session.unlinked(.unreachable(detail: rest), at: now)
      case "wake": return session.wake(at: now)
      case "stop": return session.stop(at: now)
      default: return session.learn(line.words, at: now)
      }
    }
  }
}

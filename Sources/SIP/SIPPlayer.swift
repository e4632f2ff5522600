import Synchronization
import Telephony
import TrafficTrace

/// Plays the lines that a ``SIPLine`` wrote into a trace to another session, which says the same words.
struct SIPPlayer<Session: SIPSession>: TracePlayer {
  private let isStream: Bool
  private let server: SIPHop
  private let begin: () -> Session
  private var session: Session?
  private var stream = SIPStream()

  /// A player for a source whose messages come in a stream, or each in a datagram; `make` makes a session that
  /// takes its words from a function.
  init(
    _ lines: [TraceLine], isStream: Bool, server: SIPHop,
    _ make: @escaping (@escaping @Sendable () -> String) -> Session
  ) {
    let seeds = lines.filter { $0.mark == .event }.map(\.words).filter { $0.hasPrefix("seed ") }
    let words = TakenWords(seeds.map { String($0.dropFirst("seed ".count)) })
    self.isStream = isStream
    self.server = server
    begin = { make { words.next() } }
  }

  mutating func play(_ line: TraceLine, at now: Moment) -> [CallEvent] {
    actions(line, now).compactMap { action in
      if case .report(.event(let event)) = action { event } else { nil }
    }
  }

  private mutating func actions(_ line: TraceLine, _ now: Moment) -> [SIPAction] {
    let words = line.words.split(separator: " ", maxSplits: 1)
    if line.mark == .event, words.first == "start" { session = begin() }
    guard var session else { return [] }
    defer { self.session = session }
    switch line.mark {
    case .sent: return []
    case .received, .piece:
      return messages(line.bytes).flatMap { session.receive($0, from: server, at: now) }
    case .event:
      let rest = words.count == 2 ? String(words[1]) : ""
      switch words.first {
      case "start": return session.start(at: now)
      case "linked":
        stream = SIPStream()
        return SIPHop(rest).map { session.linked(local: $0, at: now) } ?? []
      case "unlinked": return session.unlinked(rest, at: now)
      case "wake": return session.tick(at: now)
      case "stop": return session.stop(at: now)
      default: return session.learn(line.words, at: now)
      }
    }
  }

  private mutating func messages(_ bytes: [UInt8]) -> [SIPMessage] {
    isStream ? (try? stream.feed(bytes)) ?? [] : SIPMessage(bytes).map { [$0] } ?? []
  }
}

/// The words that the trace says were taken, in their order.
private final class TakenWords: Sendable {
  private let left: Mutex<ArraySlice<String>>

  init(_ words: [String]) { left = Mutex(words[...]) }

  func next() -> String { left.withLock { $0.popFirst() } ?? "" }
}

import Synchronization
import Telephony
import TrafficTrace

/// Plays the lines that a ``SIPDialogLine`` wrote into a trace to another subscription, which says the same words.
struct SIPPlayer: TracePlayer {
  /// The words that the trace says were taken, in their order.
  private final class Words: Sendable {
    private let left: Mutex<ArraySlice<String>>

    init(_ words: [String]) { left = Mutex(words[...]) }

    func next() -> String { left.withLock { $0.popFirst() } ?? "" }
  }

  private let isStream: Bool
  private let server: SIPHop
  private let begin: () -> SIPSubscription
  private var subscription: SIPSubscription?
  private var stream = SIPStream()

  /// A player for a source whose messages come in a stream, or each in a datagram; `make` makes a subscription that
  /// takes its words from a function.
  init(
    _ lines: [TraceLine], isStream: Bool, server: SIPHop,
    _ make: @escaping (@escaping @Sendable () -> String) -> SIPSubscription
  ) {
    let seeds = lines.filter { $0.mark == .event }.map(\.words).filter { $0.hasPrefix("seed ") }
    let words = Words(seeds.map { String($0.dropFirst("seed ".count)) })
    self.isStream = isStream
    self.server = server
    begin = { make { words.next() } }
  }

  mutating func play(_ line: TraceLine, at now: Moment) -> [CallEvent] {
    actions(line, now).compactMap { action in
      if case .report(.event(let event)) = action { event } else { nil }
    }
  }

  private mutating func actions(_ line: TraceLine, _ now: Moment) -> [SIPSubscription.Action] {
    switch line.mark {
    case .sent: return []
    case .received, .piece:
      return messages(line.bytes).flatMap {
        subscription?.receive($0, from: server, at: now) ?? []
      }
    case .event:
      let words = line.words.split(separator: " ", maxSplits: 1)
      let rest = words.count == 2 ? String(words[1]) : ""
      switch words.first {
      case "start":
        subscription = begin()
        return subscription?.start(at: now) ?? []
      case "linked":
        stream = SIPStream()
        return SIPHop(rest).flatMap { subscription?.linked(local: $0, at: now) } ?? []
      case "unlinked": return subscription?.unlinked(rest, at: now) ?? []
      case "wake": return subscription?.tick(at: now) ?? []
      case "stop": return subscription?.stop(at: now) ?? []
      default: return []
      }
    }
  }

  private mutating func messages(_ bytes: [UInt8]) -> [SIPMessage] {
    isStream ? (try? stream.feed(bytes)) ?? [] : SIPMessage(bytes).map { [$0] } ?? []
  }
}

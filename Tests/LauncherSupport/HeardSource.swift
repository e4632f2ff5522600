import Synchronization
public import Telephony

/// A source of calls that runs as it does in a window, and what it has told.
public final class HeardSource: Sendable {
  private let received = Mutex<[SourceReport]>([])
  private let running = Mutex<Task<Void, Never>?>(nil)

  /// Runs the source until ``stop()``.
  public init(_ source: any CallSource) {
    let task = Task { [self] in
      await source.run { report in self.received.withLock { $0.append(report) } }
    }
    running.withLock { $0 = task }
  }

  /// Everything that was told so far.
  public var reports: [SourceReport] { received.withLock { $0 } }

  /// What was told since the last time that somebody asked; it is forgotten.
  public func news() -> [SourceReport] {
    received.withLock { reports in
      defer { reports = [] }
      return reports
    }
  }

  /// Cancels the source and waits for its end.
  public func stop() async {
    let task = running.withLock { $0 }
    task?.cancel()
    await task?.value
  }
}

extension [SourceReport] {
  /// The facts about calls, oldest first.
  public var events: [CallEvent] {
    compactMap { if case .event(let event) = $0 { event } else { nil } }
  }

  /// What the source said of itself, oldest first.
  public var healths: [SourceHealth] {
    compactMap { if case .health(_, let health) = $0 { health } else { nil } }
  }

  /// The sentence of a source that is down or off now.
  public var reason: String? {
    switch healths.last {
    case .down(let reason, _, _), .off(let reason): reason
    case .up, nil: nil
    }
  }

  /// When a source that is down is tried again [s from now].
  public func nextTry(from now: Moment) -> Int? {
    guard case .down(_, _, let next) = healths.last else { return nil }
    return next.map { Int(($0 - now) / 1000) }
  }
}

extension CallEvent {
  /// What happened, in short: `ring`, `end missed`, `other hold`.
  public var what: String {
    switch kind {
    case .ring: "ring"
    case .answer: "answer"
    case .request: "request"
    case .end(let reason): "end \(reason.rawValue)"
    case .other(let word): "other \(word)"
    case .vanish: "vanish"
    }
  }

  /// Who is at the other end, in short: `03 88 20 21 22`, `withheld`, `untold`.
  public var who: String {
    caller.isWithheld ? "withheld" : caller.identity == .untold ? "untold" : caller.text
  }
}

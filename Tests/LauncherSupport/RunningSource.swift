public import CallSources
public import CallWire
import PhoneNumbers
import Synchronization
public import Telephony

/// A launcher source that runs as it does in a window, with a short look.
public final class RunningSource: Sendable {
  /// The moment of every event of the source, before the time in the spool is taken off.
  public static let now = Moment(milliseconds: 1_000_000)

  /// The source itself, for its counts.
  public let source: LauncherSource
  private let received = Mutex<[SourceReport]>([])
  private let task = Mutex<Task<Void, Never>?>(nil)

  /// Starts it; it is up once ``isUp()`` says so.
  public init(
    _ runtime: RuntimeDirectory, station: String? = nil, interval: Duration = .milliseconds(20),
    patience: Duration = .seconds(2), knowledge: WindowKnowledge = WindowKnowledge()
  ) {
    source = LauncherSource(
      runtime: runtime, station: station, plan: NumberPlan(),
      now: { Self.now }, knowledge: knowledge, interval: interval, patience: patience)
    let running = Task { [self] in
      await source.run { report in self.received.withLock { $0.append(report) } }
    }
    task.withLock { $0 = running }
  }

  /// Everything that was reported so far.
  public var reports: [SourceReport] { received.withLock { $0 } }

  /// The events that were reported so far.
  public var events: [CallEvent] {
    reports.compactMap { if case .event(let event) = $0 { event } else { nil } }
  }

  /// The latest health.
  public var health: SourceHealth? {
    reports.last { if case .health = $0 { true } else { false } }
      .flatMap { if case .health(_, let health) = $0 { health } else { nil } }
  }

  /// Waits until the source listens.
  public func isUp() async -> Bool { await eventually { self.health == .up } }

  /// Cancels it and waits for its end.
  public func stop() async {
    let running = task.withLock { $0 }
    running?.cancel()
    await running?.value
  }
}

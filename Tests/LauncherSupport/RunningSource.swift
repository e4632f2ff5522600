public import CallSources
public import CallWire
import PhoneNumbers
public import Telephony

/// A launcher source that runs as it does in a window, with a short look.
public final class RunningSource: Sendable {
  /// The moment of every event of the source, before the time in the spool is taken off.
  public static let now = Moment(milliseconds: 1_000_000)

  /// The source itself, for its counts.
  public let source: LauncherSource
  private let heard: HeardSource

  /// Starts it; it is up once ``isUp()`` says so.
  public init(
    _ runtime: RuntimeDirectory, station: String? = nil, interval: Duration = .milliseconds(20),
    patience: Duration = .seconds(2), knowledge: WindowKnowledge = WindowKnowledge()
  ) {
    source = LauncherSource(
      runtime: runtime, station: station, plan: NumberPlan(),
      now: { Self.now }, knowledge: knowledge, interval: interval, patience: patience)
    heard = HeardSource(source)
  }

  /// Everything that was reported so far.
  public var reports: [SourceReport] { heard.reports }

  /// The events that were reported so far.
  public var events: [CallEvent] { reports.events }

  /// The latest health.
  public var health: SourceHealth? { reports.healths.last }

  /// Waits until the source listens.
  public func isUp() async -> Bool { await eventually { self.health == .up } }

  /// Cancels it and waits for its end.
  public func stop() async { await heard.stop() }
}

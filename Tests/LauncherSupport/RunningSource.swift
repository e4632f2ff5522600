public import CallWire
public import LauncherSource
import PhoneNumbers
public import Telephony
import TestSupport
import ThirdPartyStore

/// A launcher source that runs as it does in a window, with a short look.
public final class RunningSource: Sendable {
  /// The moment of every event of the source, before the time in the spool is taken off.
  public static let now = Moment(milliseconds: 1_000_000)

  /// The source itself, for its counts.
  public let source: LauncherSource
  private let heard: HeardSource
  private let inbox: EventInbox
  private let file: InboxFile
  private let folder: TemporaryFolder?

  /// Starts it; it is up once ``isUp()`` says so.
  public init(
    _ runtime: RuntimeDirectory, station: String? = nil, interval: Duration = .milliseconds(20),
    patience: Duration = .seconds(2), knowledge: WindowKnowledge = WindowKnowledge()
  ) {
    // A folder that cannot be made is a failure of the test's own making.
    let folder = try? TemporaryFolder()
    self.folder = folder
    let file = InboxFile(path: folder?.file("inbox.sqlite") ?? runtime.path + "/inbox.sqlite") {
      (Self.now, WallTime(milliseconds: 1_795_352_700_000))
    }
    inbox = EventInbox(keep: { try file.keep($0, settling: $1) }, flush: { try file.flush() })
    self.file = file
    source = LauncherSource(
      runtime: runtime, station: station, plan: NumberPlan(), inbox: inbox,
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
  public func stop() async {
    await heard.stop()
    await inbox.finish()
    file.close()
  }
}

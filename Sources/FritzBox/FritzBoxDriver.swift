import Connector
package import PhoneNumbers
public import Telephony
package import TrafficTrace

/// The call monitor of a FRITZ!Box: calls of the box's numbers, and which of its telephones took them. What the box dials
/// by a ``FritzBoxDialler``, it can end.
///
/// TCP, port 1012, without a login and without TLS; a ``FritzBoxLine`` for each piece of news. A connection that
/// fails is tried again after 1 s, then less and less often, at last once a minute.
public struct FritzBoxDriver: TelephonyDriver, SelfExamining {
  /// The name under which every driver of this kind reports.
  public static let id: SourceID = "fritzbox"
  /// The name under which it reports.
  public var id: SourceID { Self.id }

  private let monitor: FritzBoxMonitor
  private let dialler: FritzBoxDialler?
  private let station: String?
  private let plan: NumberPlan
  private let connector: Connector<FritzBoxSession>

  /// The driver of the calls that `monitor` says are the operator's.
  ///
  /// - Parameters:
  ///   - dialler: What dials at the box; nil: nothing.
  ///   - station: The operator's extension, which events carry; nil: none is configured.
  ///   - now: The window's clock, which events carry.
  ///   - clock: What pauses are waited on; nil: the timers of the connection's own thread.
  ///   - trace: What is told of all that passes.
  package init(
    _ monitor: FritzBoxMonitor, dialler: FritzBoxDialler? = nil, station: String?,
    plan: NumberPlan, now: @escaping @Sendable () -> Moment, clock: (any Clock<Duration>)? = nil,
    trace: Trace? = nil
  ) {
    self.monitor = monitor
    self.dialler = dialler
    self.station = station
    self.plan = plan
    let session = FritzBoxSession(monitor, station: station, plan: plan)
    connector = Connector(
      session, id: Self.id, peer: monitor.peer, now: now, clock: clock, trace: trace)
  }

  /// That a colleague took a call is known where the operator's own telephones are.
  public var abilities: Set<DriverAbility> {
    var known: Set<DriverAbility> = [.ringing, .answered, .ended, .busy]
    if !monitor.extensions.isEmpty { known.insert(.answeredElsewhere) }
    if dialler != nil { known.formUnion([.dialling, .hangingUp]) }
    return known
  }

  /// What was heard so far, and what could not be used.
  public var counts: FritzBoxCounts { connector.counts }

  /// What was noticed of the box's numbers and extensions.
  public var symptoms: [Symptom] { counts.symptoms(monitor) }

  /// What was noticed, and whether it can dial; the monitor itself cannot be asked.
  public func examine() async -> [Symptom] {
    guard let dialler else { return symptoms }
    return symptoms + [await dialler.examine()]
  }

  /// Listens until the task is cancelled.
  public func run(_ report: @escaping @Sendable (SourceReport) -> Void) async {
    await connector.run(report)
  }
}

extension FritzBoxDriver: CallControl {
  /// Fails: a box takes no calls for its telephones.
  public func answer(callID: String) async throws(DialError) {
    throw DialError("a FRITZ!Box takes no calls for its telephones: pick up")
  }

  /// Ends a call that the box makes, as long as nobody here has picked up for it.
  public func hangUp(callID: String) async throws(DialError) {
    guard let dialler, await connector.order(.isOutgoing(callID: callID)) == true else {
      throw DialError("a FRITZ!Box ends only calls that it dials: hang up the telephone")
    }
    try await dialler.hangUp()
  }
}

extension FritzBoxDriver: TracedSource {
  package func player(of lines: [TraceLine]) -> any TracePlayer {
    SessionPlayer(FritzBoxSession(monitor, station: station, plan: plan))
  }
}

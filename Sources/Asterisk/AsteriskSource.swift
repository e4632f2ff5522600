import Connector
package import PhoneNumbers
public import Telephony
package import TrafficTrace

/// The Manager Interface (AMI) of Asterisk 12 and later: the true state of one or several stations, and
/// calls that the PBX makes for them.
///
/// Text over TCP, port 5038, with TLS 5039; lines end with CR LF, messages with an empty line:
///
///     ← Asterisk Call Manager/11.0.0
///     → Action: Login                       ← Response: Success
///       Username: screenpop                   Message: Authentication accepted
///       Secret: …
///       Events: call
///     ← Event: Newstate                     ← Event: Hangup
///       Channel: PJSIP/1024-00000001          Channel: PJSIP/1024-00000001
///       ChannelState: 5                       Cause: 16
///       ConnectedLineNum: 0388202122          Uniqueid: 1795342173.1
///       Uniqueid: 1795342173.1                Linkedid: 1795342173.0
///       Linkedid: 1795342173.0
///
/// A connection that fails is tried again after 1 s, then less and less often, at last once a minute; a
/// refused login after a quarter of an hour. AMI 1.x is refused for good.
public final class AsteriskSource: TelephonyDriver, SelfExamining, Dialler {
  /// How long the station is rung when a call is made for it.
  private static let ringing: Duration = .seconds(30)

  /// The name under which it usually reports.
  public static let standardID: SourceID = "asterisk"

  /// The name under which it reports.
  public let id: SourceID
  /// How long a trial waits for the events of its calls.
  private static let trialPatience: Duration = .seconds(3)

  private let manager: AsteriskManager
  private let stations: AMIStations
  private let plan: NumberPlan
  private let connector: Connector<AMISession>

  /// The source of the stations' calls.
  ///
  /// - Parameters:
  ///   - station: The operator's extension, under which all calls are reported; nil: each under the name
  ///     of its device.
  ///   - now: The window's clock, which events carry.
  ///   - clock: What pauses are waited on; nil: the timers of the connection's own thread.
  ///   - trace: What is told of all that passes.
  package init(
    _ manager: AsteriskManager, station: String?, id: SourceID = standardID, plan: NumberPlan,
    now: @escaping @Sendable () -> Moment, clock: (any Clock<Duration>)? = nil, trace: Trace? = nil
  ) {
    self.id = id
    self.plan = plan
    self.manager = manager
    let own = station.flatMap { $0.isEmpty ? nil : $0 }
    stations = AMIStations(
      technology: manager.technology, own: own,
      names: manager.stations.isEmpty ? own.map { [$0] } ?? [] : manager.stations)
    let prefix = "screenpop-" + String(UInt64.random(in: .min ... .max), radix: 36)
    trace?.note(id, "seed \(prefix)", at: now())
    let session = AMISession(
      manager, idPrefix: prefix, calls: AMICalls(source: id, stations: stations, plan: plan))
    connector = Connector(session, id: id, peer: manager.peer, now: now, clock: clock, trace: trace)
  }

  /// What it can know; calls can be made where a context says how, and the user was not found to lack the right.
  public var abilities: Set<DriverAbility> {
    let known: Set<DriverAbility> = [
      .ringing, .answered, .ended, .answeredElsewhere, .busy, .callerName,
    ]
    return manager.context.isEmpty || counts.mayNotDial ? known : known.union([.dialling])
  }

  /// What was heard so far, and what could not be used.
  public var counts: AsteriskCounts { connector.counts }

  /// What was noticed of how the user hears.
  public var symptoms: [Symptom] { counts.symptoms }

  /// Tries whether the user hears of calls, by two calls to channels that do not exist.
  public func examine() async -> [Symptom] {
    guard let station = stations.names.first,
      case .examined(let trial) = await connector.order(
        .examine("\(stations.technology)/\(station)"), patience: Self.trialPatience)
    else { return [] }
    return [trial.symptom] + symptoms
  }

  /// Listens until the task is cancelled.
  public func run(_ report: @escaping @Sendable (SourceReport) -> Void) async {
    if let problem {
      report(.health(id, .off(reason: problem)))
      return await untilCancelled()
    }
    await connector.run(report)
  }

  /// Rings the operator's first station, and calls the number once it is picked up.
  public func dial(_ number: DialledNumber) async throws(DialError) -> String? {
    guard !manager.context.isEmpty else {
      throw DialError("no context of the dialplan to call in: set context in [asterisk]")
    }
    guard let station = stations.names.first, connector.isInUse else {
      throw DialError("\(id.name) is not in use: no call was made")
    }
    let channel = "\(stations.technology)/\(station)"
    let action = AMIAction.originate(
      channel: channel, number: number.text, context: manager.context, patience: Self.ringing)
    guard
      case .dialled(let result) = await connector.order(
        .dial(action), patience: Self.ringing + .seconds(10))
    else {
      throw DialError("there is no connection to \(manager.peer.name): no call was made")
    }
    if let sentence = result.sentence(channel: channel, server: manager.peer.name) {
      throw DialError(sentence)
    }
    return nil
  }

  /// Why it cannot be used as it is configured.
  private var problem: String? {
    if stations.names.isEmpty { return "no station configured: Asterisk is not asked" }
    if let unsafe = manager.spoken.first(where: { !AMIAction.isSafe($0.value) }) {
      return "\(unsafe.key) in [asterisk] holds a line end or a control character"
    }
    return nil
  }
}

extension AsteriskSource: TracedSource {
  /// The session that knows the names of the actions in the trace.
  package func player(of lines: [TraceLine]) -> any TracePlayer {
    let seed = lines.lazy.filter { $0.mark == .event }.map(\.words).first { $0.hasPrefix("seed ") }
    return SessionPlayer(
      AMISession(
        manager, idPrefix: String(seed?.dropFirst("seed ".count) ?? ""),
        calls: AMICalls(source: id, stations: stations, plan: plan)))
  }
}

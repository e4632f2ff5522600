import Connector
package import PhoneNumbers
public import Telephony
package import TrafficTrace

/// The event socket of FreeSWITCH in inbound mode: the true state of a station, and calls that FreeSWITCH makes for it.
///
/// TCP, port 8021, without TLS; messages are lines `Name: value`, an empty one, and a body:
///
///     ← Content-Type: auth/request
///     → auth …                                 ← Reply-Text: +OK accepted
///     → event plain CHANNEL_CREATE …           ← Reply-Text: +OK event listener enabled plain
///     → api show channels as json              ← {"row_count": 0}
///     ← events
///
/// A connection that fails is tried again after 1 s, then less and less often, at last once a minute; a refused
/// login after a quarter of an hour.
public final class FreeSwitchDriver: TelephonyDriver, SelfExamining, Dialler {
  /// How long the station is rung when a call is made for it [s].
  private static let ringing = 30
  /// How long an answer to a question may take.
  private static let patience: Duration = .seconds(5)

  /// The name under which every driver of this kind reports.
  public static let id: SourceID = "freeswitch"
  /// The name under which it reports.
  public var id: SourceID { Self.id }

  private let server: FreeSwitchServer
  private let station: String
  private let plan: NumberPlan
  private let connector: Connector<FreeSwitchSession>

  /// The driver of the station's calls.
  ///
  /// - Parameters:
  ///   - station: The operator's extension, which is followed if `server` names nobody else.
  ///   - now: The window's clock, which events carry.
  ///   - clock: What pauses are waited on; nil: the timers of the connection's own thread.
  ///   - trace: What is told of all that passes.
  package init(
    _ server: FreeSwitchServer, station: String?, plan: NumberPlan,
    now: @escaping @Sendable () -> Moment, clock: (any Clock<Duration>)? = nil, trace: Trace? = nil
  ) {
    var server = server
    if server.station.isEmpty { server.station = station ?? "" }
    self.server = server
    self.station = station ?? ""
    self.plan = plan
    let prefix = Self.idPrefix()
    trace?.note(Self.id, "seed \(prefix)", at: now())
    let session = FreeSwitchSession(
      server, station: station ?? "", idPrefix: prefix, plan: plan)
    connector = Connector(
      session, id: Self.id, peer: server.peer, now: now, clock: clock, trace: trace)
  }

  /// What it can know; calls can be made where a context says how, and the user does not lack the right.
  public var abilities: Set<DriverAbility> {
    let known: Set<DriverAbility> = [
      .ringing, .answered, .ended, .answeredElsewhere, .busy, .callerName, .hangingUp,
    ]
    return server.context.isEmpty || counts.mayNotDial ? known : known.union([.dialling])
  }

  /// What was heard so far, and what could not be used.
  public var counts: FreeSwitchCounts { connector.counts }

  /// What was noticed of how the user hears.
  public var symptoms: [Symptom] { counts.symptoms(server.station) }

  /// Asks for the channels, which a user may be forbidden.
  public func examine() async -> [Symptom] {
    guard case .listed? = await connector.order(.list, patience: Self.patience) else { return [] }
    return symptoms
  }

  /// Listens until the task is cancelled.
  public func run(_ report: @escaping @Sendable (SourceReport) -> Void) async {
    if let problem = server.problem {
      report(.health(id, .off(reason: problem)))
      return await untilCancelled()
    }
    await connector.run(report)
  }

  /// Rings the station, and calls the number once it is picked up.
  public func dial(_ number: DialledNumber) async throws(DialError) -> String? {
    guard !server.context.isEmpty else {
      throw DialError("no context of the dialplan to call in: set context in [freeswitch]")
    }
    guard server.problem == nil, connector.isInUse else {
      throw DialError("\(id.name) is not in use: no call was made")
    }
    let patience: Duration = .seconds(Self.ringing + 10)
    guard
      case .dialled(let result) = await connector.order(
        .dial(number.text, ringing: Self.ringing), patience: patience)
    else { throw notConnected }
    if let sentence = result.sentence(station: server.station, server: server.peer.name) {
      throw DialError(sentence)
    }
    return nil
  }

  private var notConnected: DialError {
    DialError("there is no connection to \(server.peer.name): nothing was done")
  }

  /// The beginning of the names of channels that we ask for: a UUID without its last twelve digits.
  private static func idPrefix() -> String {
    let digits = String(UInt64.random(in: 1 << 60 ... .max), radix: 16)
    return "\(digits.prefix(8))-\(digits.dropFirst(8).prefix(4))-4\(digits.suffix(3))-8000-"
  }
}

extension FreeSwitchDriver: CallControl {
  /// FreeSWITCH cannot pick a telephone up.
  public func answer(callID: String) async throws(DialError) {
    throw DialError("FreeSWITCH cannot pick the telephone up: answer the call there")
  }

  /// Ends the call; one that rings is refused.
  public func hangUp(callID: String) async throws(DialError) {
    guard
      case .hungUp(let refusal) = await connector.order(.hangUp(callID), patience: Self.patience)
    else { throw notConnected }
    if let refusal { throw DialError("FreeSWITCH did not end the call: \(refusal)") }
  }
}

extension FreeSwitchDriver: TracedSource {
  /// The session that knows the names of the channels that were asked for in the trace.
  package func player(of lines: [TraceLine]) -> any TracePlayer {
    let seed = lines.lazy.filter { $0.mark == .event }.map(\.words).first { $0.hasPrefix("seed ") }
    return SessionPlayer(
      FreeSwitchSession(
        server, station: station, idPrefix: String(seed?.dropFirst("seed ".count) ?? ""),
        plan: plan))
  }
}

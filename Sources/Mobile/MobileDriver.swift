import Connector
package import PhoneNumbers
public import Telephony
package import TrafficTrace

/// A mobile, or a modem with a SIM, through a service of the desktop on the D-Bus.
///
/// The bus is spoken to over its socket, without a library: its own event loop would have no place in ours, and a trace
/// could not be played again. To listen to the machine's bus as `busctl monitor` does takes an administrator.
public final class MobileDriver: TelephonyDriver, SelfExamining, Dialler {
  /// How long an answer to a question may take.
  private static let patience: Duration = .seconds(25)

  /// The name under which every driver of this kind reports.
  public static let id: SourceID = "mobile"
  /// The name under which it reports.
  public var id: SourceID { Self.id }

  private let bus: MobileBus
  private let station: String?
  private let plan: NumberPlan
  private let connector: Connector<MobileSession>

  /// The driver of the calls on this bus.
  ///
  /// - Parameters:
  ///   - station: The operator's extension, which events carry; nil: none is configured.
  ///   - now: The window's clock, which events carry.
  ///   - clock: What pauses are waited on; nil: the timers of the connection's own thread.
  ///   - trace: What is told of all that passes.
  package init(
    _ bus: MobileBus, station: String?, plan: NumberPlan, now: @escaping @Sendable () -> Moment,
    clock: (any Clock<Duration>)? = nil, trace: Trace? = nil
  ) {
    (self.bus, self.station, self.plan) = (bus, station, plan)
    let session = MobileSession(bus, station: station, plan: plan)
    connector = Connector(
      session, id: Self.id, peer: bus.peer, now: now, clock: clock, trace: trace)
  }

  /// What the service can know and do.
  public var abilities: Set<DriverAbility> {
    guard bus.service.takesOrders else { return [.ringing, .callerName] }
    let known: Set<DriverAbility> = [
      .ringing, .answered, .ended, .busy, .dialling, .answering, .hangingUp,
    ]
    return bus.service == .oFono ? known.union([.callerName]) : known
  }

  /// What was heard so far, and what could not be used.
  public var counts: MobileCounts { connector.counts }

  /// What was noticed of the modems.
  public var symptoms: [Symptom] { counts.symptoms(bus) }

  /// Asks for the modems.
  public func examine() async -> [Symptom] {
    _ = await connector.order(.list, patience: Self.patience)
    return symptoms
  }

  /// Listens until the task is cancelled.
  public func run(_ report: @escaping @Sendable (SourceReport) -> Void) async {
    if let problem = bus.problem {
      report(.health(id, .off(reason: problem)))
      return await untilCancelled()
    }
    await connector.run(report)
  }

  /// Has the first modem that can make calls call the number.
  public func dial(_ number: DialledNumber) async throws(DialError) -> String? {
    guard bus.problem == nil, connector.isInUse else {
      throw DialError("\(id.name) is not in use: no call was made")
    }
    try await perform(.dial(number.text), "the call was not made")
    return nil
  }

  private func perform(_ order: MobileSession.Order, _ failure: String) async throws(DialError) {
    let title = bus.service.title
    guard let answer = await connector.order(order, patience: Self.patience) else {
      throw DialError("\(failure): \(title) is not there")
    }
    switch answer {
    case .done: return
    case .refused(let error): throw DialError("\(failure): \(title) refused (\(error))")
    case .gone: throw DialError("\(failure): the call is not known any more")
    case .noModem: throw DialError("\(failure): \(title) knows no modem that can make calls")
    case .unknown: throw DialError("\(title) did not answer: look at the mobile")
    }
  }
}

extension MobileDriver: CallControl {
  /// Takes the ringing call.
  public func answer(callID: String) async throws(DialError) {
    try await perform(.answer(callID), "the call was not answered")
  }

  /// Ends the call; one that rings is refused.
  public func hangUp(callID: String) async throws(DialError) {
    try await perform(.hangUp(callID), "the call was not ended")
  }
}

extension MobileDriver: TracedSource {
  package func player(of lines: [TraceLine]) -> any TracePlayer {
    SessionPlayer(MobileSession(bus, station: station, plan: plan))
  }
}

import Connector
package import PhoneNumbers
public import Telephony
package import TrafficTrace

/// A telephone system that speaks CSTA phase III in XML: the true state of a device, and calls that the system makes, takes
/// and ends for it.
///
/// TCP, with or without TLS (ECMA-269, ECMA-323 in any edition, ECMA-354); see ``CSTASession``. A connection that fails is
/// tried again after 1 s, then less and less often, at last once a minute; a refused login after a quarter of an hour.
public final class CSTADriver: TelephonyDriver, SelfExamining, Dialler {
  /// How long an answer to a question may take.
  private static let patience: Duration = .seconds(15)

  /// The name under which every driver of this kind reports.
  public static let id: SourceID = "csta"
  /// The name under which it reports.
  public var id: SourceID { Self.id }

  private let server: CSTAServer
  private let station: String
  private let plan: NumberPlan
  private let connector: Connector<CSTASession>

  /// The driver of the device's calls.
  ///
  /// - Parameters:
  ///   - station: The operator's extension, which is the device if `server` names none.
  ///   - now: The window's clock, which events carry.
  ///   - clock: What pauses are waited on; nil: the timers of the connection's own thread.
  ///   - trace: What is told of all that passes.
  package init(
    _ server: CSTAServer, station: String?, plan: NumberPlan,
    now: @escaping @Sendable () -> Moment, clock: (any Clock<Duration>)? = nil,
    trace: Trace? = nil
  ) {
    var server = server
    if server.device.isEmpty { server.device = station ?? "" }
    self.server = server
    self.station = station ?? ""
    self.plan = plan
    let session = CSTASession(server, station: station ?? "", plan: plan)
    connector = Connector(
      session, id: Self.id, peer: server.peer, now: now, clock: clock, trace: trace)
  }

  /// What it can know and do; what a telephone system allows, each says itself.
  public var abilities: Set<DriverAbility> { Set(DriverAbility.allCases) }

  /// What was heard so far, and what could not be used.
  public var counts: CSTACounts { connector.counts }

  /// What was noticed of how the operator hears.
  public var symptoms: [Symptom] { counts.symptoms }

  /// Asks for the calls of the device, which a user may be forbidden.
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

  /// Has the device call the number; most telephones ring until they are picked up for it.
  public func dial(_ number: DialledNumber) async throws(DialError) -> String? {
    guard server.problem == nil, connector.isInUse else {
      throw DialError("\(id.name) is not in use: no call was made")
    }
    let answer = try await done(.dial(number.text))
    if let sentence = answer.dialSentence(device: server.device, server: server.peer.name) {
      throw DialError(sentence)
    }
    return nil
  }

  private func done(_ order: CSTASession.Order) async throws(DialError) -> CSTAAnswer {
    guard let answer = await connector.order(order, patience: Self.patience) else {
      throw DialError("there is no connection to \(server.peer.name): nothing was done")
    }
    return answer
  }
}

extension CSTADriver: CallControl {
  /// Takes the ringing call, where the telephone can do so hands-free.
  public func answer(callID: String) async throws(DialError) {
    let answer = try await done(.answer(callID))
    if let sentence = answer.controlSentence(server: server.peer.name) {
      throw DialError("the call was not answered: \(sentence)")
    }
  }

  /// Ends the call; one that rings is refused.
  public func hangUp(callID: String) async throws(DialError) {
    let answer = try await done(.hangUp(callID))
    if let sentence = answer.controlSentence(server: server.peer.name) {
      throw DialError("the call was not ended: \(sentence)")
    }
  }
}

extension CSTADriver: TracedSource {
  package func player(of lines: [TraceLine]) -> any TracePlayer {
    SessionPlayer(CSTASession(server, station: station, plan: plan))
  }
}

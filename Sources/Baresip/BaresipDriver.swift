import Connector
package import PhoneNumbers
public import Telephony
package import TrafficTrace

/// The softphone baresip on the operator's station, over its module `ctrl_tcp` (R37).
///
/// TCP, on port 4444 unless configured; a ``BaresipMessage`` in each netstring, our commands likewise:
///
///     → {"command":"dial","params":"0388202122","token":"7"}
///     ← {"response":true,"ok":true,"data":"","token":"7"}
///
/// The port asks for no password: the softphone should listen on 127.0.0.1 alone. It serves one program
/// at a time, and a new one takes the place of the old.
public struct BaresipDriver: TelephonyDriver {
  /// The name under which every driver of this kind reports.
  public static let id: SourceID = "baresip"
  /// The name under which it reports.
  public var id: SourceID { Self.id }
  private let peer: ConnectorPeer
  private let plan: NumberPlan
  private let connector: Connector<BaresipSession>

  /// The driver of the softphone that listens for commands at `address` and `port`.
  ///
  /// - Parameters:
  ///   - now: The window's clock, which events carry.
  ///   - clock: What pauses between tries, and time limits, are waited on; nil: an event loop.
  ///   - patience: How long the softphone may take to accept a connection or to answer.
  ///   - trace: What is told of all that passes.
  package init(
    address: String, port: Int, plan: NumberPlan, now: @escaping @Sendable () -> Moment,
    clock: (any Clock<Duration>)? = nil, patience: Duration = .seconds(5), trace: Trace? = nil
  ) {
    self.plan = plan
    peer = ConnectorPeer(host: address, port: port, patience: patience)
    connector = Connector(
      Self.session(peer, plan), id: Self.id, peer: peer, now: now, clock: clock, trace: trace)
  }

  private static func session(_ peer: ConnectorPeer, _ plan: NumberPlan) -> BaresipSession {
    BaresipSession(
      source: id, place: peer.name, plan: plan,
      patience: Int64(peer.patience / .milliseconds(1)))
  }

  /// Everything but answered elsewhere: a cancelled call and one that a colleague took end alike.
  public var abilities: Set<DriverAbility> {
    Set(DriverAbility.allCases).subtracting([.answeredElsewhere])
  }

  /// Holds the connection until the task is cancelled, and makes it again when it is lost.
  public func run(_ report: @escaping @Sendable (SourceReport) -> Void) async {
    await connector.run(report)
  }
}

extension BaresipDriver: TracedSource {
  package func player(of lines: [TraceLine]) -> any TracePlayer {
    SessionPlayer(Self.session(peer, plan))
  }
}

extension BaresipDriver: Dialler, CallControl {
  /// Has the softphone call the number.
  public func dial(_ number: DialledNumber) async throws(DialError) -> String? {
    let answer = try await order([BaresipCommand("dial", number.text)])
    // Later versions say what they call: `call uri: … call id: …`. The window shows that already.
    return answer.isEmpty || answer.hasPrefix("call uri:") ? nil : answer
  }

  /// Takes the ringing call.
  public func answer(callID: String) async throws(DialError) {
    _ = try await order([BaresipCommand("callfind", callID), BaresipCommand("accept")])
  }

  /// Ends the call; one that rings is refused.
  public func hangUp(callID: String) async throws(DialError) {
    _ = try await order([BaresipCommand("callfind", callID), BaresipCommand("hangup")])
  }

  /// What the softphone prints of its accounts.
  func accounts() async throws(DialError) -> String {
    try await order([BaresipCommand("reginfo")])
  }

  private func order(_ commands: [BaresipCommand]) async throws(DialError) -> String {
    guard let answer = await connector.order(commands) else {
      throw BaresipSession.notConnected(peer.name)
    }
    return try answer.get()
  }
}

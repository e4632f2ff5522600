import Connector
package import PhoneNumbers
public import Telephony
package import TrafficTrace

/// A telephone more of the station, which only listens: works with every SIP system that lets an extension have
/// several telephones, without a manager's account and without busy-lamp keys.
///
///     → REGISTER sip:pbx.example SIP/2.0                        ← SIP/2.0 200 OK
///       Contact: <sip:screenpop-5a91@192.0.2.10:40112>
///
/// It is rung beside the others, and never answers: whoever does ends the ring here. That the call was taken at
/// another telephone is told by most servers (RFC 3326), and not at whose.
public struct SIPTelephone: TelephonyDriver, SelfExamining {
  /// The name under which the first of them reports.
  public static let standardID: SourceID = "sip-telephone"

  /// The name under which it reports.
  public let id: SourceID
  private let account: SIPAccount
  private let station: String?
  private let isOwn: Bool
  private let beside: SIPBeside?
  private let plan: NumberPlan
  private let now: @Sendable () -> Moment
  private let tally = Tally(TelephoneHearing())
  private let trace: Trace?

  /// A telephone of the account's extension.
  ///
  /// - Parameters:
  ///   - station: The operator's extension, which events carry; nil when none is configured.
  ///   - isOwn: Whether nobody else has the extension: what another telephone took, the operator took.
  ///   - beside: Dialog state of the same station, which knows that; nil: there is none.
  ///   - now: The window's clock.
  ///   - trace: What is told of all that passes.
  package init(
    id: SourceID = Self.standardID, account: SIPAccount, station: String?, isOwn: Bool = false,
    beside: SIPBeside? = nil, plan: NumberPlan, now: @escaping @Sendable () -> Moment,
    trace: Trace? = nil
  ) {
    self.id = id
    self.account = account
    self.station = station
    self.isOwn = isOwn
    self.beside = beside
    self.plan = plan
    self.now = now
    self.trace = trace
  }

  /// Neither what the station calls, nor when a call ends that another telephone took.
  public var abilities: Set<DriverAbility> {
    [.ringing, isOwn ? .answered : .answeredElsewhere, .callerName]
  }

  /// What was noticed of how the server rings.
  public var symptoms: [Symptom] { tally.counts.symptoms(account) }

  /// A second registration would ring as a telephone more.
  public var isForOne: Bool { true }

  /// Nothing can be tried without a call.
  public func examine() async -> [Symptom] { symptoms }

  /// Is registered until the task is cancelled; then takes the registration back, for a second at most.
  public func run(_ report: @escaping @Sendable (SourceReport) -> Void) async {
    let session = session { [id, now, trace] in
      let word = SIPWord.random()
      trace?.note(id, "seed \(word)", at: now())
      return word
    }
    let line = SessionLine(
      session, id: id, peer: account.peer, now: now, trace: trace,
      heard: { [tally] in tally.note($0) }, pass: { [beside] in beside?.passWord($0) })
    beside?.listen { news in line.inform { $0.word(for: news) } }
    await line.run(report)
  }

  private func session(_ word: @escaping @Sendable () -> String) -> TelephoneSession {
    TelephoneSession(
      id: id, account: account, station: station, isOwn: isOwn, hasBeside: beside != nil,
      plan: plan, word: word)
  }
}

extension SIPTelephone: TracedSource {
  package func player(of lines: [TraceLine]) -> any TracePlayer {
    SessionPlayer(lines) { word in
      session(word)
    }
  }
}

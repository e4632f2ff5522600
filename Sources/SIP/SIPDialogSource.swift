import Connector
package import PhoneNumbers
public import Telephony
package import TrafficTrace

/// SIP dialog state (RFC 4235): works with any telephone system that lights busy-lamp keys, and needs no
/// manager account (R37).
///
///     → SUBSCRIBE sip:1024@pbx.example SIP/2.0      ← SIP/2.0 200 OK
///       Event: dialog                                 Expires: 300
///       Expires: 300                                ← NOTIFY sip:screenpop@192.0.2.10:40112 SIP/2.0
///       …                                             Subscription-State: active;expires=300
///                                                     Content-Type: application/dialog-info+xml
///     → SIP/2.0 200 OK
///                                                     <dialog-info version="1" state="full" …>
///
/// The subscriber is our own, and speaks SUBSCRIBE and NOTIFY only (RFC 6665). Debian 12 has three SIP
/// libraries: libre and Sofia-SIP are whole stacks with an event loop and timers of their own, which
/// would have to share a thread with the window's, they take whole messages apart in C in the window's
/// process, and neither has the SHA-256 digests of RFC 8760; libosip2 leaves transport, dialogs, digests
/// and subscriptions to its user. What is used of SIP here is small enough to be a few pure types: a
/// message, a transaction, a dialog, a subscription; only the digests are a library's (libmd).
///
/// At rest nothing wakes the process but the refresh of the subscription. The server is the one that
/// ``SIPAccount`` names: DNS is asked for its address, not for SRV or NAPTR records (RFC 3263).
public struct SIPDialogSource: TelephonyDriver, SelfExamining {
  /// The name under which it reports.
  public let id: SourceID
  private let account: SIPAccount
  private let station: String?
  private let plan: NumberPlan
  private let now: @Sendable () -> Moment
  private let tally = Tally(SIPHearing())
  private let trace: Trace?
  private let beside: SIPBeside?

  /// The dialog state of the account's extension.
  ///
  /// - Parameters:
  ///   - station: The operator's extension, which events carry; nil when none is configured.
  ///   - now: The window's clock.
  ///   - trace: What is told of all that passes.
  ///   - beside: What a telephone of the same station is told by; nil: there is none.
  package init(
    id: SourceID = "sip", account: SIPAccount, station: String?, plan: NumberPlan,
    now: @escaping @Sendable () -> Moment, trace: Trace? = nil, beside: SIPBeside? = nil
  ) {
    self.beside = beside
    self.trace = trace
    self.id = id
    self.account = account
    self.station = station
    self.plan = plan
    self.now = now
  }

  /// Not who took a call elsewhere: only a call that was picked up says so (`replaced`), one of a group is
  /// cancelled like any other.
  public var abilities: Set<DriverAbility> { [.ringing, .answered, .ended, .busy, .callerName] }

  /// What was noticed of how the server tells.
  public var symptoms: [Symptom] { tally.counts.symptoms(account) }

  /// The window's subscription has heard more than a new one would.
  public var isForOne: Bool { true }

  /// Nothing can be tried without a call: what the first NOTIFY brought has to do.
  public func examine() async -> [Symptom] { symptoms }

  /// Subscribes until the task is cancelled; then ends the subscription.
  public func run(_ report: @escaping @Sendable (SourceReport) -> Void) async {
    let subscription = subscription { [id, now, trace] in
      let word = SIPWord.random()
      trace?.note(id, "seed \(word)", at: now())
      return word
    }
    let line = SessionLine(
      subscription, id: id, peer: account.peer, now: now, trace: trace,
      heard: { [tally] in tally.note($0) })
    beside?.listenToTelephone { word in line.inform { _ in word } }
    await line.run { [beside] in
      beside?.pass($0)
      report($0)
    }
  }

  private func subscription(_ word: @escaping @Sendable () -> String) -> SIPSubscription {
    SIPSubscription(id: id, account: account, station: station, plan: plan, word: word)
  }
}

extension SIPDialogSource: TracedSource {
  package func player(of lines: [TraceLine]) -> any TracePlayer {
    SessionPlayer(lines) { word in
      subscription(word)
    }
  }
}

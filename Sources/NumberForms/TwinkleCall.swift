/// A call as Twinkle tells it to its scripts: in the environment (Twinkle manual, "Call scripts").
///
///     TWINKLE_TRIGGER=in_call TWINKLE_LINE=1 SIP_CALL_ID=… SIP_FROM_USER=0388202122 SIP_FROM_DISPLAY=…
///
/// The SIP variables are those of the message that pulled the trigger: a request (INVITE, BYE) or,
/// once the call is answered or has failed, the response, whose code is in `SIPSTATUS_CODE`.
public struct TwinkleCall: Hashable, Sendable {
  /// The other end as ``NumberForm/passedOn`` has it; empty when there is none.
  public var tel: String
  /// The other end's display name.
  public var name: String?
  /// The number that was called, of an incoming call.
  public var called: String?
  /// `ring`, `answer`, `end`, or Twinkle's own word when it has a new one.
  public var event: String
  /// Why the call ended: `missed`, `rejected`, `failed`; nil when nothing particular is known.
  public var reason: String?
  /// `in` or `out`; nil after a release, which says nothing about it.
  public var direction: String?
  /// SIP's name for the call (RFC 3261, 20.8).
  public var callID: String?
  /// Twinkle's line, from 1.
  public var line: String?

  /// The call in the variables, nil when Twinkle set none.
  public init?(environment: (String) -> String?) {
    func variable(_ name: String) -> String? {
      environment(name).flatMap { $0.isEmpty ? nil : $0 }
    }
    let trigger = variable("TWINKLE_TRIGGER")
    guard trigger != nil || variable("SIP_FROM_USER") != nil || variable("SIP_FROM") != nil else {
      return nil
    }

    switch trigger ?? "in_call" {
    case "in_call": (event, direction) = ("ring", "in")
    case "in_call_answered": (event, direction) = ("answer", "in")
    case "in_call_failed":
      (event, direction) = ("end", "in")
      // 486 and 603 are what Twinkle answers when the operator refuses; all else rang in vain.
      reason = ["486", "603"].contains(variable("SIPSTATUS_CODE")) ? "rejected" : "missed"
    case "out_call": (event, direction) = ("ring", "out")
    case "out_call_answered": (event, direction) = ("answer", "out")
    case "out_call_failed": (event, direction, reason) = ("end", "out", "failed")
    case "local_release", "remote_release": event = "end"
    case let unknown: event = EventWord(unknown).word
    }

    // From is who sent the request: the station itself when it called, and when it hung up (its own
    // BYE), whichever way the call went.
    let isOurs = direction == "out" || trigger == "local_release"
    let party = isOurs ? "SIP_TO" : "SIP_FROM"
    // The header says all: a tel address has no user part, nor does the user part say that its host is anonymous.
    // Debian's Twinkle 1.10 sets no display name of its own.
    let form = NumberForm(
      variable(party) ?? variable("\(party)_USER") ?? "", name: variable("\(party)_DISPLAY"))
    let isSaid = variable(party) != nil || variable("\(party)_USER") != nil
    tel = isSaid ? form.passedOn : ""
    name = form.name
    called = direction == "in" ? variable("SIP_TO_USER") : nil
    callID = variable("SIP_CALL_ID")
    line = variable("TWINKLE_LINE")
  }
}

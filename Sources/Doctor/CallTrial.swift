import Telephony

/// What the window would do with a call, asked of the same policy (R35, R36).
struct CallTrial {
  let caller: Caller
  let station: String?
  let ownCallers: Set<Caller.Identity>
  /// Which number or line is called.
  let called: String?
  let matches: [Match]
  var policy: PopPolicy
  var isBusy: Bool

  /// Its ring.
  private var event: CallEvent {
    // A name stands for a number or a line: the rules know it by all three.
    var event = CallEvent(
      source: .launcher, kind: .ring, at: Moment(milliseconds: 0), station: station,
      caller: caller, called: called, line: called)
    event.withholdOwn(ownCallers)
    event.read(policy.ownNumbers)
    return event
  }

  /// The trigger of the number that is called; nil: it has none of its own.
  var ownTrigger: Trigger? { event.own.flatMap(policy.ownNumbers.trigger) }

  /// What would be done with its ring.
  func verdict() -> PopVerdict {
    let now = Moment(milliseconds: 0)
    var calls = CallList()
    let changes = calls.apply(event)
    guard let change = changes.first, let call = calls.latest.flatMap({ calls[$0] }) else {
      return .offer
    }
    let screened = policy.screen(call, isBusy: isBusy, at: now)
    guard screened == .wait else { return screened }
    return policy.decide(policy.wish(for: change, of: call), matches: matches)
  }

  /// Everything that would keep it quiet: of several reasons the window gives the first, which is lifted here to find
  /// the next.
  func reasons() -> [Reason] {
    var trial = self
    var reasons: [Reason] = []
    while case .inhibited(let reason) = trial.verdict(), !reasons.contains(reason) {
      reasons.append(reason)
      trial.lift(reason)
    }
    return reasons
  }

  private mutating func lift(_ reason: Reason) {
    switch reason {
    case .exception(let pattern): policy.exceptions.removeAll { $0.pattern == pattern }
    case .shortNumber: policy.options.minDigits = 0
    case .internal: policy.options.inhibitInternal = false
    case .called: policy.ownNumbers = OwnNumbers()
    case .doNotDisturb: policy.pause = nil
    case .busy: isBusy = false
    case .noMatch: policy.options.inhibitUnknown = false
    case .tooOld, .outgoing, .failed, .untold, .connectionLost: break
    }
  }
}

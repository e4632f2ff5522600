import Telephony

/// A call that goes on at the box.
struct FritzBoxCall {
  /// Where it stands for the operator.
  enum State: Hashable {
    case ringing
    case answered(since: Moment)
    /// It is over for the operator: somebody else has the other end.
    case gone
    /// An answering machine has the other end, from which it can be fetched.
    case recorded
    /// It is none of the operator's.
    case foreign
  }

  /// The name under which it is told.
  let callID: String
  /// The line that told of it first.
  let beginning: FritzBoxLine
  /// Nil: it began before anything was heard.
  let direction: Direction?
  let caller: Caller
  let called: String?
  let line: String?
  var state: State
  let began: Moment
  /// When it was last told of.
  var told: Moment
  /// There was no connection meanwhile: it may be another one by now.
  var isSuspect = false

  /// Whether a later line with this party can be about it: numbers come with and without their beginnings.
  func isAbout(_ party: Caller) -> Bool {
    let known = FritzBoxMonitor.significant(caller.number?.key ?? caller.text)
    let told = FritzBoxMonitor.significant(party.number?.key ?? party.text)
    if known.isEmpty || told.isEmpty { return true }
    return known.hasSuffix(told) || told.hasSuffix(known)
  }
}

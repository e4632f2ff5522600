import Telephony

/// A call at the operator's device.
struct CSTACall {
  /// Where it stands for the operator.
  enum State: Hashable {
    /// The handset is off, or the switch rings the operator's own telephone for a call it was asked for: nobody is called.
    case begun
    /// It rings here, or at the other end.
    case ringing
    case answered
  }

  /// The name under which it is told.
  let name: String
  /// What the switch calls it now.
  var call: String
  /// Nil: nobody said.
  var direction: Direction?
  var caller: Caller
  var called: String?
  var state: State
  /// Whether anybody was told.
  var isTold = false
  /// The device in it, as the switch wrote it.
  var device: String
  /// A colleague has taken it.
  var isTaken = false
  /// The operator refused it from here.
  var isRefused = false
  /// The telephone was rung for a call that the switch was asked to make.
  var isOwnRing = false
  let began: Moment
  /// When it was last told of.
  var told: Moment
  /// It may have ended while nobody listened.
  var isSuspect = false
}

import Telephony

/// A call as a server told of it last.
struct StandingCall {
  /// The name under which it is reported.
  let callID: String
  /// What was told.
  var call: ServerCall

  /// Whether news is about this call: the same number, or one of them withheld under one id, and
  /// nothing in it that begins another call.
  func isContinued(by news: ServerCall) -> Bool {
    let isSameID = call.id != nil && call.id == news.id
    guard
      news.caller.identity == call.caller.identity
        || (isSameID && (news.caller.isWithheld || call.caller.isWithheld))
    else { return false }
    if isSameID || news.kind.isEnd { return true }
    let isOtherID = call.id != nil && news.id != nil
    // A server may give each event an id of its own: a step forward is the same call all the same.
    switch news.kind {
    case .ring: return call.kind == .ring && !isOtherID
    case .answer: return !call.kind.isEnd && !(isOtherID && call.kind == .answer)
    default: return !call.kind.isEnd && !isOtherID
    }
  }
}

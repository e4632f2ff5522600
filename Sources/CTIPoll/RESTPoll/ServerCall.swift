import PhoneNumbers
import Telephony

/// What a CTI server says of a call, in our words.
struct ServerCall: Hashable {
  /// Who is at the other end.
  var caller: Caller
  /// What the event's word means.
  var kind: CallEvent.Kind
  /// When it happened.
  var at: Moment
  /// The server's name for the call.
  var id: String?
  /// Which way it goes, if the server says so.
  var direction: Direction?
}

extension ServerCall {
  /// The call of an answer that came at `now`; nil when its word says that there is none.
  init?(_ answer: PollAnswer, words: EventWords, plan: NumberPlan, now: Moment) {
    guard let word = words.meaning(answer.event) else { return nil }
    self.init(
      caller: plan.caller(answer.number, name: answer.name),
      kind: CallEvent.Kind(word, reason: answer.reason),
      at: now - Int64(clamping: answer.age) * 1000,
      id: answer.id, direction: Direction(word: answer.direction))
  }
}

extension CallEvent.Kind {
  /// Whether it says that the call is over.
  var isEnd: Bool {
    if case .end = self { true } else { false }
  }
}

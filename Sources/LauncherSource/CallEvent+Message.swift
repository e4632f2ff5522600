import CallWire
import NumberForms
import PhoneNumbers
import Telephony

extension CallEvent {
  /// The event that a launcher's message tells of.
  ///
  /// Nothing in a message is an error: an unknown event word is offered (R2), an unknown direction or
  /// reason counts as not said.
  /// One that has no name is kept under `name`.
  init(
    _ message: CallMessage, station: String?, plan: NumberPlan, at: Moment, name: String
  ) {
    self.init(
      source: .launcher, kind: Kind(EventWord(message.event), reason: message.reason), at: at,
      callID: message.id, station: station, direction: Direction(word: message.direction),
      caller: plan.caller(message.tel, name: message.name), called: message.called,
      line: message.line, popup: message.popup, keptAs: message.keptName ?? name)
  }
}

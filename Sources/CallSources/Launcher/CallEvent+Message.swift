import CallWire
import NumberForms
import PhoneNumbers
import Telephony

extension CallEvent {
  /// The event that a launcher's message tells of.
  ///
  /// Nothing in a message is an error: an unknown event word is offered (R2), an unknown direction
  /// counts as not said, an unknown reason as `normal`.
  init(_ message: CallMessage, station: String?, plan: NumberPlan, at: Moment) {
    self.init(
      source: .launcher, kind: Kind(message), at: at, callID: message.id, station: station,
      direction: message.direction.flatMap { Direction(word: $0) },
      caller: plan.caller(message.tel, name: message.name), called: message.called,
      line: message.line, popup: message.popup)
  }
}

extension CallEvent.Kind {
  fileprivate init(_ message: CallMessage) {
    switch EventWord(message.event) {
    case .ring: self = .ring
    case .answer: self = .answer
    case .request: self = .request
    case .end(let word):
      let reason = message.reason.map { EventWord.endReason($0) } ?? word
      self = .end(reason.flatMap { EndReason(rawValue: $0) } ?? .normal)
    case .other(let word): self = .other(word: word)
    }
  }
}

extension Direction {
  /// `in`, `out` and the spellings of the field: `incoming`, `inbound`, `I`, `O` …
  fileprivate init?(word: String) {
    switch word.lowercased() {
    case "in", "incoming", "inbound", "i": self = .incoming
    case "out", "outgoing", "outbound", "o": self = .outgoing
    default: return nil
    }
  }
}

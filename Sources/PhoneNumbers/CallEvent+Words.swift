package import NumberForms
package import Telephony

extension CallEvent.Kind {
  /// What an event's word means, and why the call ended where the word of the reason says more.
  ///
  /// Nothing is an error: a word that nobody knows is offered (R2), a reason that nobody knows says
  /// nothing.
  package init(_ word: EventWord, reason: String?) {
    switch word {
    case .ring: self = .ring
    case .answer: self = .answer
    case .request: self = .request
    case .end(let own):
      let said = reason.flatMap { EventWord.endReason($0) } ?? own
      self = .end(said.flatMap { EndReason(rawValue: $0) } ?? .normal)
    case .other(let word): self = .other(word: word)
    }
  }
}

extension Direction {
  /// The direction that a word says, if it says one.
  package init?(word: String?) {
    guard let word = word.flatMap({ DirectionWord($0) }) else { return nil }
    self.init(rawValue: word.rawValue)
  }
}

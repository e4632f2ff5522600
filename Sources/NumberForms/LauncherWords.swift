/// The words after the launcher's name, its own options taken out.
///
///     0388202122 popup
///     03 88 20 21 22 "POPUP"
///     /N:S /C:0388202122 /T:I /I:42
///     --number=0388202122
public struct LauncherWords: Hashable, Sendable {
  /// The number, still in its wrapping (``NumberForm`` takes it out); empty when there is none.
  public var tel: String
  /// Whether the record is asked for, by the keyword or by the number's own `?popup`.
  public var popup: Bool
  /// `ring`, `answer`, `end`, `request`, or the software's own word; nil when nothing is said.
  public var event: String?
  /// Why the call ended, when the event's word says so: `missed`, `rejected`, `elsewhere`, `failed`.
  public var reason: String?
  /// The software's own name for the call.
  public var callID: String?
  /// `in` or `out`; nil when nothing is said.
  public var direction: String?

  /// The meaning of the words, in the order in which they were given; more than
  /// ``NumberForm/longest`` bytes are not taken apart.
  public init(_ words: [String]) {
    tel = words.first ?? ""
    for word in words.dropFirst() { tel += " " + word }
    popup = false
    guard tel.utf8.count <= NumberForm.longest else { return }
    var text = Array(tel.utf8)[...]
    if let switches = SwitchForm(text.unquoted.trimmed) {
      text = switches.number ?? []
      note(switches)
    }
    text = text.unquoted
    if let last = LastWord(text), EventWord.asksForRecord(last.word.unquoted) {
      popup = true
      text = last.before.unquoted
    } else if !text.trimmed.isEmpty, EventWord.asksForRecord(text.trimmed) {
      popup = true
      text = []
    }
    tel = text.text
    popup = popup || NumberForm(tel).wantsPopup
  }

  private mutating func note(_ switches: SwitchForm) {
    if let word = switches.event, !word.isEmpty {
      let event = EventWord(word.text)
      self.event = event.word
      if case .end(let reason) = event { self.reason = reason }
    }
    if let id = switches.callID, !id.isEmpty { callID = id.text }
    switch switches.direction?.first?.lowercase {
    case UInt8(ascii: "i"): direction = "in"
    case UInt8(ascii: "o"): direction = "out"
    default: break
    }
  }
}

import Telephony

/// What can be done with a line of the journal beside opening records: reading its story, marking it as done, and
/// copying numbers.
extension Model {
  /// Opens what the journal knows of the selected line's call.
  mutating func showStory() -> [Effect] {
    guard case .journal(let key) = selection, let entry = line(ofKey: key) else { return [] }
    dialog = .story(LineStory(key: key))
    return [.keep(.readStory(entry, number: subject(of: entry).number))]
  }

  /// The store has answered; dropped when another story was opened since.
  mutating func storyRead(_ notes: [Note], _ earlier: [JournalEntry], ofLine key: String) {
    guard case .story(var story) = dialog, story.key == key else { return }
    (story.notes, story.earlier) = (notes, earlier)
    dialog = .story(story)
  }

  /// What acts on the line itself closes its story first.
  mutating func leaveStory(for action: Action) {
    guard case .story = dialog else { return }
    switch action {
    case .up, .down, .pageUp, .pageDown, .markDone, .copyNumber, .closeDialog: return
    default: dialog = nil
    }
  }

  /// Marks the selected missed call as done, or takes the mark back. It counts as if somebody had reached the caller.
  mutating func markDone() -> [Effect] {
    guard case .journal(let key) = selection, let entry = line(ofKey: key) else { return [] }
    guard entry.outcome == .missed else { return refuse(phrases.notMissed) }
    guard entry.isDone || !missed.reached.contains(key) else { return refuse(phrases.reachedSince) }
    say(entry.isDone ? phrases.markedOpen : phrases.markedDone)
    return save(entry, isDone: !entry.isDone)
  }

  /// Puts the number of the selected call or line on the clipboard.
  mutating func copyNumber() -> [Effect] {
    guard let subject else { return [] }
    let text = subject.number == nil ? subject.text.asAccount : subject.text.asNumber
    guard !text.isEmpty else { return refuse(phrases.noNumber) }
    say(phrases.copied(text))
    return [.copy(text)]
  }
}

extension String {
  /// The digits of a number as it is dialled: what is pasted may go anywhere, a shell included.
  fileprivate var asNumber: String { filter { "0123456789+*#".contains($0) } }

  /// The characters of an address such as `alice@trunk.example`.
  fileprivate var asAccount: String {
    filter { $0.isASCII && ($0.isLetter || $0.isNumber || "@._+-*#".contains($0)) }
  }
}

internal import PhoneNumbers
package import Telephony

/// What stands for a third party in a file or a database: a code, the UID of a card, a key.
package enum Identity {
  /// The identity that the text is, as it is compared and kept; nil when it is none: a filler word, zeros, or
  /// digits that a spreadsheet rounded.
  package static func key(_ text: String) -> String? {
    var visible = text.visible.trimmed
    // The apostrophe by which spreadsheets leave digits as they are.
    if visible.hasPrefix("'"), visible.utf8.dropFirst().allSatisfy({ (0x30...0x39).contains($0) }) {
      visible.removeFirst()
    }
    guard !visible.isEmpty, !Missing.isWord(visible) else { return nil }
    switch SpreadsheetNumber(visible) {
    case .rounded: return nil
    case .whole(let digits): return digits
    case nil: return visible
    }
  }

  /// The words of a name by which two are told apart: without case, accents, marks and order.
  static func words(_ name: String) -> [String] {
    SearchText.words(SearchText.folded(name.visible)).sorted()
  }

  /// Whether somebody of this name may be the one who is known by the other: the same words, or further ones.
  package static func isSame(_ name: String, as known: String) -> Bool {
    if name == known || name.isEmpty || known.isEmpty { return true }
    let (words, known) = (words(name), words(known))
    return words == known || (!known.isEmpty && Set(words).isSuperset(of: known))
  }

  /// A key for a row that has none, always the same for this name and first number.
  package static func made(name: String, number: PhoneNumber?) -> String {
    ImportRow.code(name: name, number: number)
  }

  /// What tells a name from others that claim one identity: eight characters, always the same for it.
  static func mark(_ text: String) -> String { "#" + ImportRow.hash(text).prefix(8) }
}

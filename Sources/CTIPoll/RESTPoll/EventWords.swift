import NumberForms

/// What the words of a CTI server mean: one's own table, then the words seen in the field (R24).
public struct EventWords: Hashable, Sendable {
  /// One's own words in lower case; nil: no call.
  private let own: [String: EventWord?]

  /// The common words alone.
  public init() { own = [:] }

  /// A table that goes before the common words: the server's word, in any case, to one of ours
  /// (`ring`, `answer`, `request`, `end`, a reason such as `missed`), or to `none`: no call. Throws the
  /// entries of which the meaning is not one of these.
  public init(own table: [String: String]) throws(EventWordsError) {
    var own: [String: EventWord?] = [:]
    var wrong: [String] = []
    for (word, meaning) in table.sorted(by: { $0.key < $1.key }) {
      switch EventWord(meaning) {
      case .other where Self.folded(meaning) == "none":
        own.updateValue(nil, forKey: Self.folded(word))
      case .other: wrong.append("\(word) = \(meaning)")
      case let known: own[Self.folded(word)] = known
      }
    }
    guard wrong.isEmpty else { throw EventWordsError(entries: wrong) }
    self.own = own
  }

  /// The meaning of a word; nil: it says that there is no call.
  func meaning(_ word: String) -> EventWord? { own[Self.folded(word)] ?? EventWord(word) }

  private static func folded(_ word: String) -> String {
    word.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
  }
}

/// Entries of a table of event words that mean nothing.
public struct EventWordsError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The entries, `word = meaning`.
  public var entries: [String]

  /// What is wrong and what to do.
  public var description: String {
    "event words without a meaning: \(entries.joined(separator: ", "));"
      + " write ring, answer, request, end, missed, rejected, elsewhere, failed or none"
  }
}

/// What a source said of calls that nobody could use, and how often it came.
package struct StrangeWords: Hashable, Sendable {
  /// How many different words and keywords are remembered; a stranger may send any number.
  private static let limit = 50

  /// Event words that nobody knows.
  package private(set) var events: [String: Int] = [:]
  /// Keywords that the telephony did not replace by a number.
  package private(set) var keywords: [String: Int] = [:]

  /// Nothing strange so far.
  package init() {}

  /// Counts what in the event could not be understood.
  package mutating func note(_ event: CallEvent) {
    if case .other(let word) = event.kind, event.kind != .dialled { Self.count(word, in: &events) }
    if case .unreplaced(let keyword) = event.caller.identity { Self.count(keyword, in: &keywords) }
  }

  private static func count(_ word: String, in words: inout [String: Int]) {
    guard words[word] != nil || words.count < limit else { return }
    words[word, default: 0] += 1
  }
}

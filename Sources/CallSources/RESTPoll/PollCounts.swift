/// What a poll heard so far, for `doctor` and for the operator (R2, R45).
public struct PollCounts: Hashable, Sendable {
  /// How many different words and keywords are remembered.
  private static let limit = 50

  /// Questions that were answered.
  public internal(set) var answers = 0
  /// Questions without a usable answer.
  public internal(set) var failures = 0
  /// Events that a stream brought.
  public internal(set) var pushed = 0
  /// Events on a stream that could not be read.
  public internal(set) var unreadable = 0
  /// Event words that nobody knows, and how often they were told.
  public private(set) var unknownWords: [String: Int] = [:]
  /// Keywords that the telephony did not replace by a number, and how often they came.
  public private(set) var unreplacedKeywords: [String: Int] = [:]

  mutating func countUnknown(word: String) { Self.count(word, in: &unknownWords) }

  mutating func countUnreplaced(keyword: String) { Self.count(keyword, in: &unreplacedKeywords) }

  private static func count(_ word: String, in words: inout [String: Int]) {
    guard words[word] != nil || words.count < limit else { return }
    words[word, default: 0] += 1
  }
}

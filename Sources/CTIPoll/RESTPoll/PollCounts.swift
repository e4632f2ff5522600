import Telephony

/// What a poll heard so far, for `doctor` and for the operator (R2, R45).
public struct PollCounts: Hashable, Sendable {
  /// Questions that were answered.
  public internal(set) var answers = 0
  /// Questions without a usable answer.
  public internal(set) var failures = 0
  /// Events that a stream brought.
  public internal(set) var pushed = 0
  /// Events on a stream that could not be read.
  public internal(set) var unreadable = 0
  var strange = StrangeWords()

  /// Event words that nobody knows, and how often they were told.
  public var unknownWords: [String: Int] { strange.events }
  /// Keywords that the telephony did not replace by a number, and how often they came.
  public var unreplacedKeywords: [String: Int] { strange.keywords }
}

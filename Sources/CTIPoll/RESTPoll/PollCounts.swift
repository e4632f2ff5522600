import Telephony

/// What a poll heard so far, for `doctor` and for the operator (R2, R45).
public struct PollCounts: Hashable, Sendable {
  /// Questions that were answered.
  public internal(set) var answers = 0
  /// Questions without a usable answer.
  public internal(set) var failures = 0
  /// Events that a stream brought.
  public internal(set) var pushed = 0
  /// How often questions began to rest because a stream tells of calls.
  public internal(set) var rests = 0
  /// Events on a stream that could not be read.
  public internal(set) var unreadable = 0
  /// Answers that told of a call.
  var calls = 0
  /// Answers with something in them, and no number; what the latest one said.
  var numberless = 0
  var latestNumberless = ""
  /// Questions that had to be asked although the server offers to tell of calls by itself.
  var unstreamed = 0
  /// Why its stream did not come, if that is known.
  var streamTrouble: String?
  var strange = StrangeWords()

  /// Event words that nobody knows, and how often they were told.
  public var unknownWords: [String: Int] { strange.events }
  /// Keywords that the telephony did not replace by a number, and how often they came.
  var unreplacedKeywords: [String: Int] { strange.keywords }
}

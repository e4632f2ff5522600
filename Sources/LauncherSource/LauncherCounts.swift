import Telephony

/// What the launcher's messages told so far, for `doctor` and for the operator (R2, R45).
public struct LauncherCounts: Hashable, Sendable {
  /// Messages that became events.
  public internal(set) var taken = 0
  /// Messages that had been seen before, and were dropped.
  public internal(set) var repeated = 0
  /// Messages and spool files that were refused.
  public private(set) var refused = 0
  /// Why the last one was refused.
  public private(set) var lastRefusal: String?
  /// Messages that could not be kept, and were left to the spool.
  public private(set) var unkept = 0
  /// Why the last one could not.
  public private(set) var lastFailure: String?
  /// Files in the spool that are none of the launcher's, at the last look.
  public internal(set) var foreignFiles = 0
  var strange = StrangeWords()

  /// Event words that nobody knows, and how often they came.
  public var unknownWords: [String: Int] { strange.events }
  /// Keywords that the softphone did not replace by a number, and how often they came.
  public var unreplacedKeywords: [String: Int] { strange.keywords }

  mutating func refuse(_ sentence: String) {
    refused += 1
    lastRefusal = sentence
  }

  mutating func failed(_ sentence: String) {
    unkept += 1
    lastFailure = sentence
  }

  /// The counts by name, as a window tells them (R45).
  var fields: [String: String] {
    var fields = [
      "taken": "\(taken)", "repeated": "\(repeated)", "refused": "\(refused)",
      "foreign": "\(foreignFiles)", "unkept": "\(unkept)",
    ]
    fields["refusal"] = lastRefusal
    fields["failure"] = lastFailure
    for (word, count) in unknownWords { fields["word.\(word)"] = "\(count)" }
    for (keyword, count) in unreplacedKeywords { fields["keyword.\(keyword)"] = "\(count)" }
    return fields
  }
}

/// One thing that `screenpop doctor` looks at (R45).
public protocol Check: Sendable {
  /// What is looked at, in a word: `configuration`, `store`, `softphone`.
  var subject: String { get }
  /// Looks, within some seconds, and changes nothing; what it found, in the order to be read.
  func look() async -> [Finding]
}

/// Something that a check found.
public struct Finding: Hashable, Sendable {
  /// What it means for the operator.
  public enum Verdict: String, Hashable, Sendable {
    /// As it should be.
    case well
    /// Worth knowing; calls come up all the same.
    case note
    /// Something keeps calls from coming up.
    case mend
  }

  /// What it means.
  public var verdict: Verdict
  /// What was tried, on what, and what came of it.
  public var sentence: String
  /// What to do; nil: nothing.
  public var advice: String?

  /// A finding; see the properties.
  public init(_ verdict: Verdict, _ sentence: String, advice: String? = nil) {
    self.verdict = verdict
    self.sentence = sentence
    self.advice = advice
  }
}

extension String {
  /// With a full stop at its end, unless it ends a sentence already.
  var ended: String { hasSuffix("?") || hasSuffix(".") ? self : self + "." }
}

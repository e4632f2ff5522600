public import Telephony

/// One thing that `screenpop doctor` looks at (R45).
public protocol Check: Sendable {
  /// What is looked at, in a word: `configuration`, `store`, `softphone`.
  var subject: String { get }
  /// Looks, within some seconds, and changes nothing; what it found, in the order to be read.
  func look() async -> [Finding]
}

/// Something that a check found: a source notices of itself what a check finds.
public typealias Finding = Symptom

extension String {
  /// With a full stop at its end, unless it ends a sentence already.
  var ended: String { hasSuffix("?") || hasSuffix(".") ? self : self + "." }
}

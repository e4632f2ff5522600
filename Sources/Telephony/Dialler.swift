/// Calls numbers: a driver that can, a REST server, a program of the desktop (R32).
///
/// A driver dials while it runs; `screenpop dial` runs it for that long.
public protocol Dialler: Sendable {
  /// Has the station call the number.
  ///
  /// - Returns: what the telephony answered, for the operator; nil when it said nothing.
  /// - Throws: a sentence that says what was tried, and why it failed.
  func dial(_ number: DialledNumber) async throws(DialError) -> String?
}

/// A driver that can take and end the calls of its station, by the telephony's own name for a call.
public protocol CallControl: Sendable {
  /// Takes the ringing call.
  func answer(callID: String) async throws(DialError)
  /// Ends the call.
  func hangUp(callID: String) async throws(DialError)
}

/// Why the telephony did not do what was asked.
public struct DialError: Error, Hashable, Sendable {
  /// What was tried, what happened, what to do.
  public let sentence: String

  /// An error with this sentence.
  public init(_ sentence: String) { self.sentence = sentence }

  /// The code of sysexits.h that a program ends with (EX_UNAVAILABLE).
  public var exitStatus: Int32 { 69 }
}

extension DialError: CustomStringConvertible {
  /// The sentence.
  public var description: String { sentence }
}

/// Calls numbers: a driver that can, a REST server, a command (R32).
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
}

/// What is dialled: only digits, a leading `+`, and `*` and `#` (R32).
///
/// Everything that reaches a protocol, a URL or a command went through here, so that a line break in
/// an extension can never be a command of its own.
public struct DialledNumber: Hashable, Sendable {
  /// The characters to dial: `00388202122`, `+33388202122`, `*21#`.
  public let text: String

  /// A number of these characters; nil when one is not allowed, none is a digit or a key, or there are
  /// more than 32.
  public init?(_ text: String) {
    let keys = text.hasPrefix("+") ? text.dropFirst() : text[...]
    guard (1...32).contains(keys.utf8.count), keys.utf8.allSatisfy("0123456789*#".utf8.contains)
    else { return nil }
    self.text = text
  }

  /// Whether it holds `*` or `#`, which can change the telephony's settings: dialled after a
  /// confirmation only.
  public var needsConfirmation: Bool { text.contains("*") || text.contains("#") }
}

/// What was heard of Asterisk, and what could not be used.
public struct AsteriskCounts: Hashable, Sendable {
  /// Connections whose login was accepted.
  public internal(set) var logins = 0
  /// Bytes that came.
  public internal(set) var bytes = 0
  /// Events that were reported.
  public internal(set) var events = 0
  /// Messages of the present connection that were too long, and passed over.
  public internal(set) var passedOver = 0
}

/// What reports a line's true state: the place that TAPI has on Windows (R37).
///
/// A driver is a ``CallSource`` that says what it can know. It asks what it talks to for its version,
/// and one that it does not support makes it `down` for good, with a sentence (R38). What it cannot
/// know is said by `screenpop doctor` (R39).
public protocol TelephonyDriver: CallSource {
  /// The name under which it reports.
  var id: SourceID { get }
  /// What it can know and do on the line that it follows.
  var abilities: Set<DriverAbility> { get }
}

/// One thing that a driver can know, or do.
public enum DriverAbility: String, Hashable, Sendable, CaseIterable {
  /// A call is ringing at the station.
  case ringing
  /// This line took the call (R4).
  case answered
  /// The call is over.
  case ended
  /// Another station took the call: not a missed one.
  case answeredElsewhere
  /// The station is on a call, incoming or outgoing.
  case busy
  /// The caller's name, as the telephony has it.
  case callerName
  /// Calls a number.
  case dialling
  /// Takes a ringing call.
  case answering
  /// Ends a call.
  case hangingUp
}

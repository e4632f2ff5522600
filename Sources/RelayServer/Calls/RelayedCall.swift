import Telephony

/// The one call that the relay knows of a station: the last event told about it.
struct RelayedCall: Hashable, Sendable {
  var number: RelayedNumber
  /// `ring`, `answer`, `request`, `end`, or a word that the table does not have.
  var event: String
  /// The telephony's name for the call, or one of the relay's own; empty for an end of a call that it
  /// does not know.
  var id: String
  /// Whether the relay gave the id, because the telephony has none.
  var hasOwnID: Bool
  var name: String?
  var direction: String?
  var reason: String?
  /// The place of this event in the row of all events; what `Last-Event-ID` names.
  var sequence: UInt64
  var at: Moment
  /// Whether it was handed out already, where each value is handed out once.
  var isDelivered = false

  /// How long a value stays [ms]: an answered call four hours, everything else a minute (R27).
  var lifetime: Int64 { event == "answer" ? Self.longestLifetime : Self.shortestLifetime }

  static let longestLifetime: Int64 = 4 * 3_600_000
  static let shortestLifetime: Int64 = 60_000

  /// Whether the value has outlived itself.
  func isExpired(at now: Moment) -> Bool { now - at >= lifetime }

  /// How old the value is [s].
  func age(at now: Moment) -> Int64 { max(0, now - at) / 1000 }
}

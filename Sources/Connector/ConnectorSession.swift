package import Telephony

/// The conversation with one peer as a value: bytes in, steps out, without I/O and without a clock (R37).
///
/// One value serves for all connections to the peer, one after the other, because calls outlive a
/// connection. A ``Connector`` does everything else: it connects, waits, tries again and tells how it is.
///
///     begin ──▶ receive, wake, order … ──▶ end ──▶ missed … ──▶ begin …
package protocol ConnectorSession: Sendable {
  /// Why the peer tells nothing.
  associatedtype Outage: ConnectorOutage
  /// What the peer can be told to do.
  associatedtype Order: Sendable
  /// What becomes of it.
  associatedtype Answer: Sendable
  /// What is counted, and read by others at any time.
  associatedtype Counts: Sendable
  /// What is to be done next.
  typealias Step = SessionStep<Outage, Answer>

  /// When ``wake(at:)`` is to be called; nil: not before something else has happened.
  var nextWake: Moment? { get }

  /// What was heard so far, and what could not be used.
  var counts: Counts { get }
  /// What went wrong, and what to do, for the operator; one line.
  func sentence(_ outage: Outage) -> String
  /// A connection is there.
  mutating func begin(at now: Moment) -> [Step]
  /// Takes the next bytes in.
  mutating func receive(_ bytes: UnsafeRawBufferPointer, at now: Moment) -> [Step]
  /// The moment that ``nextWake`` was has come; it may have been moved on since.
  mutating func wake(at now: Moment) -> [Step]
  /// The connection has gone, or none came: all orders are answered now, and what is sent is lost.
  mutating func end(at now: Moment) -> [Step]
  /// There has been no connection for so long [ms]: what is not known any more is said now.
  mutating func missed(_ outage: Int64, at now: Moment) -> [Step]
  /// Has the peer do something, while it is up; a step `answered` of this ticket follows, now or later.
  mutating func order(_ order: Order, ticket: Int, at now: Moment) -> [Step]
  /// Nobody waits for the answer to this order any more; what is known of it.
  mutating func abandon(ticket: Int) -> Answer?
}

extension ConnectorSession where Counts == Void {
  /// Nothing is counted.
  package var counts: Void { () }
}

/// What a session wants done.
package enum SessionStep<Outage: ConnectorOutage, Answer: Sendable>: Sendable {
  /// Send these bytes.
  case send([UInt8])
  /// Report a fact about a call.
  case tell(CallEvent)
  /// The peer has accepted us, and tells of calls from now on.
  case up
  /// The connection is of no use any more: end it, and try again as the outage says.
  case lost(Outage)
  /// What became of an order; nil: it was not even begun.
  case answered(ticket: Int, Answer?)
}

package import Telephony

/// The conversation with one peer as a value: bytes in, steps out, without I/O and without a clock (R37).
///
/// One value serves for all connections to the peer, one after the other, because calls outlive a
/// connection. A ``Connector`` does everything else: it connects, waits, tries again and tells how it is.
///
///     begin ──▶ take, wake, order … ──▶ end ──▶ begin …
package protocol ConnectorSession: Sendable {
  /// Why the peer tells nothing.
  associatedtype Outage: ConnectorOutage
  /// What the peer can be told to do; `Never` for one that only tells.
  associatedtype Order: Sendable
  /// What is to be done next.
  typealias Step = SessionStep<Outage>

  /// When ``wake(at:)`` is to be called; nil: not before something else has happened.
  var nextWake: Moment? { get }

  /// A connection is there.
  mutating func begin(_ place: ConnectionPlace, at now: Moment) -> [Step]
  /// Takes the next bytes in: as they come over a stream, or one datagram.
  mutating func take(_ bytes: UnsafeRawBufferPointer, at now: Moment) -> [Step]
  /// The moment of ``nextWake`` has come, or passed.
  mutating func wake(at now: Moment) -> [Step]
  /// The connection has gone. What it can still say of calls is said now; what it sends is lost.
  mutating func end(at now: Moment) -> [Step]
  /// Has the peer do something; a step `answered` of this ticket follows, now or later.
  mutating func order(_ order: Order, ticket: Int, at now: Moment) -> [Step]
  /// Nobody waits for the answer to this order any more.
  mutating func abandon(ticket: Int)
  /// What is said to the peer before a connection that is still good is closed for good.
  mutating func farewell(at now: Moment) -> [Step]
}

extension ConnectorSession {
  /// Nothing to say.
  package mutating func farewell(at now: Moment) -> [Step] { [] }
}

extension ConnectorSession where Order == Never {
  /// A peer that only tells is ordered nothing.
  package mutating func order(_ order: Never, ticket: Int, at now: Moment) -> [Step] {}
  /// A peer that only tells is ordered nothing.
  package mutating func abandon(ticket: Int) {}
}

/// What a session wants done.
package enum SessionStep<Outage: ConnectorOutage>: Sendable {
  /// Send these bytes; a trace shows `shown` in their place, where they hold a secret.
  case send([UInt8], shown: String? = nil)
  /// Report a fact about a call.
  case tell(CallEvent)
  /// The peer has accepted us, and tells of calls from now on.
  case up
  /// The connection is of no use any more: end it, and try again as the outage says.
  case lost(Outage)
  /// What became of an order: the peer's words for the operator, or why it was not done.
  case answered(ticket: Int, Result<String?, DialError>)
}

/// The two ends of a connection.
package struct ConnectionPlace: Hashable, Sendable {
  /// Our own address, as the peer may reach it: `192.0.2.10`.
  package var host: String
  /// Our own port.
  package var port: Int
  /// The peer's address.
  package var peerHost: String

  /// The ends of a connection; see the properties.
  package init(host: String = "127.0.0.1", port: Int = 0, peerHost: String = "127.0.0.1") {
    self.host = host
    self.port = port
    self.peerHost = peerHost
  }
}

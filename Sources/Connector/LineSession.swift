package import Telephony

/// The exchange with one peer as a value: what comes in, and the time, decide what goes out.
///
/// Nothing here waits or sends. Each call answers with steps, and ``nextWake`` says when the next one is due although
/// nothing has come. A ``SessionLine`` does the rest.
///
///     start ──▶ linked ──▶ receive, wake, learn … ──▶ unlinked ──▶ … ──▶ stop
package protocol LineSession: Sendable {
  /// What others may know of what was heard.
  associatedtype Counts: Sendable

  /// What was heard so far, and what could not be used.
  var counts: Counts { get }
  /// When ``wake(at:)`` is to be called; nil: only news matters.
  var nextWake: Moment? { get }
  /// Whether the peer knows, after ``stop(at:)``, that this side has gone, or will not answer.
  var hasLeft: Bool { get }

  /// Begins.
  mutating func start(at now: Moment) -> [LineStep]
  /// Does what is due; nothing may be.
  mutating func wake(at now: Moment) -> [LineStep]
  /// There is a way to the peer, from this address.
  mutating func linked(from local: LineAddress?, at now: Moment) -> [LineStep]
  /// There is no way to the peer, or no more.
  mutating func unlinked(_ failure: ConnectionFailure, at now: Moment) -> [LineStep]
  /// A datagram, or the next piece of a stream, came from this address.
  mutating func receive(
    _ bytes: UnsafeRawBufferPointer, from peer: LineAddress?, at now: Moment
  ) -> [LineStep]
  /// Something was learned elsewhere than from the peer, in words that a trace keeps.
  mutating func learn(_ word: String, at now: Moment) -> [LineStep]
  /// Takes leave of the peer.
  mutating func stop(at now: Moment) -> [LineStep]
}

/// What is to be done now, in this order.
package enum LineStep: Sendable {
  /// Make a way to the peer; ``LineSession/linked(from:at:)`` or ``LineSession/unlinked(_:at:)`` tells what came of it.
  case open
  /// End the way; nothing more is told of it.
  case close
  /// Send; nil: to the peer.
  case send([UInt8], to: LineAddress?)
  /// Tell what happened.
  case report(SourceReport)
  /// Tell the session beside, in words that its trace keeps.
  case pass(String)
  /// Tell who waits for it.
  case answer(@Sendable () -> Void)
}

/// One end of a way: an address, or a name, and a port.
package struct LineAddress: Hashable, Sendable {
  /// A name or an address, that of IPv6 without its brackets.
  package var host: String
  /// The port.
  package var port: Int

  /// This host and port.
  package init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// Reads what ``text`` is, of an address; nil when it is none.
  init?(traced text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[colon...].dropFirst()) else {
      return nil
    }
    self.init(host: text[..<colon].filter { !"[]".contains($0) }, port: port)
  }

  /// As it stands in addresses: `192.0.2.1:5060`, `[2001:db8::1]:5060`.
  package var text: String { (host.contains(":") ? "[\(host)]" : host) + ":\(port)" }
}

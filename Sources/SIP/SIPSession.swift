import Connector
import Synchronization
import Telephony
import TrafficTrace

/// What is kept up with a SIP server, as a value: messages in, actions out.
protocol SIPSession: LineSession {
  var account: SIPAccount { get }
  /// What was heard so far, and what should have been.
  var hearing: Counts { get }
  /// The beginning of a message of which the rest is still to come.
  var stream: SIPStream { get set }

  /// Does what is due.
  mutating func tick(at now: Moment) -> [SIPAction]
  /// There is a way to the server, from this address.
  mutating func linked(local: SIPHop, at now: Moment) -> [SIPAction]
  /// There is no way to the server, or no more.
  mutating func unlinked(_ detail: String, at now: Moment) -> [SIPAction]
  /// A message came from `peer`.
  mutating func receive(_ message: SIPMessage, from peer: SIPHop, at now: Moment) -> [SIPAction]
}

/// What is to be done now, in this order.
typealias SIPAction = LineStep
/// Where a SIP message goes: a host and a port.
typealias SIPHop = LineAddress

extension SIPSession {
  var counts: Counts { hearing }

  mutating func wake(at now: Moment) -> [SIPAction] { tick(at: now) }

  mutating func linked(from local: LineAddress?, at now: Moment) -> [SIPAction] {
    stream = SIPStream()
    guard let local else { return [.close] + unlinked("it has no address here", at: now) }
    return linked(local: local, at: now)
  }

  mutating func unlinked(_ failure: ConnectionFailure, at now: Moment) -> [SIPAction] {
    unlinked(failure.detail, at: now)
  }

  /// Reads messages from datagrams, one each, of which what is none is dropped; or from a connection, which ends with
  /// what is no SIP.
  mutating func receive(
    _ bytes: UnsafeRawBufferPointer, from peer: LineAddress?, at now: Moment
  ) -> [SIPAction] {
    var messages: [SIPMessage]
    if account.transport.isStream {
      do throws(SIPStream.Broken) {
        messages = try stream.feed(bytes)
      } catch {
        return [.close] + unlinked("what it sends is no SIP", at: now)
      }
    } else {
      messages = SIPMessage(Array(bytes)).map { [$0] } ?? []
    }
    var actions: [SIPAction] = []
    for message in messages {
      actions += receive(message, from: peer ?? account.server, at: now)
      // Nothing more is heard over a way that was ended.
      if actions.contains(where: { if case .close = $0 { true } else { false } }) { break }
    }
    return actions
  }

  mutating func learn(_ word: String, at now: Moment) -> [SIPAction] { [] }
}

extension SIPAccount {
  /// The server, as connections know it.
  var peer: ConnectorPeer {
    ConnectorPeer(
      host: server.host, port: server.port, trust: transport == .tls ? trust : nil,
      patience: .seconds(5), carrier: transport.isStream ? .stream : .datagrams)
  }
}

extension SessionPlayer where Session: SIPSession {
  /// A player to a session that `make` makes, and that takes the words from a function which the one of the trace took.
  init(
    _ lines: [TraceLine], _ make: @escaping (@escaping @Sendable () -> String) -> Session
  ) {
    let seeds = lines.filter { $0.mark == .event }.map(\.words).filter { $0.hasPrefix("seed ") }
    let words = TakenWords(seeds.map { String($0.dropFirst("seed ".count)) })
    self.init { make { words.next() } }
  }
}

/// The words that the trace says were taken, in their order.
private final class TakenWords: Sendable {
  private let left: Mutex<ArraySlice<String>>

  init(_ words: [String]) { left = Mutex(words[...]) }

  func next() -> String { left.withLock { $0.popFirst() } ?? "" }
}

import Telephony

/// What is kept up with a SIP server, as a value: what comes in and what time it is decide what goes out.
///
/// Nothing here waits or sends. Each step answers with actions, and ``nextWake`` says when the next step is due
/// although nothing has come. A ``SIPLine`` does the rest.
protocol SIPSession: Sendable {
  /// What others may know of what was heard.
  associatedtype Hearing: Sendable

  var id: SourceID { get }
  var account: SIPAccount { get }
  /// What was heard so far, and what should have been.
  var hearing: Hearing { get }
  /// When ``tick(at:)`` is to be called at the latest; nil: only news matters.
  var nextWake: Moment? { get }
  /// Whether the server knows, after ``stop(at:)``, that this side has gone, or will not answer.
  var hasLeft: Bool { get }

  /// Begins.
  mutating func start(at now: Moment) -> [SIPAction]
  /// Does what is due.
  mutating func tick(at now: Moment) -> [SIPAction]
  /// There is a way to the server, from this address.
  mutating func linked(local: SIPHop, at now: Moment) -> [SIPAction]
  /// There is no way to the server, or no more.
  mutating func unlinked(_ detail: String, at now: Moment) -> [SIPAction]
  /// A message came from `peer`.
  mutating func receive(_ message: SIPMessage, from peer: SIPHop, at now: Moment) -> [SIPAction]
  /// Something was learned beside the server, in words that a trace keeps.
  mutating func learn(_ word: String, at now: Moment) -> [SIPAction]
  /// Takes leave of the server.
  mutating func stop(at now: Moment) -> [SIPAction]
}

extension SIPSession {
  mutating func learn(_ word: String, at now: Moment) -> [SIPAction] { [] }
}

/// What is to be done now, in this order.
enum SIPAction: Hashable {
  /// Make the way to the server; ``SIPSession/linked(local:at:)`` or ``SIPSession/unlinked(_:at:)`` tells what came
  /// of it.
  case open
  case close
  /// Nil: to the server.
  case send([UInt8], to: SIPHop?)
  case report(SourceReport)
  /// Tell the session beside, in words that its trace keeps.
  case pass(String)
}

import Connector
import Telephony

/// An INVITE that rings here, as its server keeps it (RFC 3261, section 17.2.1): whatever comes again is answered as
/// before, and a refusal is sent until it was heard.
struct InviteTransaction: Hashable {
  /// The first wait until a refusal is sent again, and the longest [ms].
  private static let shortest: Int64 = 500
  private static let longest: Int64 = 4_000
  /// How long a refusal waits to be heard [ms].
  private static let patience: Int64 = 64 * shortest
  /// How long what was heard may come again: timer I [ms].
  private static let echo: Int64 = 5_000

  let request: SIPMessage
  let peer: SIPHop
  /// What is put into the To of all replies.
  let tag: String
  /// The latest reply.
  private(set) var reply: [UInt8]
  /// Nil while it rings; then when it is forgotten.
  private(set) var overAt: Moment?
  /// When the refusal is sent again; nil where nothing gets lost, and once it was heard.
  private(set) var resendAt: Moment?
  private var wait = Self.shortest

  /// A request that was answered with `reply`: it rings.
  init(_ request: SIPMessage, from peer: SIPHop, tag: String, reply: [UInt8]) {
    self.request = request
    self.peer = peer
    self.tag = tag
    self.reply = reply
  }

  /// By what a request, those that are like it, its CANCEL and its ACK are known; nil: it is broken.
  static func key(of request: SIPMessage) -> String? {
    guard let via = request.via, let number = request.sequence?.number,
      let callID = request["call-id"]
    else { return nil }
    return "\(via.branch ?? "") \(via.sentBy.text) \(number) \(callID)"
  }

  /// Whether nobody has answered it, nor given up.
  var isRinging: Bool { overAt == nil }

  /// Where replies go.
  var hop: SIPHop { SIPReply.hop(of: request, from: peer) }

  /// It is refused with this reply, which is sent now.
  mutating func refuse(_ reply: [UInt8], isReliable: Bool, at now: Moment) {
    self.reply = reply
    overAt = now + Self.patience
    resendAt = isReliable ? nil : now + wait
  }

  /// The refusal was heard.
  mutating func acknowledge(at now: Moment) {
    guard let overAt else { return }
    resendAt = nil
    self.overAt = min(overAt, now + Self.echo)
  }

  /// Whether the refusal is to be sent again now.
  mutating func isDue(at now: Moment) -> Bool {
    guard let due = resendAt, due <= now else { return false }
    wait = min(wait * 2, Self.longest)
    resendAt = now + wait
    return true
  }
}

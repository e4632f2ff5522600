import Connector
import Telephony

/// What the server's requests mean to a telephone that only listens.
///
///     ← INVITE sip:screenpop-5a91@192.0.2.10:40112 SIP/2.0      → SIP/2.0 180 Ringing
///     ← CANCEL …                                                → SIP/2.0 200 OK
///       Reason: SIP;cause=200                                   → SIP/2.0 487 Request Terminated
extension TelephoneSession {
  /// Requests that belong to a call which was answered, and no call of this telephone ever is.
  private static let ofDialogs: Set = ["INFO", "PRACK", "REFER"]

  mutating func handle(
    _ method: String, _ request: SIPMessage, _ peer: SIPHop, _ now: Moment
  ) {
    let key = InviteTransaction.key(of: request)
    if method == "ACK" {
      if let key { invites[key]?.acknowledge(at: now) }
      return
    }
    guard let key, request.sequence?.method == method else {
      if request.via != nil { reply(.badRequest, request, peer) }
      return
    }
    let isOfDialog = request.address("to")?.tag != nil
    switch method {
    case "INVITE" where !isOfDialog: invite(key, request, peer, now)
    case "CANCEL": cancel(key, request, peer, now)
    case "OPTIONS": reply(.ok, request, peer)
    case "BYE", "UPDATE": changeRing(method, request, peer, now)
    default:
      let isLate = isOfDialog || Self.ofDialogs.contains(method)
      reply(isLate ? .noSuchDialog : .methodNotAllowed, request, peer)
    }
  }

  private mutating func invite(
    _ key: String, _ request: SIPMessage, _ peer: SIPHop, _ now: Moment
  ) {
    if let known = invites[key] { return actions.append(.send(known.reply, to: known.hop)) }
    // Only the server knows the contact; one that writes the request's address anew is known by its own.
    let isServers =
      servers.contains(peer.host)
      || request.target.flatMap { SIPAddress.user(of: $0) } == contact
    guard isServers, !isLeaving else {
      strangers += isLeaving ? 0 : 1
      return
    }
    // It is meant for a call that another telephone has (RFC 3891, RFC 3911): none of the two rings.
    guard request["replaces"] == nil, request["join"] == nil else {
      return reply(.noSuchDialog, request, peer)
    }
    guard makeRoom(), let number = request.sequence?.number, let callID = request["call-id"],
      let lines = reach.lines(branch: "", user: contact)
    else { return }
    let tag = word()
    let ringing = SIPReply.bytes(
      .ringing, to: request, from: peer, tag: tag, allow: SIPReply.allowedToTelephone,
      contact: lines.contact)
    let transaction = InviteTransaction(request, from: peer, tag: tag, reply: ringing)
    invites[key] = transaction
    actions.append(.send(ringing, to: transaction.hop))
    report(
      calls.ring(
        key, callID: callID, tag: request.address("from")?.tag ?? "", sequence: number,
        parties(request), at: now))
  }

  /// Whether one more INVITE can be kept: what is over makes room, the oldest first.
  private mutating func makeRoom() -> Bool {
    guard invites.count >= Self.most else { return true }
    let over = invites.compactMap { key, invite in invite.overAt.map { (key, $0) } }
    guard let oldest = over.min(by: { $0.1 < $1.1 }) else { return false }
    invites[oldest.0] = nil
    return true
  }

  private mutating func cancel(
    _ key: String, _ request: SIPMessage, _ peer: SIPHop, _ now: Moment
  ) {
    guard let (key, invite) = cancelled(key, request) else {
      return reply(.noSuchDialog, request, peer)
    }
    reply(.ok, request, peer, tag: invite.tag)
    guard invite.isRinging else { return }
    refuse(key, .cancelled, now)
    report(calls.cancel(key, CancelReason(request), at: now))
  }

  /// The INVITE that is taken back. One of RFC 2543 is not known by its branch.
  private func cancelled(
    _ key: String, _ cancel: SIPMessage
  ) -> (key: String, value: InviteTransaction)? {
    if let invite = invites[key] { return (key, invite) }
    return invites.first { _, invite in
      invite.isRinging && invite.request["call-id"] == cancel["call-id"]
        && invite.request.sequence?.number == cancel.sequence?.number
    }
  }

  /// A request within a call that rings: its caller leaves (RFC 3261, section 15), or is another one now (RFC 3311).
  private mutating func changeRing(
    _ method: String, _ request: SIPMessage, _ peer: SIPHop, _ now: Moment
  ) {
    let ring = invites.first { _, invite in
      invite.isRinging && invite.request["call-id"] == request["call-id"]
        && invite.tag == request.address("to")?.tag
    }
    guard let (key, invite) = ring else { return reply(.noSuchDialog, request, peer) }
    if method == "BYE" {
      reply(.ok, request, peer, tag: invite.tag)
      refuse(key, .cancelled, now)
      return report(calls.cancel(key, CancelReason(request), at: now))
    }
    // What is offered of a session is none of this telephone's business.
    reply(request.body.isEmpty ? .ok : .notAcceptable, request, peer, tag: invite.tag)
    // From stays what it was, whoever calls now.
    guard request["p-asserted-identity"] != nil || request["remote-party-id"] != nil else { return }
    report(calls.identify(key, parties(request), at: now))
  }

  /// Refuses an INVITE that rings.
  mutating func refuse(_ key: String, _ status: SIPReply.Status, _ now: Moment) {
    guard var invite = invites[key], invite.isRinging else { return }
    let bytes = SIPReply.bytes(
      status, to: invite.request, from: invite.peer, tag: invite.tag,
      allow: SIPReply.allowedToTelephone)
    invite.refuse(bytes, isReliable: account.transport.isStream, at: now)
    invites[key] = invite
    actions.append(.send(bytes, to: invite.hop))
  }

  private mutating func reply(
    _ status: SIPReply.Status, _ request: SIPMessage, _ peer: SIPHop, tag: String? = nil
  ) {
    let bytes = SIPReply.bytes(
      status, to: request, from: peer, tag: tag ?? self.tag, allow: SIPReply.allowedToTelephone)
    actions.append(.send(bytes, to: SIPReply.hop(of: request, from: peer)))
  }
}

import Connector
import HeaderForms
import Telephony

/// What the requests of the other end mean (RFC 6665, section 4.1.3; RFC 4235, section 3).
extension SIPSubscription {
  /// How many replies are kept for requests that come twice.
  private static let keptReplies = 8

  mutating func handle(
    _ method: String, _ request: SIPMessage, _ peer: SIPHop, _ now: Moment
  ) {
    // An ACK has no answer.
    guard method != "ACK" else { return }
    guard let via = request.via, let sequence = request.sequence, sequence.method == method,
      request["call-id"] != nil, request.address("from") != nil, request.address("to") != nil
    else {
      if request.via != nil { reply(.badRequest, request, peer) }
      return
    }
    guard method == "NOTIFY" else {
      return reply(method == "OPTIONS" ? .ok : .methodNotAllowed, request, peer)
    }
    let key = "\(via.branch ?? "") \(sequence.number) \(request["call-id"] ?? "")"
    if let known = replies.first(where: { $0.key == key }) {
      return actions.append(.send(known.bytes, to: SIPReply.hop(of: request, from: peer)))
    }
    let place = actions.count
    let status = notified(request, sequence.number, now)
    let bytes = SIPReply.bytes(
      status, to: request, from: peer, tag: dialog.localTag, allow: SIPReply.allowedToSubscriber)
    // Before the way is closed, and before anything else: the server waits.
    actions.insert(.send(bytes, to: SIPReply.hop(of: request, from: peer)), at: place)
    if status == .ok { replies = replies.suffix(Self.keptReplies - 1) + [(key, bytes)] }
  }

  private mutating func reply(_ status: SIPReply.Status, _ request: SIPMessage, _ peer: SIPHop) {
    let bytes = SIPReply.bytes(
      status, to: request, from: peer, tag: dialog.localTag, allow: SIPReply.allowedToSubscriber)
    actions.append(.send(bytes, to: SIPReply.hop(of: request, from: peer)))
  }

  private mutating func notified(
    _ notify: SIPMessage, _ sequence: Int, _ now: Moment
  ) -> SIPReply.Status {
    guard dialog.owns(notify) else { return .noSuchDialog }
    let package = HeaderSyntax.split(notify["event"] ?? "", at: ";").first
    guard package?.lowercased() == "dialog" else { return .badEvent }
    if let latest = dialog.remoteSequence, sequence <= latest { return .outOfOrder }
    dialog.adopt(notify: notify, sequence: sequence)
    notifyBy = nil
    notifies.all += 1

    let status = read(notify, now)
    let parts = HeaderSyntax.split(notify["subscription-state"] ?? "active", at: ";")
    let values = HeaderSyntax.parameters(parts.dropFirst())
    switch parts.first?.lowercased() {
    case "terminated": end(values, now)
    case "pending":
      canHear = false
      report(.pending, nextTry: nil, now)
    default:
      canHear = status == .ok
      if canHear { reportUp(now) }
      // A server may shorten the life at any time, and says so here only.
      if let life = values["expires"].flatMap({ HeaderSyntax.number($0) }), life > 0,
        let expiresAt, now + Int64(clamping: life) * 1000 < expiresAt
      {
        live(life, now)
      }
    }
    return status
  }

  /// Takes the document in; a broken one is one line on the screen, and full state is asked for.
  private mutating func read(_ notify: SIPMessage, _ now: Moment) -> SIPReply.Status {
    if notify.isCut {
      unreadable("a NOTIFY that is cut, or of more than \(SIPMessage.longest / 1000) kB", now)
      return .tooLarge
    }
    guard !notify.body.isEmpty else {
      actions += dialogs.applyNothing(at: now).map { .report(.event($0)) }
      return .ok
    }
    let type = HeaderSyntax.split(notify["content-type"] ?? "", at: ";").first
    guard type?.lowercased() == "application/dialog-info+xml" else {
      unreadable("dialog state as \(type.map { String($0.prefix(40)) } ?? "no type")", now)
      return .unsupportedMediaType
    }
    do throws(DialogInfoError) {
      var info = try DialogInfoReader.read(notify.body)
      info.tellsOne = notify["user-agent"]?.contains("FreeSWITCH") ?? false || info.isOfFreeSwitch
      notifies.documents += 1
      if let entity = info.entity, account.isAnother(entity) { notifies.entity = entity }
      let (events, verdict) = dialogs.apply(info, at: now)
      actions += events.map { .report(.event($0)) }
      if verdict == .gap {
        notifies.gaps += 1
        resync(now)
      }
      return .ok
    } catch {
      unreadable(error.reason, now)
      return .badRequest
    }
  }

  private mutating func unreadable(_ reason: String, _ now: Moment) {
    resync(now)
    report(.unreadable(reason: reason), nextTry: subscribeAt, now)
  }

  /// The server ends the subscription; the reason says whether another one may help.
  private mutating func end(_ values: [String: String], _ now: Moment) {
    let reason = (values["reason"] ?? "no reason given").lowercased()
    let problem = SubscriptionProblem.terminated(reason: String(reason.prefix(40)))
    let wait = values["retry-after"].flatMap { HeaderSyntax.number($0) }
      .map { Int64(clamping: max(1, min($0, 3_600))) * 1000 }
    switch reason {
    case "rejected", "noresource", "invariant": giveUp(problem, now)
    case "probation", "giveup":
      forget()
      fail(problem, pause: wait, now)
    default: resubscribe(problem, now)
    }
  }
}

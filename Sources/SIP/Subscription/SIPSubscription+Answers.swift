import Telephony

/// What answers to a SUBSCRIBE mean (RFC 6665, section 4.1.2; RFC 3261, section 22.2).
extension SIPSubscription {
  mutating func handle(_ status: Int, _ answer: SIPMessage, _ now: Moment) {
    guard transaction.end(by: answer, status, at: now) else { return }
    let isElsewhere = reach.learn(answer, at: now)
    switch status {
    case 200..<300: accept(answer, isElsewhere: isElsewhere, now)
    case 401, 407: authenticate(answer, now)
    case 423: lengthen(answer, now)
    case 481: resubscribe(.refused(status: status), now)
    case 405, 489, 501:
      if hasBeenAccepted {
        refuse(status, pause: Self.longPause, now)
      } else {
        giveUp(.notOffered(status: status), now)
      }
    case 403, 404, 410, 416, 482...485, 604: refuse(status, pause: Self.longPause, now)
    default:
      if status == 480 { forget() }
      fail(.refused(status: status), pause: answer.retryAfter, now)
    }
  }

  /// The subscription is over by this answer, also where it was only to be prolonged.
  private mutating func refuse(_ status: Int, pause: Int64, _ now: Moment) {
    forget()
    fail(.refused(status: status), pause: pause, now)
  }

  private mutating func accept(_ answer: SIPMessage, isElsewhere: Bool, _ now: Moment) {
    let life = lifetime.granted(by: answer)
    guard life > 0 else { return refuse(200, pause: Self.longPause, now) }
    dialog.adopt(answer: answer)
    credentials.restart()
    hasBeenAccepted = true
    live(life, now)
    if dialog.remoteSequence == nil {
      notifyBy = now + SIPTransaction.patience
      // The server is to write to where it sees this side.
      if isElsewhere { subscribeAt = now }
    } else if canHear {
      reportUp(now)
    }
  }

  /// The subscription lives so long [s], and is prolonged before: early enough for a lost answer.
  mutating func live(_ life: Int, _ now: Moment) {
    let span = Int64(clamping: life) * 1000
    expiresAt = now + span
    subscribeAt = now + SIPTransaction.renewal(of: span)
  }

  /// Asks again with the password, each nonce once, unless that leads nowhere.
  private mutating func authenticate(_ answer: SIPMessage, _ now: Moment) {
    if let problem = credentials.meet(answer, of: account) {
      return fail(.password(problem), pause: Self.longPause, now)
    }
    subscribe(now)
  }

  /// Asks again for as long as the server wants at least.
  private mutating func lengthen(_ answer: SIPMessage, _ now: Moment) {
    guard lifetime.raise(for: answer) else {
      return fail(.refused(status: 423), pause: Self.longPause, now)
    }
    subscribe(now)
  }
}

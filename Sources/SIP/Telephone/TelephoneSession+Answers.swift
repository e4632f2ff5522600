import Connector
import HeaderForms
import Telephony

/// What answers to a REGISTER mean (RFC 3261, section 10.2.4 and 10.3).
extension TelephoneSession {
  mutating func handle(_ status: Int, _ answer: SIPMessage, _ peer: SIPHop, _ now: Moment) {
    guard transaction.end(by: answer, status, at: now) else { return }
    let isElsewhere = reach.learn(answer, at: now)
    switch status {
    case 200..<300:
      servers.insert(peer.host)
      accept(answer, isElsewhere: isElsewhere, now)
    case 401, 407:
      if let problem = credentials.meet(answer, of: account) {
        drop(.password(problem), now)
      } else {
        register(now)
      }
    case 423: lengthen(answer, now)
    case 300..<400:
      let place = answer.address("contact").flatMap { SIPHop(uri: $0.uri)?.text }
      fail(.refused(status: status, place: place), pause: answer.retryAfter, now)
    case 400, 403...406, 410, 416, 420, 501, 505, 604: drop(.refused(status: status), now)
    default:
      fail(.refused(status: status), pause: answer.retryAfter, now)
    }
  }

  /// The registration is over by this answer, also where it was only to be prolonged.
  private mutating func drop(_ problem: RegistrationProblem, _ now: Moment) {
    expiresAt = nil
    fail(problem, pause: Self.longPause, now)
  }

  private mutating func accept(_ answer: SIPMessage, isElsewhere: Bool, _ now: Moment) {
    credentials.restart()
    if isLeaving {
      hasLeft = true
      return
    }
    // All telephones of the station are named, each with its own time; a server may write ours anew.
    let contacts = answer.entries("contact").compactMap { SIPAddress($0) }
    let ours = contacts.filter { $0.user == contact }
    let told = ours.compactMap { $0.parameters["expires"].flatMap { HeaderSyntax.number($0) } }
      .max()
    let life = lifetime.granted(by: answer, told: told)
    guard life > 0 else { return drop(.refused(status: 200), now) }
    isNamed = !ours.isEmpty
    otherTelephones = Set(contacts.map(\.uri)).subtracting(ours.map(\.uri)).count
    hasBeenRegistered = true
    let span = Int64(clamping: life) * 1000
    expiresAt = now + span
    // The server is to ring where it sees this side.
    registerAt = isElsewhere ? now : now + SIPTransaction.renewal(of: span)
    reportUp(now)
  }

  /// Asks again for as long as the server wants at least.
  private mutating func lengthen(_ answer: SIPMessage, _ now: Moment) {
    guard lifetime.raise(for: answer) else { return drop(.refused(status: 423), now) }
    register(now)
  }
}

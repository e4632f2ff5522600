/// Why dialog state cannot be heard.
enum SubscriptionProblem: Hashable {
  /// No way to the server, or one that broke.
  case unreachable(detail: String)
  /// No answer to a SUBSCRIBE.
  case silent
  /// An answer, and then no NOTIFY.
  case noNotify
  /// A password is asked for, and none is configured.
  case passwordMissing
  /// The password was not accepted.
  case passwordRefused
  /// Authentication of a kind that is not supported.
  case unknownAuthentication
  /// The server does not have the event package (R38).
  case notOffered(status: Int)
  /// Any other status that is no success.
  case refused(status: Int)
  /// The server ended the subscription for this reason.
  case terminated(reason: String)
  /// Somebody must first allow it.
  case pending
  /// A NOTIFY that could not be read.
  case unreadable(reason: String)

  /// What was tried, what happened and what to do, for the operator.
  func sentence(_ account: SIPAccount) -> String {
    let server = "\(account.server.text) (\(account.transport.rawValue))"
    let watched = account.watched.dropFirst("sip:".count)
    switch self {
    case .unreachable(let detail):
      return "\(server) could not be reached (\(detail)): is it running?"
    case .silent:
      return "\(server) did not answer within \(SubscribeTransaction.patience / 1000) s: check"
        + " server, port and transport"
    case .noNotify:
      return "\(server) accepted the subscription but sends no NOTIFY: look for a firewall between"
    case .passwordMissing: return "\(server) asks for a password: configure user and password_file"
    case .passwordRefused:
      return "\(server) refuses the password of \(account.user): check user and password_file"
    case .unknownAuthentication:
      return "\(server) asks for a password in an unknown way: it needs digest with MD5 or SHA-256"
    case .notOffered(let status):
      return "\(server) does not offer dialog state (\(status), event package \"dialog\" of"
        + " RFC 4235): switch it on there, then open the window again"
    case .refused(let status): return "\(server) answered \(status): \(advice(status, watched))"
    case .terminated(let reason):
      return "\(server) ended the subscription (\(reason)): \(advice(reason, watched))"
    case .pending: return "\(server) waits for somebody to allow that \(watched) is watched"
    case .unreadable(let reason): return "\(server) sent what cannot be read: \(reason)"
    }
  }

  private func advice(_ status: Int, _ watched: Substring) -> String {
    switch status {
    case 403: "let this user watch \(watched)"
    case 404, 410, 480, 604: "it does not know \(watched) now; check watch"
    case 300..<400: "it is to be asked elsewhere; check server"
    case 423: "it wants another time; change expires"
    case 500...: "look at its log"
    default: "check watch"
    }
  }

  private func advice(_ reason: String, _ watched: Substring) -> String {
    switch reason {
    case "rejected": "let this user watch \(watched), then open the window again"
    case "noresource", "invariant": "check watch, then open the window again"
    default: "look at its log"
    }
  }
}

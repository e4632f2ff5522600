/// Why dialog state cannot be heard.
enum SubscriptionProblem: Hashable {
  /// No way to the server, or one that broke.
  case unreachable(detail: String)
  /// No answer to a SUBSCRIBE.
  case silent
  /// An answer, and then no NOTIFY.
  case noNotify
  /// A password is asked for, and cannot be given.
  case password(SIPCredentials.Problem)
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
    let server = account.serverText
    let watched = account.watched.dropFirst("sip:".count)
    switch self {
    case .unreachable(let detail): return account.unreachable(detail)
    case .silent: return account.silent
    case .noNotify:
      return "\(server) accepted the subscription but sends no NOTIFY: look for a firewall between"
    case .password(let problem): return problem.sentence(account)
    case .notOffered(let status):
      return "\(server) does not offer dialog state (\(status), event package \"dialog\" of"
        + " RFC 4235): switch it on there, then open the window again"
        + (account.listens ? ", or set subscribe = false" : "")
    case .refused(let status):
      return "\(server) answered \(status): \(advice(status, watched))"
        + (account.listens ? ", or set subscribe = false" : "")
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

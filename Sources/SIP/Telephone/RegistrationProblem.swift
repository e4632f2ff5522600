/// Why a telephone is not registered.
enum RegistrationProblem: Hashable {
  /// No way to the server, or one that broke.
  case unreachable(detail: String)
  /// No answer to a REGISTER.
  case silent
  /// A password is asked for, and cannot be given.
  case password(SIPCredentials.Problem)
  /// Any status that is no success; `place`: where the server says that it is to be asked instead.
  case refused(status: Int, place: String? = nil)

  /// What was tried, what happened and what to do, for the operator.
  func sentence(_ account: SIPAccount) -> String {
    switch self {
    case .unreachable(let detail): account.unreachable(detail)
    case .silent: account.silent
    case .password(let problem): problem.sentence(account)
    case .refused(let status, let place):
      "\(account.serverText) answered \(status) to the registration of \(account.watchedText):"
        + " \(place.map { "\($0) is to be asked: check server and port" } ?? Self.advice(status))"
    }
  }

  private static func advice(_ status: Int) -> String {
    switch status {
    case 403:
      "it takes no further telephone of this extension (allow one more: max_contacts), or does not let"
        + " this user register: check user and password_file"
    case 404, 410, 604: "it does not know this extension: check station, or watch"
    case 405, 501: "it registers nobody: check server and port"
    case 423: "it wants another time: change expires"
    case 300..<400: "it is to be asked elsewhere: check server"
    case 503:
      "it takes no further telephone of this extension (allow one more: max_contacts), or is too busy"
    case 505: "it speaks another version of SIP"
    case 500...: "look at its log"
    default: "check server, station and user"
    }
  }
}

import Connector

/// Why a bus tells nothing of a mobile.
enum MobileOutage: ConnectorOutage, Hashable {
  /// There is none, none that is secure, or the peer ended it.
  case connection(ConnectionFailure)
  /// It does not let this user in.
  case rejected
  /// It says what no bus says.
  case stranger
  /// It does not answer [s].
  case mute(seconds: Int)
  /// The service does not run.
  case absent
  /// The service does not tell this user, with the bus's word.
  case forbidden(error: String)

  /// What went wrong, and what to do.
  func sentence(_ bus: MobileBus) -> String {
    let (socket, title) = (bus.socket ?? "", bus.service.title)
    return switch self {
    case .connection(.unreachable(let detail)), .connection(.insecure(let detail)):
      "the bus \(socket) could not be reached (\(detail)): does D-Bus run?"
    case .connection(.closed): "the bus \(socket) ended the connection"
    case .rejected: "the bus \(socket) does not let this user in"
    case .stranger: "\(socket) is no bus"
    case .mute(let seconds): "\(title) did not answer within \(seconds) s"
    case .absent: "\(title) is not running: start it, or pair the mobile"
    case .forbidden(let error):
      "\(title) does not tell this user of calls (\(error)): look at the policy of the bus"
    }
  }

  var retry: Retry { .backoff }
}

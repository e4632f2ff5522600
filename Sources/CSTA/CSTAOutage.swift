import Connector

/// Why a CSTA server tells nothing.
enum CSTAOutage: ConnectorOutage, Hashable {
  /// There is none, none that is secure, or the peer ended it.
  case connection(ConnectionFailure)
  /// No answer to the beginning of a session or of a monitor, in time [s].
  case mute(seconds: Int)
  /// Nothing more was heard, not even the answer to what was answered before [s].
  case silent(seconds: Int)
  /// It speaks another form of CSTA.
  case binary
  /// Something else listens there, or what came is no message.
  case stranger(greeting: String)
  /// It began no session, with its word.
  case refused(error: String)
  /// It began no session in the edition that was asked for, with its word.
  case unsupported(error: String)
  /// It does not let the device be followed, with its word.
  case unmonitored(error: String)
  /// It ended the session or the monitor, with its word.
  case dismissed(reason: String)

  /// What went wrong at this server, and what to do.
  func sentence(server: String, user: String, device: String) -> String {
    switch self {
    case .connection(.unreachable(let detail)):
      "\(server) could not be reached (\(detail)): check address and port, and whether CSTA is switched on"
    case .connection(.insecure(let detail)):
      "\(server) has no connection that can be trusted (\(detail)): check address and ca_file"
    case .connection(.closed): "\(server) ended the connection: look at the telephone system's log"
    case .mute(let seconds):
      "\(server) did not answer within \(seconds) s: check port and session in [csta]"
    case .silent(let seconds):
      "\(server) has said nothing for \(seconds) s: is the telephone system running?"
    case .binary:
      "\(server) speaks CSTA in ASN.1, not in XML: a gateway of the manufacturer has to stand between"
    case .stranger(let greeting):
      "\(server) sends what is no CSTA in XML (it says \"\(greeting)\"): check address and port"
    case .refused(let error):
      user.isEmpty
        ? "\(server) began no session (\(error)): check user and password_file"
        : "\(server) refused the user \"\(user)\" (\(error)): check user and password_file"
    case .unsupported(let error):
      "\(server) does not speak this edition (\(error)): check edition in [csta]"
    case .unmonitored(let error):
      "\(server) does not let the device \(device) be followed (\(error)): check device in [csta], "
        + "and the rights there"
    case .dismissed(let reason):
      "\(server) tells no more of the device \(device) (\(reason)): it is asked again"
    }
  }

  var retry: Retry {
    switch self {
    // Long enough that no guard against guessed passwords shuts us out.
    case .refused: .after(.seconds(900))
    case .unsupported, .binary: .after(.seconds(900))
    case .unmonitored: .after(.seconds(60))
    default: .backoff
    }
  }
}

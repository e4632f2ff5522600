import Connector

/// Why the manager tells nothing.
enum AMIOutage: ConnectorOutage, Hashable {
  /// There is none, none that is secure, or the peer ended it.
  case connection(ConnectionFailure)
  /// No greeting, or no answer to the login, in time [s].
  case mute(seconds: Int)
  /// Nothing more was heard, not even the answer to a ping [s].
  case silent(seconds: Int)
  /// Something else listens there, and this is how it greets.
  case stranger(greeting: String)
  /// AMI 1.x, of Asterisk 11 and older, which tells of calls in other events.
  case unsupported(version: String)
  /// The login was refused, with the manager's words.
  case refused(message: String)

  /// What went wrong at this address, and what to do.
  func sentence(server: String, user: String) -> String {
    switch self {
    case .connection(.unreachable(let detail)):
      "\(server) could not be reached (\(detail)): is Asterisk running, and its manager enabled?"
    case .connection(.insecure(let detail)):
      "\(server) gave no secure connection (\(detail)): check tls, port and ca_file"
    case .connection(.closed): "\(server) ended the connection: look at Asterisk's log"
    case .mute(let seconds): "\(server) did not answer within \(seconds) s: check port and tls"
    case .silent(let seconds): "\(server) has said nothing for \(seconds) s: is Asterisk running?"
    case .stranger(let greeting):
      "\(server) is no Asterisk manager (it says \"\(greeting)\"): check address and port"
    case .unsupported(let version):
      "\(server) speaks version \(version) of the manager interface: Asterisk 12 or later is needed"
    case .refused(let message):
      "\(server) refused the user \"\(user)\" (\(message)): check user and secret_file"
    }
  }

  var retry: Retry {
    switch self {
    case .unsupported: .never
    // Long enough that no guard against guessed passwords shuts us out.
    case .refused: .after(.seconds(900))
    default: .backoff
    }
  }
}

import Connector

/// Why FreeSWITCH tells nothing.
enum FreeSwitchOutage: ConnectorOutage, Hashable {
  /// There is none, none that is secure, or the peer ended it.
  case connection(ConnectionFailure)
  /// It ended the connection in due form: it is shut down, or a listener has heard too slowly.
  case dismissed
  /// No greeting, or no answer to the login, in time [s].
  case mute(seconds: Int)
  /// Nothing more was heard, not even the answer to a question [s].
  case silent(seconds: Int)
  /// Something else listens there, and this is how it greets.
  case stranger(greeting: String)
  /// What came is no message.
  case framing
  /// Its access list does not let this machine in.
  case shutOut
  /// The login was refused, with its words.
  case refused(message: String)
  /// It tells this user of no events, with its words.
  case forbidden(message: String)

  /// What went wrong at this address, and what to do.
  func sentence(server: String, user: String) -> String {
    switch self {
    case .connection(.unreachable(let detail)), .connection(.insecure(let detail)):
      "\(server) could not be reached (\(detail)): is FreeSWITCH running, and mod_event_socket loaded?"
    case .connection(.closed): "\(server) ended the connection: look at FreeSWITCH's log"
    case .dismissed: "\(server) ended the connection: FreeSWITCH is being shut down or restarted"
    case .mute(let seconds):
      "\(server) did not answer within \(seconds) s: check that this is the port of the event socket"
    case .silent(let seconds):
      "\(server) has said nothing for \(seconds) s: is FreeSWITCH running?"
    case .stranger(let greeting):
      "\(server) is no event socket of FreeSWITCH (it says \"\(greeting)\"): check address and port"
    case .framing:
      "\(server) sends what is no message of an event socket: check address and port"
    case .shutOut:
      "\(server) lets this machine not in: name it in apply-inbound-acl of event_socket.conf.xml"
    case .refused(let message):
      user.isEmpty
        ? "\(server) refused the password (\(message)): check password_file"
        : "\(server) refused the user \"\(user)\" (\(message)): check user and password_file"
    case .forbidden(let message):
      "\(server) tells of no events (\(message)): check esl-allowed-events of the user"
    }
  }

  var retry: Retry {
    switch self {
    // Long enough that no guard against guessed passwords shuts us out.
    case .refused, .forbidden: .after(.seconds(900))
    case .shutOut: .after(.seconds(60))
    default: .backoff
    }
  }
}

import Connector

/// Why a call monitor tells nothing.
enum FritzBoxOutage: ConnectorOutage, Hashable {
  /// There is none, none that is secure, or the peer ended it.
  case connection(ConnectionFailure)
  /// Something else listens there, and this is how it greets.
  case stranger(greeting: String)

  /// What went wrong at this address, and what to do.
  func sentence(server: String) -> String {
    switch self {
    case .connection(.unreachable(let detail)), .connection(.insecure(let detail)):
      "\(server) could not be reached (\(detail)): dial \(Self.code) on a telephone of the FRITZ!Box, "
        + "which switches its call monitor on, or check the address"
    case .connection(.closed):
      "\(server) ended the connection: the FRITZ!Box is perhaps being restarted"
    case .stranger(let greeting):
      "\(server) is no call monitor of a FRITZ!Box (it says \"\(greeting)\"): check address and port"
    }
  }

  /// What switches the call monitor on.
  private static let code = "#96*5*"

  /// A box that restarts refuses connections for a while.
  var retry: Retry { .backoff }
}

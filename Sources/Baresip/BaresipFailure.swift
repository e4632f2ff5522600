import Connector

/// Why there is no connection to the softphone.
enum BaresipFailure: ConnectorOutage, Hashable {
  /// There is none, none that is secure, or the peer ended it.
  case connection(ConnectionFailure)
  /// No answer within the time limit.
  case silent
  /// What came is no netstring.
  case framing(NetstringReader.Fault)
  /// baresip without the module that knows the commands.
  case noMenu
  /// The answer is not baresip's.
  case stranger
  /// A version that this driver does not know.
  case unsupported(version: String)

  var retry: Retry {
    if case .unsupported = self { .never } else { .backoff }
  }

  /// What went wrong, and what to do, for the operator.
  func sentence(address: String) -> String {
    let peer = "baresip at \(address)"
    return switch self {
    case .connection(.unreachable(let detail)), .connection(.insecure(let detail)):
      "\(peer) could not be reached (\(detail)): is it running, with its module ctrl_tcp?"
    case .connection(.closed):
      "\(peer) ended the connection: it was closed, or another program took its control port"
    case .silent: "\(peer) does not answer: check that this is the port of ctrl_tcp"
    case .framing: "\(address) sends what is no netstring: check that this is the port of ctrl_tcp"
    case .noMenu: "\(peer) does not know the command about: load its module menu"
    case .stranger: "\(address) does not answer as baresip does: check the address and the port"
    case .unsupported(let version):
      "baresip \(version) is not supported, only \(BaresipVersion.supportedText): install one of those"
    }
  }
}

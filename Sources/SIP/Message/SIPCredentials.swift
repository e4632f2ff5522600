import HeaderForms

/// How a server's demands for a password are met (RFC 3261, section 22.2): each nonce once for each request.
struct SIPCredentials: Hashable {
  /// Why a demand cannot be met.
  enum Problem: Hashable {
    /// A password is asked for, and none is configured.
    case missing
    /// The password was not accepted.
    case refused
    /// Authentication of a kind that is not supported.
    case unknown

    /// What happened and what to do, for the operator.
    func sentence(_ account: SIPAccount) -> String {
      let server = account.serverText
      return switch self {
      case .missing: "\(server) asks for a password: configure user and password_file"
      case .refused:
        "\(server) refuses the password of \(account.user): check user and password_file"
      case .unknown:
        "\(server) asks for a password in an unknown way: it needs digest with MD5 or SHA-256"
      }
    }
  }

  /// More demands than this in a row are a loop.
  private static let most = 3

  /// The latest demand, how often it was met, and how many came in a row.
  private var challenge: DigestChallenge?
  private var uses = 0
  private var inARow = 0

  /// Another attempt begins, or the server was content.
  mutating func restart() { inARow = 0 }

  /// Takes a demand in; nil: the request is to be sent again.
  mutating func meet(_ answer: SIPMessage, of account: SIPAccount) -> Problem? {
    guard account.password != nil else { return .missing }
    guard let demand = DigestChallenge.first(in: answer) else { return .unknown }
    inARow += 1
    // The first demand of an attempt may be due to an old nonce, whether the server says so or not.
    guard inARow == 1 || demand.isStale, inARow <= Self.most else {
      challenge = nil
      return .refused
    }
    challenge = demand
    uses = 0
    return nil
  }

  /// The header field for the next request; nil when none is asked for.
  mutating func field(
    _ account: SIPAccount, method: String, uri: String, clientNonce: () -> String
  ) -> String? {
    guard let challenge, let password = account.password else { return nil }
    uses += 1
    let answer = challenge.answer(
      user: account.user, password: password, method: method, uri: uri, use: uses,
      clientNonce: clientNonce())
    return "\(answer.field): \(answer.value)"
  }
}

extension DigestChallenge {
  /// The first demand in the message that can be met, as RFC 8760, section 2.4, wants it.
  static func first(in message: SIPMessage) -> DigestChallenge? {
    let own = message.fields("www-authenticate").lazy.compactMap { DigestChallenge($0) }
    let proxys = message.fields("proxy-authenticate").lazy
      .compactMap { DigestChallenge($0, isProxys: true) }
    return own.first ?? proxys.first
  }
}

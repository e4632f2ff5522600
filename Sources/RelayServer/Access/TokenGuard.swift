import NIOHTTP1
import Telephony

/// Lets in who has a token, and tells guesses apart from a telephone with an old one (R30).
///
/// A right token is never refused, whoever else guesses behind the same address. That guessing does not
/// succeed is therefore the tokens' own work: ``TokenFile`` warns of short ones.
final class TokenGuard: Sendable {
  /// A wrong token and where it came from; its digest has a key of this process's own.
  private struct Failure: Hashable {
    var source: UInt128?
    var digest: Int
  }

  private let tokens: [TokenFile.Token]
  /// Ten times a minute the same wrong token from one source, and ten different ones.
  private let same = RateLimit<Failure>(10, per: 60_000)
  private let different = RateLimit<UInt128?>(10, per: 60_000)

  init(_ file: TokenFile) { tokens = file.tokens }

  /// Throws 401 without a right token, 429 for a wrong one after ten, 403 when the token is for something
  /// else.
  func check(
    _ secret: [UInt8]?, for right: Right, from source: UInt128?, at now: Moment
  ) throws(Refusal) {
    guard let token = secret.flatMap({ match($0) }) else {
      // A request without any token guesses nothing.
      if let secret { try count(secret, from: source, at: now) }
      throw Refusal(
        status: .unauthorized,
        sentence: "a token is needed: Authorization: Bearer TOKEN, or token=TOKEN",
        headers: ["www-authenticate": "Bearer realm=\"ctirelay\""])
    }
    guard token.right.includes(right) else {
      throw .forbidden("this token is not for \(right == .read ? "asking for" : "reporting") calls")
    }
  }

  private func count(
    _ secret: [UInt8], from source: UInt128?, at now: Moment
  ) throws(Refusal) {
    var hasher = Hasher()
    hasher.combine(secret)
    let failure = Failure(source: source, digest: hasher.finalize())
    let isNew = same.isFirst(failure, at: now)
    guard same.count(failure, at: now) else {
      throw .tooMany(
        "too often the same wrong token from this address",
        retryAfter: same.wait(failure, at: now))
    }
    guard !isNew || different.count(source, at: now) else {
      throw .tooMany(
        "too many wrong tokens from this address", retryAfter: different.wait(source, at: now))
    }
  }

  /// The token with this secret; every token is compared, whole, so that time says nothing.
  private func match(_ secret: [UInt8]) -> TokenFile.Token? {
    var found: TokenFile.Token?
    for token in tokens where Self.isEqual(secret, token.secret) { found = token }
    return found
  }

  /// Whether what was given is the secret, in a time that says nothing of it.
  static func isEqual(_ given: [UInt8], _ secret: [UInt8]) -> Bool {
    guard !given.isEmpty else { return false }
    var difference = UInt(bitPattern: given.count ^ secret.count)
    for index in secret.indices {
      difference |= UInt(clamping: secret[index] ^ given[index % given.count])
    }
    return difference == 0
  }
}

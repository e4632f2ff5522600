import HTTPTypes
import Synchronization
import Telephony

/// Lets in who has a token, and slows down who guesses (R30).
final class TokenGuard: Sendable {
  private let tokens: [TokenFile.Token]
  /// Ten wrong tokens a minute per source.
  private let failures = RateLimit(10, per: 60_000)
  /// Which tokens have come from where: they are served while someone else behind the same address
  /// guesses. A guess that hits is not, so that guessing stays slow.
  private let known = Mutex<Set<Visit>>([])

  private struct Visit: Hashable {
    var source: RateLimit.Source
    var token: Int
  }

  private static let remembered = 10_000

  init(_ file: TokenFile) { tokens = file.tokens }

  /// Throws 401 without a right token, 429 after ten wrong ones, 403 when the token is for something else.
  func check(
    _ secret: [UInt8]?, for right: Right, from source: RateLimit.Source, at now: Moment
  ) throws(Refusal) {
    let token = secret.flatMap { match($0) }
    if failures.isReached(source, at: now) {
      guard let token, known.withLock({ $0.contains(Visit(source: source, token: token)) }) else {
        throw .tooMany(
          "too many wrong tokens from this address",
          retryAfter: failures.wait(source, at: now))
      }
    }
    guard let token else {
      // A request without any token guesses nothing.
      if secret != nil { _ = failures.count(source, at: now) }
      throw Refusal(
        status: .unauthorized,
        sentence: "a token is needed: Authorization: Bearer TOKEN, or token=TOKEN",
        headers: [.wwwAuthenticate: "Bearer realm=\"ctirelay\""])
    }
    known.withLock { known in
      if known.count >= Self.remembered { known.removeAll(keepingCapacity: true) }
      known.insert(Visit(source: source, token: token))
    }
    guard tokens[token].right.includes(right) else {
      throw .forbidden("this token is not for \(right == .read ? "asking for" : "reporting") calls")
    }
  }

  /// The token with this secret; every token is compared, whole, so that time says nothing.
  private func match(_ secret: [UInt8]) -> Int? {
    var found: Int?
    for (index, token) in tokens.enumerated() where Self.isEqual(secret, token.secret) {
      found = index
    }
    return found
  }

  private static func isEqual(_ given: [UInt8], _ secret: [UInt8]) -> Bool {
    guard !given.isEmpty else { return false }
    var difference = UInt(bitPattern: given.count ^ secret.count)
    for index in secret.indices {
      difference |= UInt(secret[index] ^ given[index % given.count])
    }
    return difference == 0
  }
}

/// How long a registration or a subscription is asked for, and what a server may make of it (RFC 3261, section 10.2.8;
/// RFC 6665, section 4.1.2.1).
struct SIPLifetime: Hashable {
  /// The longest that is taken [s].
  private static let longest = 86_400

  /// What is asked for [s].
  private(set) var wanted: Int
  private var hasRaised = false

  /// This long [s].
  init(_ wanted: Int) { self.wanted = wanted }

  /// What the answer grants [s]; `told`: what it says of this side alone.
  func granted(by answer: SIPMessage, told: Int? = nil) -> Int {
    min(told ?? answer.number("expires") ?? wanted, Self.longest)
  }

  /// Asks for as long as the server wants at least; false when that is too long, or was done before.
  mutating func raise(for answer: SIPMessage) -> Bool {
    guard let least = answer.number("min-expires"), least > wanted, least <= Self.longest,
      !hasRaised
    else { return false }
    (wanted, hasRaised) = (least, true)
    return true
  }

  /// The server may ask again for more.
  mutating func restart() { hasRaised = false }
}

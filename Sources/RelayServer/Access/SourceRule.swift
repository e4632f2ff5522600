import Telephony

/// From where requests are taken, and how many (R30).
final class SourceRule: Sendable {
  private let allowed: [Network]
  private let requests = RateLimit(1000, per: 1000)

  /// - Parameter allowed: The networks that may ask, besides this machine; empty: all.
  init(allowed: [Network]) { self.allowed = allowed }

  /// Throws 403 for a source outside the allowed networks, 429 for one that asks too often.
  func check(_ address: NetworkAddress?, at now: Moment) throws(Refusal) {
    if let address, address.isLoopback { return }
    if let address, allowed.contains(where: { $0.contains(address) }) { return }
    guard allowed.isEmpty else { throw .forbidden("this address is not in an allowed network") }
    let source = address?.source.bits
    guard requests.count(source, at: now) else {
      throw .tooMany("too many requests from this address", retryAfter: 1)
    }
  }
}

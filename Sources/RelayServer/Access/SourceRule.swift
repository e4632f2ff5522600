import NIOHTTP1
import Telephony

/// From where requests are taken, and how many (R30).
final class SourceRule: Sendable {
  /// Where a request comes from.
  struct Source {
    /// Nil where it is not known.
    var address: NetworkAddress?
    /// Whether it was made on this machine.
    var isLocal: Bool

    /// Whose requests are counted together.
    var counted: UInt128? { address?.source.bits }
  }

  private let allowed: [Network]
  private let forwarders: [Network]
  private let requests = RateLimit<UInt128?>(1000, per: 1000)

  /// - Parameters:
  ///   - allowed: The networks that may ask, besides this machine; empty: all.
  ///   - forwarders: The balancers that say for whom they ask.
  init(allowed: [Network], forwarders: [Network]) {
    self.allowed = allowed
    self.forwarders = forwarders
  }

  /// Where a request comes from: from whom the connection does, or from whom a trusted balancer says.
  ///
  /// Of the hops that balancers have written down it is the last that is none of theirs: what stands
  /// before it, anybody may have written. Throws 400 when the two headers name different ones, because the
  /// balancer writes only one of them and the client can have written the other.
  func source(
    of peer: NetworkAddress?, _ headers: HTTPHeaders
  ) throws(Refusal) -> Source {
    let own = Source(address: peer, isLocal: peer?.isLoopback ?? false)
    guard !forwarders.isEmpty, let peer, isForwarder(peer) else { return own }
    let lists = [
      ForwardedHops.xForwardedFor(headers["x-forwarded-for"]),
      ForwardedHops.forwarded(headers["forwarded"]),
    ].filter { !$0.isEmpty }
    let clients = lists.map { client($0) }
    guard let client = clients.first else { return own }
    guard clients.allSatisfy({ $0 == client }) else {
      throw .badRequest("Forwarded and X-Forwarded-For do not name the same client")
    }
    return Source(address: client, isLocal: own.isLocal && client?.isLoopback == true)
  }

  /// Throws 403 for a source outside the allowed networks, 429 for one that asks too often.
  func check(_ source: Source, at now: Moment) throws(Refusal) {
    if source.isLocal { return }
    if let address = source.address, allowed.contains(where: { $0.contains(address) }) { return }
    guard allowed.isEmpty else { throw .forbidden("this address is not in an allowed network") }
    guard requests.count(source.counted, at: now) else {
      throw .tooMany("too many requests from this address", retryAfter: 1)
    }
  }

  private func client(_ hops: [ForwardedHops.Hop]) -> NetworkAddress? {
    for hop in hops.reversed() {
      guard let hop else { return nil }
      if !isForwarder(hop) { return hop }
    }
    return hops.first ?? nil
  }

  private func isForwarder(_ address: NetworkAddress) -> Bool {
    forwarders.contains { $0.contains(address) }
  }
}

import Glibc
import NIOHTTP1

/// Keeps web pages out (R30): what a browser sends on their behalf has an `Origin` or a `Referer`, says by
/// `Sec-Fetch-Site` that it is no address typed by hand, or asks for a name that is not this relay's (DNS
/// rebinding).
struct HostRule: Sendable {
  /// In lower case.
  private let names: Set<String>
  private let addresses: Set<NetworkAddress>
  private let acceptsAnyAddress: Bool

  /// - Parameters:
  ///   - address: Where the relay listens.
  ///   - hosts: Further names by which it is reached.
  init(address: String, hosts: [String]) {
    let bound = NetworkAddress(address)
    names = Set(
      ([address, "localhost", Self.hostname] + hosts).compactMap { Authority($0.utf8)?.host })
    addresses = Set(
      ([address, "127.0.0.1", "::1"] + hosts).compactMap {
        NetworkAddress($0) ?? Authority($0.utf8).flatMap { NetworkAddress($0.host) }
      })
    // An address cannot be rebound, and which ones this machine has is not known here.
    acceptsAnyAddress = bound.map { !$0.isLoopback } ?? false
  }

  /// Throws 403, or 400 for a `Host` that is none.
  ///
  /// - Parameter target: The authority in the request's target, where that is a whole URL (RFC 9112, 3.2.2).
  func check(_ headers: HTTPHeaders, target: Authority?) throws(Refusal) {
    for name in ["origin", "referer"] where headers.contains(name: name) {
      throw .forbidden("requests of web pages (\(name)) are not served")
    }
    // `none` is an address that was typed; everything else is a page's, also of this relay.
    guard headers["sec-fetch-site"].allSatisfy({ $0.lowercased() == "none" }) else {
      throw .forbidden("requests of web pages (sec-fetch-site) are not served")
    }
    // Without a Host, or with an empty one, it is a simple client, which no browser is.
    var asked = target.map { [$0] } ?? []
    for text in headers["host"] where !text.isEmpty {
      guard let authority = Authority(text.utf8) else {
        throw .badRequest("the Host is none (RFC 3986)")
      }
      asked.append(authority)
    }
    guard asked.allSatisfy({ isKnown($0) }) else {
      throw .forbidden("this relay does not go by that Host: name it with --host")
    }
  }

  private func isKnown(_ authority: Authority) -> Bool {
    if !authority.isLiteral, names.contains(authority.host) { return true }
    guard let address = NetworkAddress(authority.host) else { return false }
    return acceptsAnyAddress || addresses.contains(address)
  }

  private static let hostname: String = {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "localhost" }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }()
}

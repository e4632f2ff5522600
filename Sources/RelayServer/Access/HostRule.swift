import Glibc
import HTTPTypes

/// Keeps web pages out (R30): what a browser sends on their behalf has an `Origin`, comes from another
/// site, or asks for a name that is not this relay's (DNS rebinding).
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
    names = Set(([address, "localhost", Self.hostname] + hosts).map { $0.lowercased() })
    addresses = Set(
      ([address, "127.0.0.1", "::1"] + hosts).compactMap { NetworkAddress($0) })
    // An address cannot be rebound, and which ones this machine has is not known here.
    acceptsAnyAddress = bound.map { !$0.isLoopback } ?? false
  }

  /// Throws 403.
  func check(_ request: HTTPRequest) throws(Refusal) {
    if request.headerFields.contains(.origin) {
      throw .forbidden("requests of web pages (Origin) are not served")
    }
    if let site = request.headerFields[Self.fetchSite], site.lowercased() == "cross-site" {
      throw .forbidden("requests of web pages (Sec-Fetch-Site) are not served")
    }
    // Without a Host it is a client of HTTP/1.0, which no browser is.
    guard let authority = request.authority, !isKnown(Self.host(of: authority)) else { return }
    throw .forbidden("this relay does not go by that Host: name it with --host")
  }

  private func isKnown(_ host: String) -> Bool {
    if names.contains(host) { return true }
    guard let address = NetworkAddress(host) else { return false }
    return acceptsAnyAddress || addresses.contains(address)
  }

  /// Without the port and the brackets of an IPv6 address, in lower case.
  private static func host(of authority: String) -> String {
    if authority.hasPrefix("[") {
      return String(authority.dropFirst().prefix { $0 != "]" }).lowercased()
    }
    return String(authority.prefix { $0 != ":" }).lowercased()
  }

  private static let fetchSite = HTTPField.Name("Sec-Fetch-Site")!

  private static let hostname: String = {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "localhost" }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }()
}

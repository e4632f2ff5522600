/// A network of source addresses, in CIDR notation (RFC 4632): `192.0.2.0/24`, `2001:db8::/32`, or one
/// address.
public struct Network: Hashable, Sendable {
  private let address: NetworkAddress
  private let length: Int
  /// As it was written.
  let text: String

  /// Nil when the text is none.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let address = NetworkAddress(String(parts[0])) else { return nil }
    let longest = address.isIPv4 ? 32 : 128
    guard let length = parts.count == 2 ? Int(parts[1]) : longest, (0...longest).contains(length)
    else { return nil }
    self.text = text
    self.address = address
    self.length = length + 128 - longest
  }

  /// Whether an address belongs to the network.
  func contains(_ other: NetworkAddress) -> Bool {
    length == 0 || (address.bits ^ other.bits) >> UInt128(128 - length) == 0
  }
}

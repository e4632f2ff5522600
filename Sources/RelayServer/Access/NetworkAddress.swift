import Glibc

/// An IP address; an IPv4 address has its place among the IPv6 ones (RFC 4291, 2.5.5.2), so that a client
/// is the same by either socket.
struct NetworkAddress: Hashable, Sendable {
  /// In network order, the first byte highest.
  let bits: UInt128

  private static let mapped: UInt128 = 0xFFFF << 32

  /// Nil when the text is no address.
  init?(_ text: String) {
    var bytes = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET, text, &bytes) == 1 {
      self.init(bytes[..<4])
    } else if inet_pton(AF_INET6, text, &bytes) == 1 {
      self.init(bytes)
    } else {
      return nil
    }
  }

  /// An address of 16 bytes, or of 4 that have their place among those.
  init(_ bytes: some Collection<UInt8>) {
    bits = (bytes.count == 4 ? Self.mapped : 0) | Self.number(bytes)
  }

  private init(bits: UInt128) { self.bits = bits }

  /// Whether it is an IPv4 address.
  var isIPv4: Bool { bits >> 32 == 0xFFFF }

  /// Whether it is this machine itself: 127.0.0.0/8 or ::1.
  var isLoopback: Bool { isIPv4 ? (bits >> 24) & 0xFF == 127 : bits == 1 }

  /// The address whose requests are counted together: in IPv6 the whole /64, which is one subscriber's.
  var source: NetworkAddress { isIPv4 ? self : NetworkAddress(bits: (bits >> 64) << 64) }

  private static func number(_ bytes: some Sequence<UInt8>) -> UInt128 {
    bytes.reduce(0) { $0 << 8 | UInt128($1) }
  }
}

import Glibc
import NIOCore

/// An IP address; an IPv4 address has its place among the IPv6 ones (RFC 4291, 2.5.5.2), so that a client
/// is the same by either socket.
struct NetworkAddress: Hashable, Sendable {
  /// In network order, the first byte highest.
  let bits: UInt128

  private static let mapped: UInt128 = 0xFFFF << 32

  /// Nil when the text is no address.
  init?(_ text: String) {
    var v4 = in_addr()
    var v6 = in6_addr()
    if inet_pton(AF_INET, text, &v4) == 1 {
      bits = Self.mapped | UInt128(UInt32(bigEndian: v4.s_addr))
    } else if inet_pton(AF_INET6, text, &v6) == 1 {
      bits = Self.bits(v6)
    } else {
      return nil
    }
  }

  /// Nil for what is no IP socket.
  init?(_ socket: SocketAddress?) {
    // Where sockaddr_in and sockaddr_in6 have the address [bytes] (ip(7), ipv6(7)).
    switch socket {
    case .v4: bits = Self.mapped | Self.bits(socket, at: 4, count: 4)
    case .v6: bits = Self.bits(socket, at: 8, count: 16)
    case .unixDomainSocket, nil: return nil
    }
  }

  private init(bits: UInt128) { self.bits = bits }

  /// Whether it is an IPv4 address.
  var isIPv4: Bool { bits >> 32 == 0xFFFF }

  /// Whether it is this machine itself: 127.0.0.0/8 or ::1.
  var isLoopback: Bool { isIPv4 ? (bits >> 24) & 0xFF == 127 : bits == 1 }

  /// Whether it is no address but all of this machine's: 0.0.0.0 or ::.
  var isWildcard: Bool { bits == Self.mapped || bits == 0 }

  /// The address whose requests are counted together: in IPv6 the whole /64, which is one subscriber's.
  var source: NetworkAddress { isIPv4 ? self : NetworkAddress(bits: (bits >> 64) << 64) }

  private static func bits(_ address: in6_addr) -> UInt128 {
    withUnsafeBytes(of: address) { number($0) }
  }

  private static func bits(_ socket: SocketAddress?, at offset: Int, count: Int) -> UInt128 {
    socket?.withSockAddr { address, size in
      number(UnsafeRawBufferPointer(start: address, count: size)[offset..<(offset + count)])
    } ?? 0
  }

  private static func number(_ bytes: some Sequence<UInt8>) -> UInt128 {
    bytes.reduce(0) { $0 << 8 | UInt128($1) }
  }
}

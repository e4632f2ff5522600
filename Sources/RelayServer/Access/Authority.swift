/// The host and port of a URL or a `Host` header (RFC 3986, 3.2), in lower case and without the dot at its
/// end:
///
///     relay.example.com:8083   [2001:db8::1]:8083   192.0.2.1   localhost.
///
/// A `Host` has no user, so that one with `@` is none, and neither is `[::1]evil`.
struct Authority: Hashable {
  /// A name, or an address without its brackets.
  let host: String
  /// Whether it stood in brackets, and can only be an IPv6 address.
  let isLiteral: Bool

  /// Nil when the bytes are no host with or without a port.
  init?(_ bytes: some Collection<UInt8>) {
    let bytes = Array(bytes)
    let end: Int
    if bytes.first == UInt8(ascii: "[") {
      guard let close = bytes.firstIndex(of: UInt8(ascii: "]")) else { return nil }
      let literal = bytes[1..<close]
      guard literal.contains(UInt8(ascii: ":")),
        literal.allSatisfy({ Self.isHexDigit($0) || $0 == UInt8(ascii: ":") || $0 == 0x2E })
      else { return nil }
      host = String(decoding: literal, as: UTF8.self).lowercased()
      isLiteral = true
      end = close + 1
    } else {
      end = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.count
      var name = bytes[..<end]
      guard !name.isEmpty, name.allSatisfy(Self.isOfName) else { return nil }
      if name.last == UInt8(ascii: ".") { name.removeLast() }
      guard !name.isEmpty else { return nil }
      host = String(decoding: name, as: UTF8.self).lowercased()
      isLiteral = false
    }
    let port = bytes[end...]
    guard port.isEmpty || port.first == UInt8(ascii: ":"),
      port.dropFirst().allSatisfy({ (0x30...0x39).contains($0) }), port.count <= 6
    else { return nil }
  }

  /// Unreserved characters, sub-delimiters and escapes; an escaped name is none of ours, and is compared as
  /// it stands.
  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "-._~!$&'()*+,;=%".utf8.contains(byte)
    }
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
    default: false
    }
  }
}

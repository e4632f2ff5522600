/// Through whom a request came, as proxies write it down, the nearest to the client first.
///
///     X-Forwarded-For: 198.51.100.7, 192.0.2.9
///     Forwarded: for=198.51.100.7;proto=https, for="[2001:db8::17]:4711"     (RFC 7239)
enum ForwardedHops {
  /// One hop: its address, or nil where a proxy does not say it (`unknown`, `_hidden`) or says nonsense.
  typealias Hop = NetworkAddress?

  /// The most hops that are read; there is no such chain.
  private static let most = 64

  /// What `X-Forwarded-For` says; several headers are one list (RFC 9110, 5.3).
  static func xForwardedFor(_ values: [String]) -> [Hop] {
    values.flatMap { $0.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) }
      .suffix(most).map { address(trimmed($0)) }
  }

  /// What `Forwarded` says.
  static func forwarded(_ values: [String]) -> [Hop] {
    values.flatMap { split(Array($0.utf8)[...], at: UInt8(ascii: ",")) }.suffix(most).map {
      element in
      for pair in split(element, at: UInt8(ascii: ";")) {
        let pair = trimmed(pair)
        guard pair.count >= 4,
          String(decoding: pair.prefix(4), as: UTF8.self).lowercased() == "for="
        else { continue }
        return address(unquoted(pair.dropFirst(4)))
      }
      return nil
    }
  }

  /// `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:4711`.
  private static func address(_ bytes: ArraySlice<UInt8>) -> Hop {
    // Without brackets an IPv6 address has no port: RFC 7239 wants them, X-Forwarded-For has them or not.
    if let address = NetworkAddress(String(decoding: bytes, as: UTF8.self)) { return address }
    return Authority(bytes).flatMap { NetworkAddress($0.host) }
  }

  /// The parts between separators that stand outside of quotes.
  private static func split(_ bytes: ArraySlice<UInt8>, at separator: UInt8) -> [ArraySlice<UInt8>]
  {
    var parts: [ArraySlice<UInt8>] = []
    var start = bytes.startIndex
    var isQuoted = false
    var isEscaped = false
    for index in bytes.indices {
      if isEscaped {
        isEscaped = false
      } else if isQuoted, bytes[index] == UInt8(ascii: "\\") {
        isEscaped = true
      } else if bytes[index] == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if !isQuoted, bytes[index] == separator {
        parts.append(bytes[start..<index])
        start = index + 1
      }
    }
    return parts + [bytes[start...]]
  }

  private static func unquoted(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard bytes.count >= 2, bytes.first == UInt8(ascii: "\""), bytes.last == UInt8(ascii: "\"")
    else { return bytes }
    // An address needs no escapes, so that one with a backslash is none.
    return bytes.dropFirst().dropLast()
  }

  private static func trimmed(_ bytes: some Sequence<UInt8>) -> ArraySlice<UInt8> {
    let rest = Array(bytes).drop { $0 == 0x20 || $0 == 0x09 }
    let end = rest.lastIndex { $0 != 0x20 && $0 != 0x09 }
    return end.map { rest[...$0] } ?? []
  }
}

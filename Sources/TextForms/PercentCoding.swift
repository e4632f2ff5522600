/// The encoding of URLs (RFC 3986, 2.1): `%` and two hexadecimal digits for a byte.
package enum PercentCoding {
  /// The text with every byte encoded that is not kept; without a word: all but the unreserved ones.
  package static func encode(
    _ text: String, keeping isKept: (UInt8) -> Bool = isUnreserved
  ) -> String {
    // Nearly always: a station, a number.
    if text.utf8.allSatisfy(isKept) { return text }
    var encoded: [UInt8] = []
    encoded.reserveCapacity(text.utf8.count + 16)
    for byte in text.utf8 {
      if isKept(byte) { encoded.append(byte) } else { append(byte, to: &encoded) }
    }
    return String(decoding: encoded, as: UTF8.self)
  }

  /// Appends `%XX`.
  package static func append(_ byte: UInt8, to text: inout [UInt8]) {
    text.append(UInt8(ascii: "%"))
    text.append(HexDigit.upper(byte >> 4))
    text.append(HexDigit.upper(byte))
  }

  /// The bytes that are meant; an escape that no two hexadecimal digits follow stands for itself.
  ///
  /// A `+` stays a plus: in a URI that is what it is, and in a number it is the point.
  ///
  /// - Parameter escape: What begins an escape; quoted-printable (RFC 2045, 6.7) has `=`.
  package static func decode(
    _ bytes: ArraySlice<UInt8>, escape: UInt8 = UInt8(ascii: "%")
  ) -> [UInt8] {
    guard bytes.contains(escape) else { return Array(bytes) }
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var rest = bytes
    while let byte = rest.popFirst() {
      if byte == escape, let escaped = HexDigit.pair(rest.prefix(2)) {
        decoded.append(escaped)
        rest = rest.dropFirst(2)
      } else {
        decoded.append(byte)
      }
    }
    return decoded
  }

  /// ASCII letters and digits, `-`, `.`, `_` and `~` (RFC 3986, 2.3).
  package static func isUnreserved(_ byte: UInt8) -> Bool {
    isNameByte(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "~")
  }

  /// ASCII letters and digits, `-` and `_`: what may stand in any name.
  package static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}

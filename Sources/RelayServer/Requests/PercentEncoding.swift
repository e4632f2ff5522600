extension String {
  /// For a URL: everything but unreserved characters as `%XX` (RFC 3986, 2.3).
  var percentEncoded: String {
    // Nearly always: a station is digits.
    if utf8.allSatisfy(Self.isUnreserved) { return self }
    let digits = Array("0123456789ABCDEF".utf8)
    var encoded: [UInt8] = []
    for byte in utf8 {
      if Self.isUnreserved(byte) {
        encoded.append(byte)
      } else {
        encoded += [
          UInt8(ascii: "%"), digits[Int(clamping: byte >> 4)], digits[Int(clamping: byte & 15)],
        ]
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"):
      true
    default: false
    }
  }
}

/// The ways in which a value is written into a text of another format.
enum Escaping {
  /// Percent-encoded: everything but the unreserved characters of RFC 3986, section 2.3.
  static func percent(_ text: String) -> String {
    encoded(text) { isUnreserved($0) }
  }

  /// Form encoding (WHATWG URL Standard, section 5): a blank is `+`.
  static func form(_ text: String) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false)
      .map { encoded(String($0)) { isUnreserved($0) && $0 != UInt8(ascii: "~") } }
      .joined(separator: "+")
  }

  /// Whole fields, form-encoded: what separates them (`=`, `&`) stays.
  static func formFields(_ text: String) -> String {
    text.split(separator: "&", omittingEmptySubsequences: false).map { field in
      field.split(separator: "=", omittingEmptySubsequences: false).map { form(String($0)) }
        .joined(separator: "=")
    }.joined(separator: "&")
  }

  /// An address as a person wrote it, with what no address may hold percent-encoded (RFC 3986,
  /// section 2): `/é?q=a b` becomes `/%C3%A9?q=a%20b`, and what is encoded already stays.
  static func address(_ text: String) -> String {
    encoded(text) { (0x21...0x7E).contains($0) && !forbidden.contains($0) }
  }

  /// The inside of a JSON string (RFC 8259, section 7).
  static func json(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { escaped, scalar in
      switch scalar {
      case "\"", "\\": escaped += "\\\(scalar)"
      case "\u{0}"..<" ":
        let hex = String(scalar.value, radix: 16)
        escaped += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: escaped.unicodeScalars.append(scalar)
      }
    }
  }

  /// XML text or an attribute's value; control characters, which XML 1.0 cannot hold, are left out.
  static func xml(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { escaped, scalar in
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&apos;"
      case "\u{0}"..<"\t", "\u{B}", "\u{C}", "\u{E}"..<" ": break
      default: escaped.unicodeScalars.append(scalar)
      }
    }
  }

  /// Base64 with padding (RFC 4648, section 4).
  static func base64(_ bytes: some Sequence<UInt8>) -> String {
    let bytes = Array(bytes)
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = (0..<3).reduce(0 as UInt32) { bits, offset in
        bits << 8 | UInt32(truncatingIfNeeded: offset < group.count ? group[start + offset] : 0)
      }
      for digit in 0..<4 {
        text.append(
          digit <= group.count
            ? base64Digits[Int(bits >> (18 - 6 * UInt32(digit)) & 63)] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes of a percent-encoded text; a `%` without two hexadecimal digits stands for itself.
  static func percentDecoded(_ text: Substring) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2)
      if byte == UInt8(ascii: "%"), digits.count == 2,
        let value = UInt8(String(Substring(digits)), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return bytes
  }

  private static let base64Digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let forbidden = Set("\"<>\\^`{|}".utf8)
  private static let hexDigits = Array("0123456789ABCDEF".utf8)

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "-._~".utf8.contains(byte)
    }
  }

  private static func encoded(_ text: String, keeping isKept: (UInt8) -> Bool) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      if isKept(byte) {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), hexDigits[Int(byte >> 4)], hexDigits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

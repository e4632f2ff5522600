import TextForms

/// The ways in which a value is written into a text of another format.
enum Escaping {
  /// Whole fields, form-encoded: what separates them (`=`, `&`) stays.
  static func formFields(_ text: String) -> String {
    text.split(separator: "&", omittingEmptySubsequences: false).map { field in
      field.split(separator: "=", omittingEmptySubsequences: false).map {
        FormCoding.encode(String($0))
      }
      .joined(separator: "=")
    }.joined(separator: "&")
  }

  /// An address as a person wrote it, with what no address may hold percent-encoded (RFC 3986,
  /// section 2): `/é?q=a b` becomes `/%C3%A9?q=a%20b`, and what is encoded already stays.
  static func address(_ text: String) -> String {
    PercentCoding.encode(text) { (0x21...0x7E).contains($0) && !forbidden.contains($0) }
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

  private static let base64Digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let forbidden = Set("\"<>\\^`{|}".utf8)
}

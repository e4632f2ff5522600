/// The encoding of `application/x-www-form-urlencoded` (WHATWG URL Standard, section 5), on bytes.
///
/// `key=value&key=value`; a space is `+`, everything but letters, digits and `*-._` is `%XX`, so
/// that an encoded text holds neither control characters nor line ends.
enum FormEncoding {
  /// Appends `key=value`, after `&` unless it is the first field.
  static func append(_ key: StaticString, _ value: String, to line: inout [UInt8]) {
    if !line.isEmpty { line.append(UInt8(ascii: "&")) }
    key.withUTF8Buffer { line.append(contentsOf: $0) }
    line.append(UInt8(ascii: "="))
    append(value, to: &line)
  }

  /// Appends the encoded text.
  static func append(_ text: String, to line: inout [UInt8]) {
    for byte in text.utf8 {
      if byte == UInt8(ascii: " ") {
        line.append(UInt8(ascii: "+"))
      } else if byte == UInt8(ascii: "*") || byte == UInt8(ascii: ".") || isNameByte(byte) {
        line.append(byte)
      } else {
        appendEscape(byte, to: &line)
      }
    }
  }

  /// Whether the byte is an ASCII letter or digit, `-` or `_`.
  static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// Appends `%XX`.
  static func appendEscape(_ byte: UInt8, to line: inout [UInt8]) {
    line.append(UInt8(ascii: "%"))
    line.append(hexDigit(byte >> 4))
    line.append(hexDigit(byte & 15))
  }

  /// The decoded text; a `%` that no two hexadecimal digits follow stands for itself, and bytes that
  /// are not UTF-8 become U+FFFD (names come from strangers, and a call is worth more than its name).
  static func decode(_ bytes: ArraySlice<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      if byte == UInt8(ascii: "%"), index + 2 < bytes.endIndex,
        let high = hexValue(bytes[index + 1]), let low = hexValue(bytes[index + 2])
      {
        text.append(high << 4 | low)
        index += 3
      } else {
        text.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
        index += 1
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The fields in order, decoded; a field without `=` is a key with an empty value.
  static func fields(_ line: ArraySlice<UInt8>) -> [(key: String, value: String)] {
    line.split(separator: UInt8(ascii: "&")).map { field in
      let end = field.firstIndex(of: UInt8(ascii: "=")) ?? field.endIndex
      return (decode(field[..<end]), decode(field[end...].dropFirst()))
    }
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
  }

  private static func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}

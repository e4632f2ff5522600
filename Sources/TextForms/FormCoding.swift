/// The encoding of `application/x-www-form-urlencoded` (WHATWG URL Standard, section 5).
///
/// `key=value&key=value`; a space is `+`, everything but letters, digits and `*-._` is `%XX`, so
/// that an encoded text holds neither control characters nor line ends.
package enum FormCoding {
  /// Appends `key=value`, after `&` unless it is the first field.
  package static func append(_ key: StaticString, _ value: String, to line: inout [UInt8]) {
    if !line.isEmpty { line.append(UInt8(ascii: "&")) }
    key.withUTF8Buffer { line.append(contentsOf: $0) }
    line.append(UInt8(ascii: "="))
    append(value, to: &line)
  }

  /// Appends the encoded text.
  package static func append(_ text: String, to line: inout [UInt8]) {
    for byte in text.utf8 {
      if byte == UInt8(ascii: " ") {
        line.append(UInt8(ascii: "+"))
      } else if byte == UInt8(ascii: "*") || byte == UInt8(ascii: ".")
        || PercentCoding.isNameByte(byte)
      {
        line.append(byte)
      } else {
        PercentCoding.append(byte, to: &line)
      }
    }
  }

  /// The encoded text.
  package static func encode(_ text: String) -> String {
    var line: [UInt8] = []
    append(text, to: &line)
    return String(decoding: line, as: UTF8.self)
  }

  /// The decoded text; a `%` that no two hexadecimal digits follow stands for itself, and bytes that are not UTF-8 are
  /// Latin-1 (names come from strangers, and a call is worth more than its name).
  package static func decode(_ bytes: ArraySlice<UInt8>) -> String {
    let blank = { (byte: UInt8) in byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte }
    return PlainText.decoded(PercentCoding.decode(bytes.map(blank)[...]))
  }

  /// The fields in order, decoded; a field without `=` is a key with an empty value.
  package static func fields(_ line: ArraySlice<UInt8>) -> [(key: String, value: String)] {
    line.split(separator: UInt8(ascii: "&")).map { field in
      let end = field.firstIndex(of: UInt8(ascii: "=")) ?? field.endIndex
      return (decode(field[..<end]), decode(field[end...].dropFirst()))
    }
  }
}

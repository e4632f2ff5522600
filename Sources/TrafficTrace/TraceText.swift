import TextForms

/// Any bytes as a text on one line, harmless on a terminal, and back.
///
///     Société\r\nEvent: \xFF\\     for    Société, a line end, `Event: `, the byte FF, a backslash
///
/// Letters stay as they are; line ends, controls, what turns the direction of writing, and bytes that are no UTF-8
/// are written as `\r`, `\n`, `\t` or `\xNN`, byte for byte.
enum TraceText {
  /// The bytes as a text; `isWord`: without blanks.
  static func encoded(_ bytes: [UInt8], isWord: Bool = false) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let (scalar, length) = scalar(in: bytes, at: index)
      let piece = bytes[index..<(index + length)]
      if let scalar, isPlain(scalar, isWord) { text += piece } else { escape(piece, into: &text) }
      index += length
    }
    return text
  }

  /// The character that begins at `index`, and its length [bytes]; nil and one where there is none.
  static func scalar(in bytes: [UInt8], at index: Int) -> (scalar: Unicode.Scalar?, length: Int) {
    let first = bytes[index]
    let length =
      switch first {
      case 0..<0x80: 1
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 0
      }
    guard length > 0, index + length <= bytes.count,
      let text = String(validating: bytes[index..<(index + length)], as: UTF8.self),
      let scalar = text.unicodeScalars.first
    else { return (nil, 1) }
    return (scalar, length)
  }

  /// The bytes of a text.
  static func decoded(_ text: some Sequence<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = text.makeIterator()
    while let byte = rest.next() {
      guard byte == UInt8(ascii: "\\"), let mark = rest.next() else {
        bytes.append(byte)
        continue
      }
      switch mark {
      case UInt8(ascii: "r"): bytes.append(0x0D)
      case UInt8(ascii: "n"): bytes.append(0x0A)
      case UInt8(ascii: "t"): bytes.append(0x09)
      case UInt8(ascii: "x"):
        if let high = rest.next().flatMap({ HexDigit.value($0) }),
          let low = rest.next().flatMap({ HexDigit.value($0) })
        {
          bytes.append(high << 4 | low)
        }
      default: bytes.append(mark)
      }
    }
    return bytes
  }

  private static func isPlain(_ scalar: Unicode.Scalar, _ isWord: Bool) -> Bool {
    if scalar.isASCII {
      return (0x20..<0x7F).contains(scalar.value) && scalar != "\\" && !(isWord && scalar == " ")
    }
    return scalar.properties.isAlphabetic
  }

  private static func escape(_ bytes: some Sequence<UInt8>, into text: inout [UInt8]) {
    for byte in bytes {
      switch byte {
      case 0x0D: text += Array("\\r".utf8)
      case 0x0A: text += Array("\\n".utf8)
      case 0x09: text += Array("\\t".utf8)
      case UInt8(ascii: "\\"): text += Array("\\\\".utf8)
      default:
        text += Array("\\x".utf8) + [HexDigit.upper(byte >> 4), HexDigit.upper(byte & 15)]
      }
    }
  }
}

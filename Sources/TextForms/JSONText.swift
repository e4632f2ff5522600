/// A text in a JSON document (RFC 8259, section 7).
package enum JSONText {
  /// Appends the text in its quotation marks.
  package static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    appendInside(text, to: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  /// What stands between the quotation marks.
  package static func inside(_ text: String) -> String {
    var bytes: [UInt8] = []
    appendInside(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func appendInside(_ text: String, to bytes: inout [UInt8]) {
    // Nearly always: digits, a name.
    if text.utf8.allSatisfy(isPlain) {
      bytes += text.utf8
      return
    }
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\":
        bytes += [UInt8(ascii: "\\"), UInt8(truncatingIfNeeded: scalar.value)]
      case "\n": bytes += "\\n".utf8
      case "\r": bytes += "\\r".utf8
      case "\t": bytes += "\\t".utf8
      case _ where PlainText.isHarmful(scalar):
        for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
          bytes += "\\u".utf8
          for shift in [12, 8, 4, 0] as [UInt16] {
            bytes.append(HexDigit.lower(UInt8(truncatingIfNeeded: unit >> shift)))
          }
        }
      default: bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
      }
    }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }
}

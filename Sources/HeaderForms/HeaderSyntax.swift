/// How header values of SIP and HTTP are taken apart (RFC 3261, section 25.1; RFC 9110, section 5.6): what stands in
/// quotes or angle brackets holds together. A quote that nothing closes is a character like any other.
package enum HeaderSyntax {
  /// The parts between separators, without the white space around them; none of an empty text.
  ///
  ///     Digest realm="a, b", nonce=x   at commas   →   Digest realm="a, b"   nonce=x
  package static func split(_ text: some StringProtocol, at separator: Character) -> [String] {
    guard let separator = separator.asciiValue else { return [String(text)] }
    let bytes = Array(text.utf8)
    var parts: [String] = []
    var start = 0
    var scanner = Scanner(of: bytes)
    for index in bytes.indices {
      if scanner.isOutside(before: bytes[index]), bytes[index] == separator {
        parts.append(String(decoding: bytes[start..<index], as: UTF8.self).trimmingBlanks)
        start = index + 1
      }
    }
    let last = String(decoding: bytes[start...], as: UTF8.self).trimmingBlanks
    return parts.isEmpty && last.isEmpty ? [] : parts + [last]
  }

  /// The parameters `name=value` by their names in lower case, values without their quotes; the first of
  /// a name counts.
  package static func parameters(_ parts: some Sequence<String>) -> [String: String] {
    var parameters: [String: String] = [:]
    for part in parts {
      let name = part.prefix { $0 != "=" }
      let value = part.dropFirst(name.count + 1)
      let key = name.trimmingBlanks.lowercased()
      if !key.isEmpty, parameters[key] == nil { parameters[key] = unquoted(value) }
    }
    return parameters
  }

  /// The text of a quoted string, or the text itself when it is none.
  package static func unquoted(_ text: some StringProtocol) -> String {
    let text = text.trimmingBlanks
    guard text.utf8.count >= 2, text.utf8.first == UInt8(ascii: "\""), text.hasSuffix("\"") else {
      return text
    }
    var bytes: [UInt8] = []
    var isEscaped = false
    for byte in text.utf8.dropFirst().dropLast() {
      if byte == UInt8(ascii: "\\"), !isEscaped {
        isEscaped = true
      } else {
        bytes.append(byte)
        isEscaped = false
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The text as a quoted string.
  package static func quoted(_ text: String) -> String {
    var bytes = [UInt8(ascii: "\"")]
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        bytes.append(UInt8(ascii: "\\"))
      }
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self) + "\""
  }

  /// A whole number of at most nine digits; nil for anything else.
  package static func number(_ text: some StringProtocol) -> Int? {
    let digits = text.trimmingBlanks
    guard (1...9).contains(digits.utf8.count),
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return Int(digits)
  }

  /// The text as an unsigned number of 32 bits, with leading zeros or not; nil when it is none.
  package static func number32(_ text: some StringProtocol) -> Int? {
    let digits = text.trimmingBlanks
    guard (1...40).contains(digits.utf8.count),
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    let significant = digits.drop { $0 == "0" }
    return significant.isEmpty ? 0 : UInt32(significant).map { Int(clamping: $0) }
  }

  /// Follows quotes, escapes and angle brackets through a text.
  package struct Scanner {
    private var isQuoted = false
    private var isEscaped = false
    private var isBracketed = false
    /// Whether every quote that is opened is closed.
    package private(set) var isBalanced = true

    /// At the beginning of this text.
    package init(of text: some Sequence<UInt8>) {
      var scout = self
      for byte in text { _ = scout.isOutside(before: byte) }
      isBalanced = !scout.isQuoted
    }

    /// Whether the byte stands outside of quotes and angle brackets; to be asked of each byte once.
    package mutating func isOutside(before byte: UInt8) -> Bool {
      if isEscaped {
        isEscaped = false
        return false
      }
      let wasOutside = !isQuoted && !isBracketed
      switch byte {
      case UInt8(ascii: "\\") where isQuoted: isEscaped = true
      case UInt8(ascii: "\"") where isBalanced: isQuoted.toggle()
      case UInt8(ascii: "<") where !isQuoted: isBracketed = true
      case UInt8(ascii: ">") where !isQuoted: isBracketed = false
      default: break
      }
      return wasOutside
    }
  }
}

extension StringProtocol {
  /// Without the blanks and tabs at both ends.
  package var trimmingBlanks: String {
    let bytes = Array(utf8)
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
    guard let first = bytes.firstIndex(where: { !isBlank($0) }),
      let last = bytes.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(decoding: bytes[first...last], as: UTF8.self)
  }
}

/// Reads one JSON document from its beginning to its end; see ``JSONValue`` for what it takes.
struct JSONReader {
  private let bytes: [UInt8]
  private var index: Int

  /// A reader of these bytes; a byte-order mark is passed over.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The whole document.
  mutating func document() throws(JSONFault) -> JSONValue {
    skipBlanks()
    guard peek == UInt8(ascii: "{") || peek == UInt8(ascii: "[") else {
      throw fault("an object or an array")
    }
    let value = try value(depth: 0)
    skipBlanks()
    guard index == bytes.count else { throw fault("the end") }
    return value
  }

  private mutating func value(depth: Int) throws(JSONFault) -> JSONValue {
    guard depth <= JSONValue.deepest else { throw fault("less nesting") }
    skipBlanks()
    switch peek {
    case UInt8(ascii: "{"): return .object(try members(depth: depth))
    case UInt8(ascii: "["): return .array(try elements(depth: depth))
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return .string(try string())
    case let byte? where Self.isNumberByte(byte): return .number(number())
    default: return try word()
    }
  }

  private mutating func members(depth: Int) throws(JSONFault) -> [String: JSONValue] {
    var members: [String: JSONValue] = [:]
    index += 1
    skipBlanks()
    if accept(UInt8(ascii: "}")) { return members }
    repeat {
      skipBlanks()
      guard peek == UInt8(ascii: "\"") || peek == UInt8(ascii: "'") else { throw fault("a name") }
      let name = try string()
      skipBlanks()
      guard accept(UInt8(ascii: ":")) || accept(UInt8(ascii: ";")) else { throw fault("a colon") }
      members[name] = try value(depth: depth + 1)
      skipBlanks()
    } while accept(UInt8(ascii: ","))
    guard accept(UInt8(ascii: "}")) else { throw fault("a comma or }") }
    return members
  }

  private mutating func elements(depth: Int) throws(JSONFault) -> [JSONValue] {
    var elements: [JSONValue] = []
    index += 1
    skipBlanks()
    if accept(UInt8(ascii: "]")) { return elements }
    repeat {
      elements.append(try value(depth: depth + 1))
      skipBlanks()
    } while accept(UInt8(ascii: ","))
    guard accept(UInt8(ascii: "]")) else { throw fault("a comma or ]") }
    return elements
  }

  private mutating func number() -> String {
    let start = index
    while let byte = peek, Self.isNumberByte(byte) || byte | 0x20 == UInt8(ascii: "e") {
      index += 1
    }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private mutating func word() throws(JSONFault) -> JSONValue {
    let words: [(String, JSONValue)] = [
      ("true", .bool(true)), ("false", .bool(false)), ("null", .null),
    ]
    for (word, value) in words where bytes[index...].starts(with: word.utf8) {
      index += word.utf8.count
      return value
    }
    throw fault("a value")
  }

  // MARK: - Strings

  private mutating func string() throws(JSONFault) -> String {
    let quote = bytes[index]
    index += 1
    var text: [UInt8] = []
    while let byte = peek {
      index += 1
      if byte == quote { return String(decoding: text, as: UTF8.self) }
      if byte == UInt8(ascii: "\\") {
        text += Array(String(try escape()).utf8)
      } else {
        text.append(byte)
      }
    }
    throw fault("the end of a string")
  }

  /// The character behind a backslash; half a surrogate pair becomes U+FFFD.
  private mutating func escape() throws(JSONFault) -> Character {
    guard let byte = peek else { throw fault("the end of a string") }
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      return Character(Unicode.Scalar(byte))
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return Character(try escapedScalar())
    default:
      index -= 1
      throw fault("an escape")
    }
  }

  private mutating func escapedScalar() throws(JSONFault) -> Unicode.Scalar {
    let unit = try codeUnit()
    if UTF16.isLeadSurrogate(unit), bytes[index...].starts(with: "\\u".utf8) {
      let start = index
      index += 2
      let trail = try codeUnit()
      if UTF16.isTrailSurrogate(trail) {
        let (high, low) = (unit & 0x3FF, trail & 0x3FF)
        let value =
          0x10000 + (UInt32(truncatingIfNeeded: high) << 10 | UInt32(truncatingIfNeeded: low))
        return Unicode.Scalar(value) ?? "\u{FFFD}"
      }
      index = start
    }
    return Unicode.Scalar(unit) ?? "\u{FFFD}"
  }

  private mutating func codeUnit() throws(JSONFault) -> UInt16 {
    let digits = bytes[index...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw fault("four hexadecimal digits") }
    index += 4
    return unit
  }

  // MARK: - Bytes

  private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func accept(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    index += 1
    return true
  }

  private mutating func skipBlanks() {
    while let byte = peek, byte == 0x20 || (0x09...0x0D).contains(byte) { index += 1 }
  }

  private func fault(_ expected: String) -> JSONFault {
    JSONFault(offset: index, expected: expected)
  }

  private static func isNumberByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
      || byte == UInt8(ascii: ".")
  }
}

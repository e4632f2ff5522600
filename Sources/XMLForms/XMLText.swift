import Foundation
import TextForms

/// What Foundation's XML parser can be given of a stranger's document: UTF-8, without a declaration.
///
/// The parser ends the program at a name that is no UTF-8, and the declared encoding could bring one, or
/// hide what is searched for. It also ends it at an instruction that says nothing: `<?x?>`.
package enum XMLText {
  /// The document in UTF-8.
  ///
  /// - Parameter charset: The charset of the content type, which holds for a document that declares
  ///   none (RFC 7303, section 3). What is not in the encoding that it claims is read as ISO 8859-1.
  package static func utf8(_ body: [UInt8], charset: String? = nil) -> [UInt8] {
    let text = decoded(body, declaration(body).encoding ?? charset)
    return plain(text[declaration(text).end...])
  }

  /// The text with a blank before it, so that nothing in it is taken for a declaration or for the mark of
  /// an encoding, with one in each instruction that says nothing, and with one for each control character, for which XML has
  /// no place: a name that holds one is no reason to miss a call. An ampersand that refers to nothing that XML knows is one:
  /// `Durand & Fils`, `Caf&eacute;`, `&#1;`.
  private static func plain(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var plain: [UInt8] = [0x20]
    plain.reserveCapacity(text.count + 1)
    var isTarget = false
    var isLiteral = false
    for (place, byte) in zip(text.indices, text) {
      let byte = byte < 0x20 && !"\t\n\r".utf8.contains(byte) ? 0x20 : byte
      switch (plain[plain.count - 1], byte) {
      case (_, UInt8(ascii: "&")) where !isLiteral && !isReference(text[place...]):
        plain += "&amp;".utf8
        continue
      case (UInt8(ascii: "A"), UInt8(ascii: "[")):
        isLiteral = isLiteral || plain.suffix(8).elementsEqual("<![CDATA".utf8)
      case (UInt8(ascii: "]"), UInt8(ascii: ">")):
        isLiteral = isLiteral && !plain.suffix(2).elementsEqual("]]".utf8)
      case (UInt8(ascii: "<"), UInt8(ascii: "?")): isTarget = true
      case (UInt8(ascii: "?"), UInt8(ascii: ">")) where isTarget:
        plain.insert(0x20, at: plain.count - 1)
        isTarget = false
      case (_, 0x20), (_, 0x09), (_, 0x0A), (_, 0x0D): isTarget = false
      default: break
      }
      plain.append(byte)
    }
    return plain
  }

  private static func decoded(_ body: [UInt8], _ label: String?) -> [UInt8] {
    let isUTF16 = body.starts(with: [0xFE, 0xFF]) || body.starts(with: [0xFF, 0xFE])
    let encoding = isUTF16 ? String.Encoding.utf16 : label.flatMap { encodings[$0] }
    if let encoding {
      if let text = String(bytes: body, encoding: encoding) { return Array(text.utf8) }
    } else if String(validating: body, as: UTF8.self) != nil {
      return body
    }
    return Array(String(String.UnicodeScalarView(body.lazy.map { Unicode.Scalar($0) })).utf8)
  }

  /// Whether a character's number or one of XML's own entities begins here: `&#233;`, `&amp;`.
  private static func isReference(_ text: ArraySlice<UInt8>) -> Bool {
    let rest = text.dropFirst().prefix(10)
    guard let end = rest.firstIndex(of: UInt8(ascii: ";")) else { return false }
    let name = String(decoding: rest[..<end], as: UTF8.self)
    guard name.first == "#" else { return ["amp", "lt", "gt", "quot", "apos"].contains(name) }
    let isHex = name.dropFirst().first == "x"
    let digits = name.dropFirst(isHex ? 2 : 1)
    guard digits.first != "+", let value = UInt32(digits, radix: isHex ? 16 : 10) else {
      return false
    }
    return switch value {
    case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x1_0000...0x10_FFFF: true
    default: false
    }
  }

  /// Where the declaration `<?xml version="1.0" encoding="…"?>` ends, with a mark of UTF-8 and blanks before it, and
  /// its encoding in lower case.
  private static func declaration(_ body: [UInt8]) -> (end: Int, encoding: String?) {
    let mark = body.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let start = body[mark...].firstIndex { !" \t\r\n".utf8.contains($0) } ?? body.count
    guard body[start...].starts(with: "<?xml".utf8),
      let end = body[start...].firstPlace(of: Array("?>".utf8))
    else { return (mark, nil) }
    let words = String(decoding: body[start..<end.lowerBound], as: UTF8.self)
      .lowercased().split { "=\"' \t\r\n".contains($0) }
    let name = words.firstIndex(of: "encoding").map { words.index(after: $0) }
    return (end.upperBound, name.flatMap { $0 < words.endIndex ? String(words[$0]) : nil })
  }

  /// What servers write that write no UTF-8, by the names of IANA's registry.
  private static let encodings: [String: String.Encoding] = [
    "iso-8859-1": .isoLatin1, "latin1": .isoLatin1, "us-ascii": .isoLatin1,
    "iso-8859-2": .isoLatin2, "windows-1250": .windowsCP1250, "windows-1251": .windowsCP1251,
    "windows-1252": .windowsCP1252, "cp1252": .windowsCP1252, "windows-1253": .windowsCP1253,
    "windows-1254": .windowsCP1254, "utf-16": .utf16, "utf-16le": .utf16LittleEndian,
    "utf-16be": .utf16BigEndian,
    // CFString's number of ISO 8859-15, for which there is no name.
    "iso-8859-15": String.Encoding(rawValue: 0x8000_020F),
  ]
}

/// The flat text in which an existing installation keeps its CTI settings.
///
///     <cliktocallevent> <with_event>1 <url>http://localhost/q?telorg=$telorg$ <methode>GET <data> …
///
/// `<key>value<key>value…` without closing tags. Blanks around values mean nothing, keys are of any
/// case, and a key that opens a block ends the one before. Inside a value `<` and `>` are written
/// `&lt;` `&gt;` (and then `&` as `&amp;` where needed) or `\<` `\>`; a `<` that opens no key stands for
/// itself.
public struct CTIBlockText: Hashable, Sendable {
  /// The blocks, in the order of the text.
  public private(set) var blocks: [CTIFields] = []
  /// Keys that are not of this format, which have no effect.
  public private(set) var unknownKeys: [String] = []

  private var problems: [CTIBlockError.Problem] = []

  /// Reads a text; throws everything that is wrong with it.
  public init(_ text: String) throws(CTIBlockError) {
    var isBegun = false
    for piece in Self.pieces(of: Array(text.utf8)) {
      append(piece, isBegun: isBegun)
      isBegun = isBegun || piece.key != nil
    }
    if blocks.isEmpty, problems.isEmpty {
      let names = CTIPurpose.allCases.map { "<\($0.rawValue)>" }.joined(separator: " or ")
      problems.append(.init(nil, "there is no block in the text: begin it with \(names)"))
    }
    guard problems.isEmpty else { throw CTIBlockError(problems: problems) }
  }

  // MARK: - Pieces to fields

  private mutating func append(_ piece: Piece, isBegun: Bool) {
    guard let key = piece.key else {
      if !piece.value.isEmpty {
        note(nil, "there is text before the first key: remove it", piece)
      }
      return
    }
    if let purpose = CTIPurpose(rawValue: key) {
      blocks.append(CTIFields(purpose))
      blocks[blocks.count - 1].line = piece.line
      if !piece.value.isEmpty {
        note(nil, "there is a value after <\(key)>, which has none: remove it", piece)
      }
    } else if let field = CTIField(rawValue: key) {
      set(field, piece)
    } else if key.hasPrefix("/") {
      note(
        nil,
        "<\(key)> closes a key, which this format does not: remove it, or write &lt; for a < in a value",
        piece)
    } else {
      unknownKeys.append(key)
    }
  }

  private mutating func note(_ field: CTIField?, _ sentence: String, _ piece: Piece) {
    problems.append(.init(field, sentence, line: piece.line))
  }

  private mutating func set(_ field: CTIField, _ piece: Piece) {
    guard let last = blocks.indices.last else {
      note(field, "it stands before the key that opens its block: move it", piece)
      return
    }
    let value = piece.value
    let known = blocks[last][field]
    if !known.isEmpty, !value.isEmpty, known != value {
      note(field, "it is given twice with two values: remove one", piece)
    } else if known.isEmpty {
      blocks[last].lines[field] = piece.line
      blocks[last][field] = value
    }
  }

  // MARK: - Text to pieces

  /// A key in lower case and what stands behind it; the text before the first key has none.
  private struct Piece {
    var key: String?
    var value: String
    /// The key's line, from 1.
    var line: Int
  }

  private static func pieces(of text: [UInt8]) -> [Piece] {
    var pieces: [Piece] = []
    var key: String?
    var value: [UInt8] = []
    var (line, keyLine) = (1, 1)
    var index = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while index < text.count {
      if let (name, end) = keyName(in: text, at: index) {
        pieces.append(Piece(key: key, value: trimmed(value), line: keyLine))
        (key, value, index, keyLine) = (name, [], end, line)
      } else {
        let (byte, end) = character(in: text, at: index)
        value.append(byte)
        if byte == UInt8(ascii: "\n") { line += 1 }
        index = end
      }
    }
    pieces.append(Piece(key: key, value: trimmed(value), line: keyLine))
    return pieces
  }

  /// The key that begins here, and where it ends: `<`, a name of letters, digits and `_`, `>`.
  private static func keyName(in text: [UInt8], at start: Int) -> (name: String, end: Int)? {
    guard text[start] == UInt8(ascii: "<"),
      let end = text[start...].prefix(40).firstIndex(of: UInt8(ascii: ">"))
    else { return nil }
    let name = String(decoding: text[(start + 1)..<end], as: UTF8.self).lowercased()
      .trimmedBlanks
    let letters = name.hasPrefix("/") ? name.dropFirst() : name[...]
    guard let first = letters.utf8.first, !isDigit(first), letters.utf8.allSatisfy(isNameByte)
    else { return nil }
    return (name, end + 1)
  }

  /// The next byte of a value, its escape taken off.
  private static func character(in text: [UInt8], at start: Int) -> (byte: UInt8, end: Int) {
    for (escape, byte) in escapes where text[start...].starts(with: escape) {
      return (byte, start + escape.count)
    }
    return (text[start], start + 1)
  }

  private static let escapes: [(escape: [UInt8], byte: UInt8)] = [
    (Array("&lt;".utf8), UInt8(ascii: "<")), (Array("&gt;".utf8), UInt8(ascii: ">")),
    (Array("&amp;".utf8), UInt8(ascii: "&")), (Array("\\<".utf8), UInt8(ascii: "<")),
    (Array("\\>".utf8), UInt8(ascii: ">")),
  ]

  private static func trimmed(_ value: [UInt8]) -> String {
    String(decoding: value, as: UTF8.self).trimmedBlanks
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || isDigit(byte) || byte == UInt8(ascii: "_")
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

extension StringProtocol {
  /// The text without white space at its two ends.
  var trimmedBlanks: String {
    let rest = drop { $0.isWhitespace }
    guard let last = rest.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(rest[...last])
  }
}

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
      take(piece, isBegun: isBegun)
      isBegun = isBegun || piece.key != nil
    }
    if blocks.isEmpty, problems.isEmpty {
      let names = CTIPurpose.allCases.map { "<\($0.rawValue)>" }.joined(separator: " or ")
      problems.append(.init(nil, "there is no block in the text: begin it with \(names)"))
    }
    guard problems.isEmpty else { throw CTIBlockError(problems: problems) }
  }

  // MARK: - Pieces to fields

  private mutating func take(_ piece: Piece, isBegun: Bool) {
    guard let key = piece.key else {
      if !piece.value.isEmpty {
        problems.append(.init(nil, "there is text before the first key: remove it"))
      }
      return
    }
    if let purpose = CTIPurpose(rawValue: key) {
      blocks.append(CTIFields(purpose))
      if !piece.value.isEmpty {
        problems.append(.init(nil, "there is a value after <\(key)>, which has none: remove it"))
      }
    } else if let field = CTIField(rawValue: key) {
      set(field, piece.value)
    } else if key.hasPrefix("/") {
      problems.append(
        .init(
          nil,
          "<\(key)> closes a key, which this format does not: remove it, or write &lt; for a < in a value"
        ))
    } else {
      unknownKeys.append(key)
    }
  }

  private mutating func set(_ field: CTIField, _ value: String) {
    guard let last = blocks.indices.last else {
      problems.append(.init(field, "it stands before the key that opens its block: move it"))
      return
    }
    let known = blocks[last][field]
    if !known.isEmpty, !value.isEmpty, known != value {
      problems.append(.init(field, "it is given twice with two values: remove one"))
    } else if known.isEmpty {
      blocks[last][field] = value
    }
  }

  // MARK: - Text to pieces

  /// A key in lower case and what stands behind it; the text before the first key has none.
  private struct Piece {
    var key: String?
    var value: String
  }

  private static func pieces(of text: [UInt8]) -> [Piece] {
    var pieces: [Piece] = []
    var key: String?
    var value: [UInt8] = []
    var index = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while index < text.count {
      if let (name, end) = keyName(in: text, at: index) {
        pieces.append(Piece(key: key, value: trimmed(value)))
        (key, value, index) = (name, [], end)
      } else {
        let (byte, end) = character(in: text, at: index)
        value.append(byte)
        index = end
      }
    }
    pieces.append(Piece(key: key, value: trimmed(value)))
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

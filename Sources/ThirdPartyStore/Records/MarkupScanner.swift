import TextForms

/// Cuts a document with tags, HTML or XML, into texts and tags, whether it is well-formed or not.
struct MarkupScanner {
  enum Piece {
    case text(ArraySlice<UInt8>)
    case tag(MarkupTag)
  }

  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The next piece, nil at the end. Comments are passed over, and CDATA is text.
  mutating func next() -> Piece? {
    while position < bytes.count {
      guard isAtTag else { return .text(text()) }
      position += 1
      if bytes[position...].starts(with: "!--".utf8) {
        skip(past: "-->")
      } else if bytes[position...].starts(with: "![CDATA[".utf8) {
        let start = min(position + 8, bytes.count)
        skip(past: "]]>")
        return .text(bytes[start..<max(start, position - 3)])
      } else {
        return .tag(tag())
      }
    }
    return nil
  }

  /// Passes over all up to the end of this text.
  mutating func skip(past end: String) {
    let found = bytes[position...].firstPlace(of: Array(end.utf8))
    position = found?.upperBound ?? bytes.count
  }

  /// Not in `a < b`.
  private var isAtTag: Bool {
    bytes[position] == UInt8(ascii: "<") && position + 1 < bytes.count && bytes[position + 1] > 0x20
  }

  private mutating func text() -> ArraySlice<UInt8> {
    let start = position
    position = bytes[(start + 1)...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
    return bytes[start..<position]
  }

  private mutating func tag() -> MarkupTag {
    let start = position
    var quote: UInt8?
    while position < bytes.count {
      let byte = bytes[position]
      if byte == quote {
        quote = nil
      } else if quote == nil {
        if byte == UInt8(ascii: ">") { break }
        if byte == Ascii.quote || byte == Ascii.apostrophe { quote = byte }
      }
      position += 1
    }
    defer { position = min(position + 1, bytes.count) }
    return MarkupTag(bytes[start..<position])
  }
}

/// A tag of a document: its name, and what it says.
struct MarkupTag {
  /// In small letters and without a prefix; `/` before the name of an end: `/td`.
  let name: String
  /// The name as it is written.
  let whole: String
  /// Whether nothing stands in it: `<td/>`.
  let isEmpty: Bool
  private let attributes: ArraySlice<UInt8>

  /// The tag between `<` and `>`.
  init(_ bytes: ArraySlice<UInt8>) {
    isEmpty = bytes.last == UInt8(ascii: "/")
    let bytes = isEmpty ? bytes.dropLast() : bytes
    let word = bytes.prefix { $0 > 0x20 }
    whole = String(decoding: word, as: UTF8.self)
    name =
      word.first == UInt8(ascii: "/")
      ? "/" + Self.local(word.dropFirst()) : Self.local(word)
    attributes = bytes.dropFirst(word.count)
  }

  /// The value of an attribute, by its name in small letters and without a prefix.
  subscript(name: String) -> String? {
    var rest = attributes.drop { $0 <= 0x20 }
    while !rest.isEmpty {
      let word = rest.prefix { $0 > 0x20 && $0 != UInt8(ascii: "=") }
      rest = rest.dropFirst(word.count).drop { $0 <= 0x20 }
      var value = rest.prefix(0)
      if rest.first == UInt8(ascii: "=") {
        rest = rest.dropFirst().drop { $0 <= 0x20 }
        if let quote = rest.first, quote == Ascii.quote || quote == Ascii.apostrophe {
          value = rest.dropFirst().prefix { $0 != quote }
          rest = rest.dropFirst(value.count + 2)
        } else {
          value = rest.prefix { $0 > 0x20 }
          rest = rest.dropFirst(value.count)
        }
      }
      if Self.local(word) == name { return String(decoding: value, as: UTF8.self) }
      rest = rest.drop { $0 <= 0x20 }
    }
    return nil
  }

  /// All tags of a document.
  static func all(in bytes: [UInt8]) -> [MarkupTag] {
    var markup = MarkupScanner(bytes)
    var tags: [MarkupTag] = []
    while let piece = markup.next() {
      if case .tag(let tag) = piece { tags.append(tag) }
    }
    return tags
  }

  private static func local(_ word: ArraySlice<UInt8>) -> String {
    let start = word.lastIndex(of: UInt8(ascii: ":")).map { $0 + 1 } ?? word.startIndex
    return String(decoding: word[start...], as: UTF8.self).lowercased()
  }
}

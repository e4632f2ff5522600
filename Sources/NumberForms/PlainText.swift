/// Text that strangers wrote, made harmless and short.
public enum PlainText {
  /// `text` on one line without control, bidirectional and line-breaking characters, trimmed, cut
  /// after `limit` characters.
  ///
  /// Names come with the call: an escape sequence or a right-to-left override in one must reach no
  /// terminal and no journal (R43). Emoji and combining marks stay.
  public static func cleaned(_ text: String, limit: Int = 128) -> String {
    var kept = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(limit * 8) where !isHarmful(scalar) {
      kept.append(scalar.properties.isWhitespace ? " " : scalar)
    }
    let words = String(kept).split(separator: " ", omittingEmptySubsequences: true)
    return cut(String(words.joined(separator: " ").prefix(limit)), bytes: limit * 4)
  }

  /// As many of the characters as fit: one may have any number of marks.
  public static func cut(_ text: String, bytes: Int) -> String {
    guard text.utf8.count > bytes else { return text }
    var rest = text[...]
    while rest.utf8.count > bytes { rest.removeLast() }
    return String(rest)
  }

  /// Whether anything of the text shows: not of blanks, nor of characters without a look of their own (the
  /// Hangul filler, joiners, the empty pattern of Braille).
  public static func isVisible(_ text: String) -> Bool {
    text.unicodeScalars.contains {
      !$0.properties.isWhitespace && !$0.properties.isDefaultIgnorableCodePoint
        && $0.value != 0x2800
    }
  }

  /// Whether a scalar changes the terminal's state or the order of the text instead of showing.
  private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x2028, 0x2029: false  // white space: becomes a blank
    case 0x00...0x1F, 0x7F...0x9F: true
    default: isMark(scalar)
    }
  }

  /// Whether a scalar occupies no place and only steers the layout: bidirectional controls, the
  /// byte-order mark, zero-width spaces. They come along when a number is copied out of a list.
  public static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00AD, 0x061C, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF: true
    default: false
    }
  }
}

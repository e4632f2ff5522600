/// Text that strangers wrote, made harmless: the one filter for everything that reaches a terminal, a journal or
/// a log (R43).
package enum PlainText {
  /// `text` on one line without control, bidirectional and line-breaking characters, trimmed, cut
  /// after `limit` characters.
  ///
  /// Names come with the call: an escape sequence or a right-to-left override in one must reach no
  /// terminal and no journal. Emoji and combining marks stay.
  package static func cleaned(_ text: String, limit: Int = 128) -> String {
    // Cut before the work, since a value may be a megabyte, and again after it.
    let kept = filtered(text.unicodeScalars.prefix(limit * 8))
    let words = kept.split(separator: " ", omittingEmptySubsequences: true)
    let short = cut(String(words.joined(separator: " ").prefix(limit)), bytes: limit * 4)
    // What is cut between two words has no blank at its end either: cleaned again it is the same.
    return short.utf8.last == UInt8(ascii: " ") ? String(short.dropLast()) : short
  }

  /// The text that these bytes are: UTF-8, or Latin-1 where they are none, as old telephones and exchanges write names.
  /// What is a control character there is no character.
  package static func decoded(_ bytes: some Collection<UInt8>) -> String {
    String(validating: bytes, as: UTF8.self)
      ?? String(
        String.UnicodeScalarView(
          bytes.map { (0x80...0x9F).contains($0) ? "\u{FFFD}" : Unicode.Scalar($0) }))
  }

  /// As many of the characters as fit: one may have any number of marks.
  package static func cut(_ text: String, bytes: Int) -> String {
    guard text.utf8.count > bytes else { return text }
    var rest = text[...]
    while rest.utf8.count > bytes { rest.removeLast() }
    return String(rest)
  }

  /// Whether anything of the text shows: not of blanks, nor of characters without a look of their own (the
  /// Hangul filler, joiners, the empty pattern of Braille).
  package static func isVisible(_ text: String) -> Bool {
    text.unicodeScalars.contains {
      !$0.properties.isWhitespace && !$0.properties.isDefaultIgnorableCodePoint
        && $0.value != 0x2800
    }
  }

  /// Whether a scalar changes the terminal's state or the order of the text instead of showing. White space is
  /// harmful where it ends a line.
  package static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20..<0x7F: false
    case 0x00..<0x20, 0x7F...0x9F, 0x2028, 0x2029: true
    default: isMark(scalar)
    }
  }

  /// Whether a scalar occupies no place and only steers the layout: bidirectional controls, the
  /// byte-order mark, zero-width spaces. They come along when a number is copied out of a list.
  ///
  /// Joiners are none: emoji and several scripts are written with them.
  package static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00AD, 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF,
      0xFFF9...0xFFFB:
      true
    default: false
    }
  }

  /// Every white space as one blank, and nothing that is harmful.
  static func filtered(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var kept = String.UnicodeScalarView()
    for scalar in scalars {
      if scalar.properties.isWhitespace {
        kept.append(" ")
      } else if !isHarmful(scalar) {
        kept.append(scalar)
      }
    }
    return String(kept)
  }
}

extension String {
  /// The text on one line, without what a terminal would act upon; blanks stay where they are.
  package var printable: String { PlainText.filtered(unicodeScalars) }

  /// The same for a text of several lines, which keeps its line ends and tabs.
  package var printableLines: String {
    var lines = String.UnicodeScalarView()
    for scalar in unicodeScalars
    where scalar == "\n" || scalar == "\t" || !PlainText.isHarmful(scalar) {
      lines.append(scalar)
    }
    return String(lines)
  }
}

/// Quotation marks of typography around whole fields, as word processors and some languages' programs write them:
/// `“Dupont SA”;…`, `« Dupont SA »`, `„Bau GmbH“`. They are read as plain ones; inside of a field they are its text.
enum TypographicQuotes {
  /// The marks of one encoding, and the blanks beside them.
  private struct Marks {
    var opening, closing, blanks: [[UInt8]]
  }

  private static let utf8 = Marks(
    opening: ["“", "„", "”", "«"].map { Array($0.utf8) },
    closing: ["”", "“", "»"].map { Array($0.utf8) },
    blanks: [" ", "\u{A0}", "\u{202F}"].map { Array($0.utf8) })
  private static let windows1252 = Marks(
    opening: [[0x93], [0x84], [0x94], [0xAB]], closing: [[0x94], [0x93], [0xBB]],
    blanks: [[0x20], [0xA0]])
  private static let boundaries = Array(";,\t|\r\n".utf8)
  /// The longest field that may stand in them [bytes].
  private static let longest = 4_096

  /// Whether a field of the text seems to stand in them.
  static func stand(in text: [UInt8]) -> Bool {
    var previous = Ascii.lf
    for (place, byte) in text.enumerated() {
      // Nearly all texts have none.
      if byte >= 0x80, previous == Ascii.blank || boundaries.contains(previous),
        field(text[place...]) != nil
      {
        return true
      }
      previous = byte
    }
    return false
  }

  /// The text with plain ones.
  static func plain(_ text: [UInt8]) -> [UInt8] {
    var plain: [UInt8] = []
    plain.reserveCapacity(text.count)
    var position = 0
    var isStart = true
    var isQuoted = false
    while position < text.count {
      if isStart, let field = field(text[position...]) {
        plain += [Ascii.quote] + field.text + [Ascii.quote]
        position = field.end
        isStart = false
        continue
      }
      let byte = text[position]
      // Fields in plain ones are left alone.
      if byte == Ascii.quote, isStart || isQuoted { isQuoted.toggle() }
      isStart = !isQuoted && (boundaries.contains(byte) || (isStart && byte == Ascii.blank))
      plain.append(byte)
      position += 1
    }
    return plain
  }

  /// The field that begins here in such marks and ends where a field ends, its plain ones doubled.
  private static func field(_ text: ArraySlice<UInt8>) -> (text: [UInt8], end: Int)? {
    guard let first = text.first, first >= 0x80,
      let (marks, mark) = [utf8, windows1252].lazy.compactMap({ marks in
        marks.opening.first { text.starts(with: $0) }.map { (marks, $0) }
      }).first
    else { return nil }
    var place = text.startIndex + mark.count
    let start = place
    let limit = min(text.endIndex, start + longest)
    while place < limit {
      let rest = text[place...]
      if let end = marks.closing.first(where: { rest.starts(with: $0) }) {
        var behind = place + end.count
        while behind < text.endIndex, text[behind] == Ascii.blank { behind += 1 }
        guard behind == text.endIndex || boundaries.contains(text[behind]) else { return nil }
        let inner = trimmed(text[start..<place], marks.blanks)
        return (inner.flatMap { $0 == Ascii.quote ? [$0, $0] : [$0] }, behind)
      }
      if marks.opening.contains(where: { rest.starts(with: $0) }) { return nil }
      place += 1
    }
    return nil
  }

  private static func trimmed(
    _ text: ArraySlice<UInt8>, _ blanks: [[UInt8]]
  ) -> ArraySlice<UInt8> {
    var text = text
    while let blank = blanks.first(where: { text.starts(with: $0) }) {
      text = text.dropFirst(blank.count)
    }
    while let blank = blanks.first(where: { text.suffix($0.count).elementsEqual($0) }) {
      text = text.dropLast(blank.count)
    }
    return text
  }
}

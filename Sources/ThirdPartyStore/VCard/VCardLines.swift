/// The lines of a file of vCards, unfolded, a block of the file at a time.
///
/// END:VCARD and BEGIN:VCARD are lines of their own wherever they stand: joined exports have both on one, behind
/// whatever was the last.
struct VCardLines {
  /// A line longer than this is read over: pictures and keys, which nobody here needs [bytes].
  static let longestLine = CSVReader.longestRow

  /// How much of the file has been taken into blocks [bytes].
  private(set) var bytesRead: Int
  /// Whether the last line of the file has no end; known when it has been read.
  private(set) var isCutOff = false
  private let input: InputFile
  private var block: [UInt8]
  private var position = 0
  private var line = 0
  /// Lines that have been read and not been handed on; a line's beginning may be cut from it.
  private var queue: [(number: Int, bytes: [UInt8])] = []
  /// What stands before every line of the card: all of a card may be set in.
  private var indent: [UInt8] = []
  private var isBehindBegin = false
  /// Whether the line before ended with a return alone.
  private var isBehindReturn = false

  init(block: [UInt8], input: InputFile) {
    self.block = block
    self.input = input
    bytesRead = block.count
  }

  /// A line with those that continue it: they begin with a blank, which is no part of them. `isQuoted`: within a value
  /// that is quoted-printable, where one ends at a soft break.
  mutating func nextUnfolded(isQuoted: Bool = false) throws(StoreError) -> (Int, [UInt8])? {
    guard try fill() else { return nil }
    var (number, bytes) = queue.removeFirst()
    while !Self.isSoftBroken(bytes, isQuoted), try fill(), let first = queue[0].bytes.first,
      first == Ascii.blank || first == 0x09,
      queue[0].bytes.count > 1
    {
      bytes += queue.removeFirst().bytes.dropFirst().prefix(max(0, Self.longestLine - bytes.count))
    }
    return (number, bytes)
  }

  /// Whether the line is quoted-printable and goes on behind a soft break, where a blank is one of the value.
  private static func isSoftBroken(_ line: [UInt8], _ isQuoted: Bool) -> Bool {
    guard line.last == UInt8(ascii: "=") else { return false }
    guard !isQuoted, let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return isQuoted }
    return index(of: quotedPrintable, in: line[..<colon]) != nil
  }

  private static let quotedPrintable = Array("QUOTED-PRINTABLE".utf8)

  /// The next line that is not blank, which is left; blank ones are not.
  mutating func peekText() throws(StoreError) -> [UInt8]? {
    while try fill() {
      guard queue[0].bytes.allSatisfy({ $0 <= 0x20 }) else { return queue[0].bytes }
      queue.removeFirst()
    }
    return nil
  }

  /// Whether there is a line in the queue.
  private mutating func fill() throws(StoreError) -> Bool {
    while queue.isEmpty {
      guard let bytes = try nextPhysical() else { return false }
      queue = Self.parted(withoutIndent(bytes)).map { (line, $0) }
      if let last = queue.last?.bytes, last == Self.begin { isBehindBegin = true }
    }
    return true
  }

  /// The line without what stands before all lines of its card. Nothing goes on behind BEGIN: blanks before the
  /// property that follows it stand before the others, too, and one more begins a line that goes on.
  private mutating func withoutIndent(_ line: [UInt8]) -> [UInt8] {
    if isBehindBegin, line.contains(where: { !Self.isIndent($0) }) {
      indent = Array(line.prefix(while: Self.isIndent))
      isBehindBegin = false
    }
    guard !indent.isEmpty else { return line }
    let bare = line.drop(while: Self.isIndent)
    if VCardReader.beginsProperty(bare) { return Array(bare) }
    return line.starts(with: indent) ? Array(line.dropFirst(indent.count)) : line
  }

  /// What lines are set in with: blanks, also those that do not break, and the marks of a reply.
  static func isIndent(_ byte: UInt8) -> Bool {
    byte == Ascii.blank || byte == 0x09 || byte == UInt8(ascii: ">") || byte == 0xC2 || byte == 0xA0
  }

  /// Whether a line begins a card, whatever it is set in with: `> BEGIN: VCARD`.
  static func isBegin(_ line: some Sequence<UInt8>) -> Bool { spells(line, begin) }

  /// Whether a line ends a card.
  static func isEnd(_ line: some Sequence<UInt8>) -> Bool { spells(line, end) }

  private static func spells(_ line: some Sequence<UInt8>, _ mark: [UInt8]) -> Bool {
    var text: [UInt8] = []
    for byte in line where byte > 0x20 && !isIndent(byte) && ![0xEF, 0xBB, 0xBF].contains(byte) {
      guard text.count < mark.count else { return false }
      text.append(byte)
    }
    return text.count == mark.count && isPrefix(mark, text[...])
  }

  private static let end = Array("END:VCARD".utf8)
  private static let begin = Array("BEGIN:VCARD".utf8)
  private static let mark = Array("VCARD".utf8)

  /// The line in the lines that it should be.
  private static func parted(_ line: [UInt8]) -> [[UInt8]] {
    guard index(of: mark, in: line[...]) != nil else { return [line] }
    if isBegin(line) { return [begin] }
    if spells(line, end) { return [end] }
    // Within the text of a property of 3.0 a whole card may stand, escaped.
    if line.starts(with: Array("AGENT".utf8)), index(of: end, in: line[...]) != nil {
      return [line]
    }
    var parts: [[UInt8]] = []
    var rest = line[...]
    var isBegun = false
    while !rest.isEmpty {
      let start = rest.drop { $0 <= 0x20 || [0xEF, 0xBB, 0xBF].contains($0) }
      if isPrefix(begin, start) {
        parts.append(begin)
        isBegun = true
        rest = start.dropFirst(begin.count).drop { $0 == Ascii.blank || $0 == 0x09 }
        continue
      }
      guard let found = index(of: end, in: rest) else { break }
      let before = rest[..<found]
      if isBegun {
        parts += properties(before)
      } else if before.suffix(2).elementsEqual("\\n".utf8)
        || before.suffix(2).elementsEqual("\\N".utf8)
      {
        break
      } else if before.contains(where: { $0 > 0x20 }) {
        parts.append(Array(before))
      }
      isBegun = false
      parts.append(end)
      rest = rest[(found + end.count)...].drop { $0 == Ascii.blank || $0 == 0x09 }
    }
    if !rest.isEmpty { parts.append(Array(rest)) }
    return parts
  }

  /// The properties of a card that stands on one line with its ends, as pages of the Web show it and other languages quote
  /// it: with blanks, or with `\n`, where lines should end.
  private static func properties(_ text: ArraySlice<UInt8>) -> [[UInt8]] {
    let backslash = UInt8(ascii: "\\")
    var parts: [[UInt8]] = [[]]
    var index = text.startIndex
    while index < text.endIndex {
      let byte = text[index]
      let isEscape = byte == backslash && index + 1 < text.endIndex
      if isEscape, text[index + 1] == backslash {
        parts[parts.count - 1].append(backslash)
        index += 2
        continue
      }
      let isEnd = isEscape && "nr".utf8.contains(text[index + 1])
      let next = index + (isEnd ? 2 : 1)
      if isEnd || byte == Ascii.blank, isName(text[next...]) || isEnd {
        parts.append([])
      } else {
        parts[parts.count - 1].append(byte)
      }
      index = next
    }
    return parts.filter { $0.contains { $0 > 0x20 } }
  }

  /// Whether a property's name stands there.
  private static func isName(_ text: ArraySlice<UInt8>) -> Bool {
    guard let end = text.firstIndex(where: { ":;".utf8.contains($0) }) else { return false }
    return names.contains(String(decoding: text[..<end], as: UTF8.self))
  }

  /// The properties of the standards that cards have most.
  static let names: Set<String> = [
    "VERSION", "FN", "N", "NICKNAME", "ORG", "TITLE", "ROLE", "TEL", "EMAIL", "ADR", "LABEL", "URL",
    "NOTE", "BDAY",
    "REV", "UID", "PHOTO", "LOGO", "SOUND", "CATEGORIES", "KIND", "PRODID", "TZ", "GEO", "IMPP",
    "SOURCE", "CLASS",
  ]

  /// Where the text, in capitals, begins, in any case.
  private static func index(of text: [UInt8], in line: ArraySlice<UInt8>) -> Int? {
    guard line.count >= text.count else { return nil }
    return (line.startIndex...(line.endIndex - text.count)).first { isPrefix(text, line[$0...]) }
  }

  private static func isPrefix(_ text: [UInt8], _ line: ArraySlice<UInt8>) -> Bool {
    line.count >= text.count
      && zip(text, line).allSatisfy { wanted, byte in
        wanted == byte || ((0x41...0x5A).contains(wanted) && byte == wanted | 0x20)
      }
  }

  /// A line of the file without its end, cut to the longest.
  private mutating func nextPhysical() throws(StoreError) -> [UInt8]? {
    while true {
      var bytes: [UInt8] = []
      var (isAny, isEnded, isReturn) = (false, false, false)
      while !isEnded {
        if position == block.count, try !readBlock() { break }
        isAny = true
        let rest = block[position...]
        let end = rest.firstIndex { $0 == Ascii.lf || $0 == Ascii.cr }
        bytes += rest[..<(end ?? block.count)].prefix(max(0, Self.longestLine - bytes.count))
        position = end.map { $0 + 1 } ?? block.count
        guard let end else { continue }
        isEnded = true
        // A return counts as a line end of its own only where no line feed follows.
        if block[end] == Ascii.cr {
          let isMore = try position < block.count ? true : readBlock()
          isReturn = !isMore || block[position] != Ascii.lf
          if !isReturn { position += 1 }
        }
      }
      guard isAny else { return nil }
      isCutOff = !isEnded
      // Of CR CR LF, which is one line end, the second half.
      let isHalf = bytes.isEmpty && isEnded && !isReturn && isBehindReturn
      isBehindReturn = isReturn
      if isHalf { continue }
      line += 1
      return bytes
    }
  }

  private mutating func readBlock() throws(StoreError) -> Bool {
    block = try input.read(CSVReader.blockSize)
    (position, bytesRead) = (0, bytesRead + block.count)
    return !block.isEmpty
  }
}

/// A character set of one byte a character, in which an old file of separated values is written.
///
/// Nothing in such a file says which. Of those that Europe has written in Latin letters (Windows, the Macintosh, DOS)
/// it is that in which the bytes are letters within words: 0x8E is `é` in Mac Roman, a symbol in the others.
public struct CodePage: Sendable {
  /// Its name, as a person says it.
  public let name: String
  /// The UTF-8 of each byte from 0x80.
  private let table: [[UInt8]]

  /// The set that the C library knows by this name; nil when there is none, or none of one byte a character.
  public init?(named name: String) {
    var table: [[UInt8]] = []
    for byte in UInt8(0x80)...0xFF {
      let text = Charset.decode([byte], named: name)
      table.append(Array((text ?? "\u{FFFD}").utf8))
    }
    guard Charset.decode(Array("Az;9"[...].utf8)[...], named: name) == "Az;9",
      table.count(where: { $0 == Array("\u{FFFD}".utf8) }) < 64
    else { return nil }
    self.name = name
    self.table = table
  }

  /// The set that the beginning of a file is written in; nil for UTF-8 and Windows-1252, which ``CSVRecord``
  /// tells apart field by field, and where nothing tells.
  static func likely(in block: [UInt8]) -> CodePage? {
    let words = Words(block)
    guard !words.isEmpty, let windows = CodePage(named: "WINDOWS-1252") else { return nil }
    var best: (page: CodePage?, score: Int) = (nil, max(words.score(in: windows), 0))
    for (shown, name) in [
      ("Mac Roman", "MACINTOSH"), ("CP850", "CP850"), ("Windows-1250", "CP1250"),
    ] {
      guard let page = CodePage(named: name) else { continue }
      let score = words.score(in: page)
      if score > best.score { best = (CodePage(shown, page), score) }
    }
    return best.page
  }

  private init(_ name: String, _ page: CodePage) {
    self.name = name
    table = page.table
  }

  /// The text that the bytes spell, in UTF-8.
  func utf8(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    for byte in bytes {
      if byte < 0x80 { text.append(byte) } else { text += table[Int(clamping: byte) - 0x80] }
    }
    return text
  }

  fileprivate func scalar(_ byte: UInt8) -> Unicode.Scalar? {
    String(decoding: table[Int(clamping: byte) - 0x80], as: UTF8.self).unicodeScalars.first
  }
}

/// The bytes of a text that are neither ASCII nor UTF-8, each with those beside it.
private struct Words {
  private var places: [[UInt8]: Int] = [:]
  /// By how many there are more than letters in UTF-8.
  private var surplus = 0

  /// Whether there are none, or strays in a text of UTF-8.
  var isEmpty: Bool { surplus <= 0 }

  init(_ block: [UInt8]) {
    var index = 0
    while index < block.count {
      let byte = block[index]
      guard byte >= 0x80 else {
        index += 1
        continue
      }
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
      let rest = block[index...].prefix(length)
      // UTF-8, or the half of it with which the block ends.
      let isUTF8 =
        byte >= 0xC2
        && (rest.count < length
          ? rest.dropFirst().allSatisfy { $0 & 0xC0 == 0x80 }
          : String(validating: rest, as: UTF8.self) != nil)
      if isUTF8 {
        index += rest.count
        surplus -= 1
        continue
      }
      surplus += 1
      let before = index > 0 ? block[index - 1] : 0
      let after = index + 1 < block.count ? block[index + 1] : 0
      places[[before, byte, after], default: 0] += 1
      index += 1
    }
  }

  /// How much the bytes are letters where letters stand, in a code page.
  func score(in page: CodePage) -> Int {
    places.reduce(0) { sum, place in
      let (before, byte, after) = (place.key[0], place.key[1], place.key[2])
      return sum + place.value * Self.score(page.scalar(byte), before, after)
    }
  }

  private static func score(_ scalar: Unicode.Scalar?, _ before: UInt8, _ after: UInt8) -> Int {
    guard let scalar, scalar != "\u{FFFD}", scalar.properties.generalCategory != .control else {
      return -3
    }
    let isSmall = { (byte: UInt8) in (0x61...0x7A).contains(byte) }
    let isLetter = { (byte: UInt8) in isSmall(byte | 0x20) }
    let isPart = { (byte: UInt8) in isLetter(byte) || byte >= 0x80 }
    if scalar.properties.isAlphabetic, scalar != "\u{AA}", scalar != "\u{BA}" {
      // A capital within a word is none.
      let isInWord = isSmall(before) || (isLetter(before) && isSmall(after))
      if scalar.properties.isUppercase, isInWord { return -2 }
      let isAlone = !isPart(before) && !isPart(after)
      return isAlone ? (words.contains(scalar) ? 1 : -1) : common.contains(scalar) ? 2 : 0
    }
    if scalar == "\u{2019}", isLetter(before) { return 1 }
    if scalar == "\u{B0}", before | 0x20 == UInt8(ascii: "n") { return 1 }
    return isLetter(before) && isLetter(after) ? -3 : isLetter(before) || isLetter(after) ? -1 : 0
  }

  /// Letters that are words.
  private static let words = Set("àÀèÈéÉòó".unicodeScalars)
  /// Letters of western and of central Europe.
  private static let common = Set(
    "àâäáãåæçéèêëíîïìñóôöòõøœúûüùßÀÂÄÁÃÅÆÇÉÈÊËÍÎÏÌÑÓÔÖÒÕØŒÚÛÜÙšžŠŽąćęłńśźżĄĆĘŁŃŚŹŻčďěňřťůČĎŇŘŤőűăşţ"
      .unicodeScalars)
}

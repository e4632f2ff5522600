/// A character set other than UTF-8 in which an old file of separated values is written.
///
/// Nothing in such a file says which: ``CharsetGuess``.
public struct CodePage: Sendable {
  /// Its name, as a person says it.
  public let name: String
  /// The UTF-8 of each byte from 0x80; nil for a set in which characters have several bytes.
  private let table: [[UInt8]]?
  /// What the C library calls it.
  private let charset: String

  /// Sets of East Asia, under their usual names, and what the C library reads them as: Windows' own, which have more
  /// characters.
  private static let wide: [String: String] = [
    "CP932": "CP932", "SHIFT_JIS": "CP932", "SHIFT-JIS": "CP932", "SJIS": "CP932",
    "WINDOWS-31J": "CP932", "MS932": "CP932", "EUC-JP": "EUC-JP", "EUCJP": "EUC-JP",
    "GBK": "GB18030", "GB2312": "GB18030", "GB18030": "GB18030", "CP936": "GB18030",
    "BIG5": "BIG5-HKSCS", "CP950": "BIG5-HKSCS", "EUC-KR": "CP949", "EUCKR": "CP949",
    "CP949": "CP949",
  ]

  /// The set that the C library knows by this name; nil when there is none, or none in which the characters of ASCII
  /// are themselves.
  public init?(named name: String) {
    if let charset = Self.wide[name.uppercased()] {
      self.init(name, charset: charset, table: nil)
      return
    }
    var table: [[UInt8]] = []
    for byte in UInt8(0x80)...0xFF {
      let text = Charset.decode([byte], named: name)
      table.append(Array((text ?? "\u{FFFD}").utf8))
    }
    guard Charset.decode(Array("Az;9"[...].utf8)[...], named: name) == "Az;9",
      table.count(where: { $0 == Array("\u{FFFD}".utf8) }) < 64
    else { return nil }
    self.init(name, charset: name, table: table)
  }

  private init(_ name: String, charset: String, table: [[UInt8]]?) {
    (self.name, self.charset, self.table) = (name, charset, table)
  }

  /// The set under another name.
  func named(_ shown: String) -> CodePage { CodePage(shown, charset: charset, table: table) }

  /// Whether a character may have several bytes, so that a text is cut at ends of lines only.
  var isWide: Bool { table == nil }

  /// The text that the bytes spell, in UTF-8.
  func utf8(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    guard let table else { return wideText(Array(bytes)) }
    var text: [UInt8] = []
    for byte in bytes {
      if byte < 0x80 { text.append(byte) } else { text += table[Int(clamping: byte) - 0x80] }
    }
    return text
  }

  /// The text of whole lines; of one that is broken, what is ASCII in it.
  private func wideText(_ bytes: [UInt8]) -> [UInt8] {
    if let text = Charset.decode(bytes[...], named: charset) { return Array(text.utf8) }
    var text: [UInt8] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(of: Ascii.lf).map { $0 + 1 } ?? rest.endIndex
      let line = rest[..<end]
      if let decoded = Charset.decode(line, named: charset) {
        text += Array(decoded.utf8)
      } else {
        for byte in line { text += byte < 0x80 ? [byte] : Array("\u{FFFD}".utf8) }
      }
      rest = rest[end...]
    }
    return text
  }

  /// What a byte from 0x80 is in a set of one byte a character.
  func scalar(_ byte: UInt8) -> Unicode.Scalar? {
    guard let table, byte >= 0x80 else { return nil }
    return String(decoding: table[Int(clamping: byte) - 0x80], as: UTF8.self).unicodeScalars.first
  }
}

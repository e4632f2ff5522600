/// What a file is, by what stands in it and not by its name.
enum FileKind {
  case vCard, ldif, json, xml
  /// Tables of a page of the Web.
  case page
  /// Sheets of a workbook that is one file of XML.
  case sheets
  /// Rows of separated values, or anything else.
  case rows
  /// What is not read, and what to do instead.
  case other(String)

  /// By the first block of a file.
  init(_ block: [UInt8]) {
    if let other = Self.marks.first(where: { Self.has(block, $0.bytes, at: $0.place) }) {
      self = .other(other.sentence)
      return
    }
    let text = block.drop { $0 <= 0x20 || [0xEF, 0xBB, 0xBF].contains($0) }
    let start = String(decoding: text.prefix(8_192), as: UTF8.self).lowercased()
    if VCardReader.recognises(block) {
      self = .vCard
    } else if LDIFReader.recognises(block) {
      self = .ldif
    } else if start.hasPrefix("<") {
      let has = { (marks: [String]) in marks.contains(where: start.contains) }
      if start.hasPrefix("<!doctype html")
        || has(["<html", "<body", "<meta http", "<meta charset", "<tr>", "<tr "])
      {
        self = .page
      } else {
        let isWorkbook = has(["excel.sheet", "office:spreadsheet", "opendocument.spreadsheet"])
        self = isWorkbook ? .sheets : .xml
      }
    } else if start.hasPrefix("[") || start.hasPrefix("{") {
      self = start.hasPrefix("{\\rtf") ? .other("a text document (RTF); \(Self.saved)") : .json
    } else if ["insert into ", "create table ", "-- mysql dump", "-- phpmyadmin", "-- postgresql"]
      .contains(where: start.hasPrefix)
    {
      self = .other("statements of SQL; export the table as CSV")
    } else if Self.isSylk(start) || start.hasPrefix("table\r\n0,1")
      || start.hasPrefix("table\n0,1")
    {
      self = .other("a table for exchange (SYLK, DIF); \(Self.saved)")
    } else if start.hasPrefix("mime-version:") {
      self = .other("a page of the Web with all that belongs to it (MHTML); \(Self.saved)")
    } else if start.hasPrefix("begin:vcalendar") {
      self = .other("a calendar; contacts are exported as vCard or CSV")
    } else {
      self = .rows
    }
  }

  /// Whether the bytes, as they stand in the file, begin a ZIP archive.
  static func isArchive(_ bytes: [UInt8]) -> Bool { bytes.starts(with: "PK\u{3}\u{4}".utf8) }

  /// Whether the second line begins with the one letter of a record as well: not `ID;Prénom`.
  private static func isSylk(_ start: String) -> Bool {
    let lines = start.split(maxSplits: 2, whereSeparator: \.isNewline)
    return start.hasPrefix("id;p") && lines.count > 1 && lines[1].dropFirst().first == ";"
      && lines[1].first?.isLetter == true
  }

  private static func has(_ block: [UInt8], _ bytes: [UInt8], at place: Int) -> Bool {
    block.dropFirst(place).starts(with: bytes)
  }

  private static let saved = "open it in a spreadsheet and save it as CSV"

  /// How files begin that are not read. Source: the magic of file(1).
  private static let marks: [(place: Int, bytes: [UInt8], sentence: String)] = [
    (
      0, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
      "a workbook of old Excel (xls), or has a password; \(saved)"
    ),
    (0, Array("%PDF".utf8), "a PDF; export the list as CSV instead"),
    (0, [0x1F, 0x8B], "compressed (gzip); unpack it first"),
    (0, Array("BZh".utf8), "compressed (bzip2); unpack it first"),
    (0, [0xFD, 0x37, 0x7A, 0x58, 0x5A], "compressed (xz); unpack it first"),
    (0, [0x37, 0x7A, 0xBC, 0xAF], "an archive (7z); unpack it first"),
    (0, Array("Rar!".utf8), "an archive (rar); unpack it first"),
    (
      0, Array("SQLite format 3\u{0}".utf8),
      "a database of SQLite; use sync, or export its table as CSV"
    ),
    (4, Array("Standard Jet DB".utf8), "a database of Access; export its table as CSV"),
    (4, Array("Standard ACE DB".utf8), "a database of Access; export its table as CSV"),
    (0, Array("!BDN".utf8), "a mailbox of Outlook (pst); export its contacts as CSV"),
    (0, [0x1A, 0x00, 0x00, 0x04], "a database of Notes; export its contacts as CSV or vCard"),
    (0, [0xFF, 0xD8, 0xFF], "a picture; nothing is read from pictures"),
    (0, [0x89, 0x50, 0x4E, 0x47], "a picture; nothing is read from pictures"),
  ]
}

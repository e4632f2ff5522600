import TextForms

/// Writes the tables of a page of the Web, which web programs call `.xls`, and those of a workbook that is one file of XML
/// (Excel 2003, OpenDocument) as separated values, which ``CSVReader`` reads.
struct TableText {
  /// The most fields of a row; what follows is left out.
  private static let widest = 500

  private let bytes: [UInt8]
  private var position = 0
  private var values = ""
  private var hasText = false
  private var row: [String]?
  private var cell: [UInt8]?
  /// How many fields the open cell takes up, whether its text stands in each, and on how many rows below it stands as
  /// well.
  private var (width, isRepeated, height) = (1, false, 0)
  /// Cells that go on below, by field.
  private var hanging: [Int: (text: String, rows: Int)] = [:]

  /// The tables' rows, an empty line between two tables; nil when there are none.
  static func values(_ bytes: [UInt8]) -> [UInt8]? {
    var tables = TableText(bytes)
    while let place = bytes[tables.position...].firstIndex(of: UInt8(ascii: "<")) {
      tables.take(bytes[tables.position..<place])
      tables.position = place + 1
      // `a < b`
      let isTag = tables.position < bytes.count && bytes[tables.position] > 0x20
      if isTag { tables.takeTag() } else { tables.take([UInt8(ascii: "<")]) }
    }
    tables.endRow()
    return tables.hasText ? Array(tables.values.utf8) : nil
  }

  /// Text, in which line ends are blanks and several of them one.
  private mutating func take(_ text: ArraySlice<UInt8>) {
    guard cell != nil else { return }
    for byte in text {
      if byte > 0x20 {
        cell?.append(byte)
      } else if let last = cell?.last, last > 0x20 {
        cell?.append(Ascii.blank)
      }
    }
  }

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  private mutating func takeTag() {
    if bytes[position...].starts(with: "!--".utf8) { return skip(past: "-->") }
    if bytes[position...].starts(with: "![CDATA[".utf8) {
      let start = position + 8
      skip(past: "]]>")
      return take(bytes[min(start, position)..<max(min(start, position), position - 3)])
    }
    let tag = tag()
    switch tag.name {
    case "script", "style", "comment", "annotation":
      guard !tag.isEmpty else { return }
      skip(past: "</\(tag.whole)")
      skip(past: ">")
    case "table", "/table", "worksheet":
      endRow()
      hanging = [:]
      values += "\n"
    case "tr", "row", "table-row":
      endRow()
      row = []
    case "/tr", "/row", "/table-row": endRow()
    case "td", "th", "cell", "table-cell", "covered-table-cell":
      beginCell(tag.attributes)
      if tag.isEmpty { endCell() }
    case "/td", "/th", "/cell", "/table-cell": endCell()
    case "br", "p", "/p", "div", "/div", "li": cell?.append(Ascii.lf)
    default: break
    }
  }

  private mutating func skip(past end: String) {
    let found = bytes[position...].firstPlace(of: Array(end.utf8))
    position = found?.upperBound ?? bytes.count
  }

  /// The tag that begins here, its names in small letters and without prefixes.
  private mutating func tag() -> (
    name: String, whole: String, attributes: [String: String], isEmpty: Bool
  ) {
    var (words, word, quote): ([String], [UInt8], UInt8?) = ([], [], nil)
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == quote {
        quote = nil
      } else if quote == nil, byte == Ascii.quote || byte == Ascii.apostrophe {
        quote = byte
      } else if quote == nil, byte == UInt8(ascii: ">") {
        break
      } else if quote == nil, byte <= 0x20 {
        if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
        word = []
      } else {
        word.append(byte)
      }
    }
    let isEmpty = word.last == UInt8(ascii: "/")
    if isEmpty { word.removeLast() }
    if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
    let whole = words.first ?? ""
    let local = { (name: Substring) in
      String(name.split(separator: ":").last ?? "").lowercased()
    }
    var attributes: [String: String] = [:]
    for word in words.dropFirst() {
      guard let mark = word.firstIndex(of: "=") else { continue }
      attributes[local(word[..<mark])] = String(word[word.index(after: mark)...])
    }
    let name = whole.hasPrefix("/") ? "/" + local(whole.dropFirst()) : local(whole[...])
    return (name, whole, attributes, isEmpty)
  }

  private mutating func beginCell(_ attributes: [String: String]) {
    endCell()
    let count = { (name: String) in min(max(attributes[name].flatMap { Int($0) } ?? 0, 0), 1 << 20)
    }
    var fields = row ?? []
    while fields.count < min(count("index"), Self.widest) - 1 { fields.append("") }
    row = fields
    takeHanging()
    cell = []
    isRepeated = count("number-columns-repeated") > 1
    // Those that a cell of OpenDocument covers are there.
    width = max(1, count("colspan"), count("mergeacross") + 1, count("number-columns-repeated"))
    height = max(0, count("rowspan") - 1, count("mergedown"))
  }

  /// What hangs down from the rows above into the next field.
  private mutating func takeHanging() {
    while let field = row?.count, let above = hanging[field] {
      hanging[field] = above.rows > 1 ? (above.text, above.rows - 1) : nil
      row?.append(above.text)
    }
  }

  private mutating func endCell() {
    guard let bytes = cell, let place = row?.count else { return }
    cell = nil
    let text =
      (String(validating: bytes, as: UTF8.self) ?? Windows1252.decode(bytes[...]))
      .replacing("&#10;", with: "\n").withoutEntities.trimmed
    let others = isRepeated ? text : ""
    let fields = [text] + Array(repeating: others, count: min(width, Self.widest) - 1)
    if place < Self.widest { row? += fields }
    guard height > 0 else { return }
    for field in place..<place + fields.count { hanging[field] = (fields[field - place], height) }
  }

  private mutating func endRow() {
    endCell()
    takeHanging()
    guard var fields = row else { return }
    row = nil
    while fields.last == "" { fields.removeLast() }
    hasText = hasText || !fields.isEmpty
    let quoted = fields.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }
    values += quoted.joined(separator: ";") + "\n"
  }
}

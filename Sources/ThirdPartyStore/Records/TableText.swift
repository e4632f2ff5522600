import TextForms

/// Writes the tables of a page of the Web, which web programs call `.xls`, and the sheets of a workbook in XML (Excel 2003,
/// OpenDocument) as separated values, which ``CSVReader`` reads.
struct TableText {
  private var markup: MarkupScanner
  private var tables = [ValueLines()]
  private var row: [String]?
  private var cell: [UInt8]?
  /// How many fields the open cell takes up, whether its text stands in each, and on how many rows below it stands as
  /// well.
  private var (width, isRepeated, height) = (1, false, 0)
  /// Cells that go on below, by field.
  private var hanging: [Int: (text: String, rows: Int)] = [:]

  /// The rows of each table that has any.
  static func values(_ bytes: [UInt8]) -> [[UInt8]] {
    var text = TableText(bytes)
    while let piece = text.markup.next() {
      switch piece {
      case .text(let more): text.take(more)
      case .tag(let tag): text.take(tag)
      }
    }
    text.endRow()
    return text.tables.compactMap(\.bytes)
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

  private init(_ bytes: [UInt8]) { markup = MarkupScanner(bytes) }

  private mutating func take(_ tag: MarkupTag) {
    switch tag.name {
    case "script", "style", "comment", "annotation":
      guard !tag.isEmpty else { return }
      markup.skip(past: "</\(tag.whole)")
      markup.skip(past: ">")
    case "table", "/table", "worksheet":
      endRow()
      hanging = [:]
      tables.append(ValueLines())
    case "tr", "row", "table-row":
      endRow()
      row = []
    case "/tr", "/row", "/table-row": endRow()
    case "td", "th", "cell", "table-cell", "covered-table-cell":
      beginCell(tag)
      if tag.isEmpty { endCell() }
    case "/td", "/th", "/cell", "/table-cell": endCell()
    case "br", "line-break", "p", "/p", "div", "/div", "li": cell?.append(Ascii.lf)
    case "s", "tab": take([Ascii.blank])
    default: break
    }
  }

  private mutating func beginCell(_ tag: MarkupTag) {
    endCell()
    let count = { (name: String) in min(max(tag[name].flatMap { Int($0) } ?? 0, 0), 1 << 20) }
    var fields = row ?? []
    while fields.count < min(count("index"), ValueLines.widest) - 1 { fields.append("") }
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
    let fields = [text] + Array(repeating: others, count: min(width, ValueLines.widest) - 1)
    if place < ValueLines.widest { row? += fields }
    guard height > 0 else { return }
    for field in place..<place + fields.count { hanging[field] = (fields[field - place], height) }
  }

  private mutating func endRow() {
    endCell()
    takeHanging()
    if let row { tables[tables.count - 1].add(row) }
    row = nil
  }
}

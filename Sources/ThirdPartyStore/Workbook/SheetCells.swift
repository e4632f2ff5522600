/// Reads the rows of a sheet of an Excel workbook (ECMA-376 part 1, 18.3.1).
///
///     <row r="2"><c r="A2" t="s"><v>7</v></c><c r="C2" s="3"><v>199001001</v></c></row>
struct SheetCells {
  private let texts: [String]
  private let formats: [DigitFormat?]
  private var lines = ValueLines()
  private var fields: [String] = []
  /// How many rows there were, and which the open one is.
  private var (rows, number) = (0, 0)
  private var cell: (field: Int, type: String, style: Int)?
  private var text = CellText()

  /// - Parameters:
  ///   - texts: the workbook's, to which cells refer.
  ///   - formats: the workbook's, by the styles of cells.
  init(texts: [String], formats: [DigitFormat?]) {
    (self.texts, self.formats) = (texts, formats)
  }

  /// The sheet's rows as separated values; those that are empty and left out are one empty line. Nil when there are none.
  mutating func values(_ sheet: [UInt8]) -> [UInt8]? {
    var markup = MarkupScanner(sheet)
    while let piece = markup.next() {
      switch piece {
      case .text(let more): if cell != nil { text.take(more) }
      case .tag(let tag): take(tag)
      }
    }
    return lines.bytes
  }

  private mutating func take(_ tag: MarkupTag) {
    switch tag.name {
    case "row":
      fields = []
      number = min(max(tag["r"].flatMap { Int($0) } ?? rows, 0), 1 << 20)
    case "/row":
      if number > rows + 1, rows > 0 { lines.addGap() }
      rows = number
      lines.add(fields)
    case "c":
      let field = tag["r"].flatMap(Self.field) ?? fields.count
      cell = (field, tag["t"] ?? "n", tag["s"].flatMap { Int($0) } ?? 0)
      if tag.isEmpty { endCell() }
    case "/c": endCell()
    default: if cell != nil { text.take(tag) }
    }
  }

  private mutating func endCell() {
    let value = text.end()
    guard let (field, type, style) = cell else { return }
    cell = nil
    guard field < ValueLines.widest else { return }
    while fields.count <= field { fields.append("") }
    fields[field] =
      switch type {
      case "s": Int(value).flatMap { texts.indices.contains($0) ? texts[$0] : nil } ?? ""
      case "n": Self.shown(value, formats.indices.contains(style) ? formats[style] : nil)
      default: value
      }
  }

  /// A number as the sheet shows it: programs write `1.99001001E8` for 199001001.
  private static func shown(_ value: String, _ format: DigitFormat?) -> String {
    guard let number = Double(value), number >= 0, let whole = Int64(exactly: number),
      whole < 1_000_000_000_000_000
    else { return value }
    return format?.shown(whole) ?? String(whole)
  }

  /// The place of a cell in its row, from 0, by its name: `AB12`.
  private static func field(_ name: String) -> Int? {
    let letters = name.utf8.prefix { (0x61...0x7A).contains($0 | 0x20) }
    guard (1...3).contains(letters.count) else { return nil }
    return letters.reduce(0) { $0 * 26 + Int(clamping: $1 & 0x1F) } - 1
  }
}

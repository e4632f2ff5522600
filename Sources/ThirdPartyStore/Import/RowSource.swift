import PhoneNumbers

/// What an import reads its rows from: one format of a file.
protocol RowSource {
  /// What the rows can say; of columns that are not among them the store keeps what it has.
  var columns: Set<ImportColumn> { get }
  /// Whether a row says nothing of its party but what concerns its contact person, as a card does.
  var isCards: Bool { get }
  /// How much of the file has been read [bytes].
  var bytesRead: Int { get }
  /// The next row, nil after the last.
  mutating func next() throws(StoreError) -> UnreadRow?
}

/// A row as it stands in the file.
struct UnreadRow: Sendable {
  /// Whether the row before it stands right above it, in its table.
  var isBelow = false
  /// What it says, nil when it says nothing at all: pure, so that several threads share the work.
  let read: @Sendable () -> ReadRow?
}

/// The rows of a CSV file, which may hold several tables, each under its own headers.
struct CSVRows: RowSource {
  let columns: Set<ImportColumn>
  let isCards = false
  var bytesRead: Int { records.bytesRead }
  private var records: CSVReader
  private var reader: RowReader
  private let map: ImportMap
  /// The line of headers that do not say whose the numbers under them are.
  private var unusable: Int?
  private var latestLine: Int?

  /// The rows of a file of which this is the first block.
  init(
    _ input: InputFile, block: [UInt8], plan: NumberPlan, map: ImportMap,
    tell: (ImportEvent) -> Void
  ) throws(StoreError) {
    let header: ImportHeader
    (header, records) = try CSVSniffer.open(input, block: block, map: map)
    if !header.unused.isEmpty { tell(.unusedColumns(header.unused)) }
    if let told = header.told { tell(.notice(line: 1, told)) }
    self.map = map
    columns = header.present
    reader = RowReader(header: header, plan: plan)
  }

  mutating func next() throws(StoreError) -> UnreadRow? {
    var isBelow = true
    while let next = try records.next() {
      let record = next.count == 1 ? next.parted(reader.header.texts.count) : next
      let isBehindGap = latestLine.map { record.line > $0 + 1 } ?? false
      latestLine = record.line
      if isBehindGap { isBelow = false }
      if let header = reader.header.another(in: record, map: map, isBehindGap: isBehindGap) {
        unusable = header.isUsable ? nil : record.line
        if header.isUsable { reader = RowReader(header: header, plan: reader.plan) }
        isBelow = false
        continue
      }
      if let unusable, record.hasText, !reader.header.isRepeated(by: record) {
        let why =
          "stands under the headers of line \(unusable), which do not say whose numbers they are"
        return UnreadRow {
          ReadRow(line: record.line, content: .failure(ReadRow.Refusal(why: why, isLoss: true)))
        }
      }
      if reader.header.isRepeated(by: record) { unusable = nil }
      return UnreadRow(isBelow: isBelow) { [reader] in reader.read(record) }
    }
    return nil
  }
}

/// The rows of an import that vCards make.
struct VCardRows: RowSource {
  let columns = Set(ImportColumn.allCases)
  let isCards = true
  var bytesRead: Int { reader.bytesRead }
  private var reader: VCardReader
  private let cards: CardReader

  init(_ reader: VCardReader, plan: NumberPlan) {
    self.reader = reader
    cards = CardReader(plan: plan)
  }

  mutating func next() throws(StoreError) -> UnreadRow? {
    guard let card = try reader.next() else { return nil }
    return UnreadRow { [cards] in cards.read(card) }
  }
}

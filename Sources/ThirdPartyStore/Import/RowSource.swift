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
  mutating func next() throws(StoreError) -> ReadRow?
}

/// The rows of a CSV file.
struct CSVRows: RowSource {
  let columns: Set<ImportColumn>
  let isCards = false
  var bytesRead: Int { records.bytesRead }
  private var records: CSVReader
  private let reader: RowReader

  init(_ records: CSVReader, _ header: ImportHeader, plan: NumberPlan) {
    self.records = records
    columns = header.present
    reader = RowReader(header: header, plan: plan)
  }

  mutating func next() throws(StoreError) -> ReadRow? {
    while let record = try records.next() {
      if let row = reader.read(record) { return row }
    }
    return nil
  }
}

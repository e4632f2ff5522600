import PhoneNumbers

/// What an import reads its rows from: one format of a file.
protocol RowSource {
  /// What the rows can say; of columns that are not among them the store keeps what it has.
  var columns: Set<ImportColumn> { get }
  /// How much of the file has been read [bytes].
  var bytesRead: Int { get }
  /// The next row, nil after the last.
  mutating func next() throws(StoreError) -> ReadRow?
}

/// The rows of a CSV file.
struct CSVRows: RowSource {
  let columns: Set<ImportColumn>
  var bytesRead: Int { records.bytesRead }
  private var records: CSVReader
  private let reader: RowReader

  init(_ records: CSVReader, _ header: ImportHeader, plan: NumberPlan) {
    self.records = records
    columns = Set(header.columns.compactMap { $0 })
    reader = RowReader(header: header, plan: plan)
  }

  mutating func next() throws(StoreError) -> ReadRow? {
    try records.next().map { reader.read($0) }
  }
}

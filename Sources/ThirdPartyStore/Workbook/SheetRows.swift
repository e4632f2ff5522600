import PhoneNumbers

/// The rows of a workbook: each sheet is a table with headers of its own, and its lines count from 1.
struct SheetRows: RowSource {
  let columns: Set<ImportColumn>
  let isCards = false
  var bytesRead: Int { sheets.reduce(0) { $0 + $1.bytesRead } }
  private var sheets: [CSVRows] = []
  private var place = 0

  /// The rows of sheets that are separated values each. One whose headers do not tell of names and numbers is passed over
  /// with a notice; throws `badInput` when there is no other.
  init(
    _ sheets: [[UInt8]], of name: String, plan: NumberPlan, map: ImportMap,
    tell: (ImportEvent) -> Void
  ) throws(StoreError) {
    var refusals: [StoreError] = []
    for (place, text) in sheets.enumerated() {
      let isOnly = sheets.count == 1
      let input = InputFile(name: isOnly ? name : "sheet \(place + 1)", bytes: [])
      do throws(StoreError) {
        self.sheets.append(
          try CSVRows(input, block: text, plan: plan, map: map, tell: tell))
      } catch {
        refusals.append(error)
      }
    }
    guard !self.sheets.isEmpty else {
      let why = refusals.first?.sentence ?? "is a workbook without rows, or has a password"
      throw StoreError(.badInput, refusals.count == 1 ? why : "\(name) \(why)")
    }
    for refusal in refusals { tell(.notice(line: 1, refusal.sentence)) }
    columns = self.sheets.reduce(into: []) { $0.formUnion($1.columns) }
  }

  mutating func next() throws(StoreError) -> UnreadRow? {
    while place < sheets.count {
      if let row = try sheets[place].next() { return row }
      place += 1
    }
    return nil
  }
}

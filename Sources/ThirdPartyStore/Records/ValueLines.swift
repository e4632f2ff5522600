/// Rows of tables as separated values, which ``CSVReader`` reads.
struct ValueLines {
  /// The most fields of a row; what follows is left out.
  static let widest = 500

  private var text = ""
  private var hasText = false

  /// The values; nil when there are none.
  var bytes: [UInt8]? { hasText ? Array(text.utf8) : nil }

  /// A further row.
  mutating func add(_ fields: [String]) {
    let count = fields.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0
    hasText = hasText || count > 0
    text += CSVWriter.row(fields.prefix(count))
  }

  /// An empty line below the rows so far, which parts tables.
  mutating func addGap() { if !text.isEmpty { text += "\n" } }
}

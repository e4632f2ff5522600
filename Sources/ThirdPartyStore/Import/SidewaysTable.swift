/// A table that stands on its side, each row of it with its header before it, as of a record that was printed by itself:
/// `Nom;Garage Muller`, `Téléphone;01…`. Further records stand beside the first, or below it.
enum SidewaysTable {
  /// The most rows of such a table.
  private static let longest = 2_000

  /// The same rows upright; nil where the first fields of all rows are no headers that tell of names and numbers.
  static func upright(_ block: [UInt8], _ map: ImportMap) throws(StoreError) -> [UInt8]? {
    for separator in CSVSniffer.separators {
      var reader = CSVReader(separator: separator, block: block)
      var rows: [[String]] = []
      while let row = try reader.next() {
        guard rows.count < longest else { return nil }
        rows.append((0..<row.count).map { row.text($0) })
      }
      var labels: [String] = []
      for fields in rows where fields.count > 1 && !labels.contains(fields[0]) {
        labels.append(fields[0])
      }
      let header = CSVWriter.row(labels)
      var upright = CSVReader(separator: UInt8(ascii: ","), block: Array(header.utf8))
      guard labels.count > 1, let record = try upright.next(),
        ImportHeader(record, map: map).isUsable
      else { continue }
      return Array((header + records(rows, labels).map(CSVWriter.row).joined()).utf8)
    }
    return nil
  }

  /// The records: one begins wherever a label comes again.
  private static func records(_ rows: [[String]], _ labels: [String]) -> [[String]] {
    var records: [[String]] = []
    var fields: [String: [String]] = [:]
    let end = {
      let count = fields.values.map(\.count).max() ?? 0
      for place in 0..<count {
        records.append(
          labels.map { label in
            let values = fields[label] ?? []
            return place < values.count ? values[place] : ""
          })
      }
      fields = [:]
    }
    for row in rows where row.count > 1 {
      guard let label = row.first else { continue }
      if fields[label] != nil { end() }
      fields[label] = Array(row.dropFirst())
    }
    end()
    return records.filter { $0.contains { !$0.isEmpty } }
  }
}

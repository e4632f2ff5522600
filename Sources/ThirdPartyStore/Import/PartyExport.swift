import GRDB
import Telephony

extension PartyStore {
  /// Hands the whole file to `write`, a row or card at a time, in the order of the codes, such that an
  /// import of the text makes the same parties again.
  ///
  /// In CSV a party has a row for its own numbers and one for each contact person; further rows hold what
  /// exceeds one number for each use. One read transaction: an import meanwhile changes nothing.
  public func export(
    as format: ExportFormat = .csv, _ write: (String) throws -> Void
  ) throws(StoreError) {
    try open.use("exporting the third parties") { connections in
      try connections.reader.read { db in
        if format == .csv { try write(ImportColumn.header) }
        try file.forEachRow(
          db, Self.things, "SELECT \(Self.recordColumns) FROM party ORDER BY code", [],
          { try Self.record($0) }
        ) { record in
          var numbers: [StoredNumber] = []
          for number in try self.numbers(db, of: record.summary.id)
          where !numbers.contains(where: { $0.isWritten(like: number) }) {
            numbers.append(number)
          }
          switch format {
          case .csv: for row in ExportRows.rows(of: record, numbers) { try write(row) }
          case .vCard(let version):
            try write(VCardWriter(version: version).cards(of: record, numbers))
          }
        }
      }
    }
  }
}

/// Lays a party's numbers out in rows of one number for each use.
private enum ExportRows {
  static func rows(of record: ThirdPartyRecord, _ numbers: [StoredNumber]) -> [String] {
    let summary = record.summary
    let shared: [ImportColumn: String] = [
      .code: summary.code, .kind: summary.kind.rawValue, .name: summary.name, .zip: summary.zip,
      .city: summary.city, .address: record.address, .country: record.country,
      .email: record.email, .notes: record.remarks,
    ]
    return rows(of: numbers).map { row in
      CSVWriter.row(
        ImportColumn.written.map { SpreadsheetText.guarded(shared[$0] ?? row[$0] ?? "") })
    }
  }

  private static func rows(of numbers: [StoredNumber]) -> [[ImportColumn: String]] {
    var contacts: [String] = []
    var rows: [String: [[ImportColumn: String]]] = [:]
    for number in numbers {
      let contact = number.listed.contact ?? ""
      if rows[contact] == nil {
        contacts.append(contact)
        rows[contact] = [[.contact: contact]]
      }
      guard let text = number.text, let column = column(of: number.listed.use) else {
        continue
      }
      let row = rows[contact]?.firstIndex { $0[column] == nil }
      if let row {
        rows[contact]?[row][column] = text
      } else {
        rows[contact]?.append([.contact: contact, column: text])
      }
    }
    let all = contacts.flatMap { rows[$0] ?? [] }
    return all.isEmpty ? [[:]] : all
  }

  private static func column(of use: ListedNumber.Use) -> ImportColumn? {
    ImportRow.uses.first { $0.use == use }?.column
  }
}

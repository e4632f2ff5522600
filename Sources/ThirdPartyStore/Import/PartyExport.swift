import GRDB
import Telephony

extension PartyStore {
  /// Hands the whole file to `write`, a CSV row at a time, header first, in the order of the codes,
  /// such that an import of the text makes the same parties again.
  ///
  /// A party has a row for its own numbers and one for each contact person; further rows hold what
  /// exceeds one number for each use. One read transaction: an import meanwhile changes nothing.
  public func export(_ write: (String) throws -> Void) throws(StoreError) {
    try explaining("exporting the third parties", file.path) {
      try reader.read { db in
        try write(CSVWriter.row(ExportRows.columns.map(\.rawValue)))
        let parties = try Row.fetchCursor(
          db,
          sql: """
            SELECT id, code, kind, name, zip, city, address, country, email, remarks
            FROM party ORDER BY code
            """)
        while let party = try parties.next() {
          let shared: [ImportColumn: String] = [
            .code: party[1], .kind: party[2], .name: party[3], .zip: party[4], .city: party[5],
            .address: party[6], .country: party[7], .email: party[8], .notes: party[9],
          ]
          for row in ExportRows.rows(of: try numbers(db, of: party[0])) {
            let cells = ExportRows.columns.map { shared[$0] ?? row[$0] ?? "" }
            try write(CSVWriter.row(cells))
          }
        }
      }
    }
  }
}

/// Lays a party's numbers out in rows of one number for each use.
private enum ExportRows {
  static let columns: [ImportColumn] = [
    .code, .name, .kind, .phone, .mobile, .fax, .extension, .contact, .email, .address, .zip,
    .city, .country, .notes,
  ]

  static func rows(of numbers: [StoredNumber]) -> [[ImportColumn: String]] {
    var contacts: [String] = []
    var rows: [String: [[ImportColumn: String]]] = [:]
    for number in numbers {
      let contact = number.listed.contact ?? ""
      if rows[contact] == nil {
        contacts.append(contact)
        rows[contact] = [[.contact: contact]]
      }
      guard let text = text(of: number), let column = column(of: number.listed.use) else {
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

  private static func text(of number: StoredNumber) -> String? {
    number.written.isEmpty ? number.listed.number?.key : number.written
  }

  private static func column(of use: ListedNumber.Use) -> ImportColumn? {
    ImportRow.uses.first { $0.use == use }?.column
  }
}

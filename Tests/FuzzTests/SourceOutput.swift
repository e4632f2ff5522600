import CTIBlock
import FoundationEssentials
import SystemPackage

@testable import ERPSync

/// What a command of a profile prints, CSV or JSON lines, and a page of an OData service.
enum SourceOutput: FuzzTarget {
  static func feed(_ bytes: [UInt8]) {
    let rows = rows(of: bytes)
    precondition(rows == self.rows(of: bytes), "read otherwise the second time")
    guard let service, let document = try? JSONValue(bytes),
      let page = try? ODataPage(document, of: "Customers", service.place)
    else { return }
    for record in page.records {
      for name in record.names { _ = record.text(name) }
      _ = record.text("Address.City")
    }
    if let link = page.next, let next = try? service.address(link, after: nil) {
      precondition(next.host == "erp.example" && next.scheme == "https", "\(next)")
    }
  }

  private static let service = try? ODataService("https://erp.example/odata", nil, trusted: nil)

  private static func rows(of bytes: [UInt8]) -> [[String?]]? {
    guard let output = try? OutputFile(of: "fuzz") else { return nil }
    precondition((try? output.descriptor.writeAll(bytes)) == bytes.count)
    let known = ERPColumn.allCases.map(\.rawValue)
    guard
      let reader = try? OutputRows(output, RecordColumns(), known: known, needed: ["id", "name"])
    else { return nil }
    var rows: [[String?]] = []
    while true {
      guard let next = try? reader.next() else { return rows }
      precondition(next.count == reader.columns.count, "a row of another length")
      rows.append(next)
      precondition(rows.count <= bytes.count, "more rows than bytes")
    }
  }
}

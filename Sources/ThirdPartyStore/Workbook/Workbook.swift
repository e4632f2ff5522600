import TextForms

/// A workbook that is an archive: of Excel (xlsx) or OpenDocument (ods).
struct Workbook {
  private let name: String
  private let archive: Archive

  /// The workbook in these bytes. Throws `badInput` when they are no archive that can be read.
  init(name: String, _ bytes: [UInt8]) throws(StoreError) {
    guard let archive = Archive(name: name, bytes) else {
      throw StoreError(.badInput, "\(name) is an archive (zip) of which a part is missing")
    }
    (self.name, self.archive) = (name, archive)
  }

  /// The rows of each of its sheets that has any, as separated values. Throws `badInput` when it is no workbook.
  func values() throws(StoreError) -> [[UInt8]] {
    if let sheets = try ExcelSheets(archive) { return try sheets.values() }
    if let content = try archive.contents("content.xml") { return TableText.values(content) }
    throw StoreError(.badInput, "\(name) is \(try what())")
  }

  /// What else it is, by a file in it.
  private func what() throws(StoreError) -> String {
    for (path, what) in Self.others where try archive.contents(path) != nil { return what }
    return "an archive (zip); unpack it first"
  }

  private static let others = [
    ("xl/workbook.bin", "a workbook of Excel in another form (xlsb); save it as xlsx or CSV"),
    ("word/document.xml", "a text document (docx); copy its table into a spreadsheet"),
    ("Index/Document.iwa", "a workbook of Numbers; export it as CSV or xlsx"),
    ("Index.zip", "a workbook of Numbers; export it as CSV or xlsx"),
  ]
}

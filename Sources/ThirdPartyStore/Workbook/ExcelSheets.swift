import TextForms

/// The sheets of an Excel workbook that are not hidden (ECMA-376 part 1, chapter 18).
struct ExcelSheets {
  private let archive: Archive
  /// The paths of the sheets, in their order.
  private let paths: [String]
  /// The texts that cells refer to by number.
  private let texts: [String]
  /// How numbers are shown, by the style of a cell.
  private let formats: [DigitFormat?]

  /// The sheets in an archive; nil when it holds no such workbook.
  init?(_ archive: Archive) throws(StoreError) {
    let parts = try Self.related(to: "", in: archive)
    let main = parts.first { $0.type == "officedocument" }?.path ?? "xl/workbook.xml"
    guard main.hasPrefix("xl/"), main.hasSuffix(".xml"), let workbook = try archive.contents(main)
    else { return nil }
    self.archive = archive
    let related = try Self.related(to: main, in: archive)
    let path = { (type: String) in related.first { $0.type == type }?.path ?? "" }
    texts = SharedTexts.read(try archive.contents(path("sharedstrings")) ?? [])
    formats = DigitFormat.read(styles: try archive.contents(path("styles")) ?? [])
    var paths: [String] = []
    for tag in MarkupTag.all(in: workbook) where tag.name == "sheet" {
      guard tag["state"].map({ $0 == "visible" }) ?? true, let id = tag["id"] else { continue }
      paths += related.filter { $0.id == id && $0.type == "worksheet" }.map(\.path)
    }
    self.paths = paths
  }

  /// The rows of each that has any, as separated values.
  func values() throws(StoreError) -> [[UInt8]] {
    var values: [[UInt8]] = []
    for path in paths {
      var cells = SheetCells(texts: texts, formats: formats)
      if let lines = cells.values(try archive.contents(path) ?? []) { values.append(lines) }
    }
    return values
  }

  /// The files that one in the archive refers to: its own list of them (ECMA-376 part 2) stands beside it.
  private static func related(
    to path: String, in archive: Archive
  ) throws(StoreError) -> [(id: String, type: String, path: String)] {
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    let list = try archive.contents("\(folder)_rels/\(path.dropFirst(folder.count)).rels") ?? []
    return MarkupTag.all(in: list).compactMap { tag in
      guard tag.name == "relationship", let id = tag["id"], let type = tag["type"],
        let target = tag["target"]
      else { return nil }
      let isWhole = target.hasPrefix("/")
      return (
        id, type.split(separator: "/").last?.lowercased() ?? "",
        isWhole ? String(target.dropFirst()) : folder + target
      )
    }
  }
}
